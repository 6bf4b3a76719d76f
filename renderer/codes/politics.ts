import { type CodeTable, entry } from './code-table.ts';

/** politicsType 政治面貌 of the data standard. */
export const politicalStatuses: CodeTable = [
  entry('13', '群众', 'No affiliation', 'qz'),
  entry('01', '中共党员', 'Communist Party member', 'zgdy'),
  entry('02', '预备党员', 'Probationary Party member', 'ybdy'),
  entry('03', '共青团员', 'Youth League member', 'gqty'),
  entry('04', '民革', 'Revolutionary Committee of the Kuomintang', 'mg'),
  entry('05', '民盟', 'China Democratic League', 'mm'),
  entry('06', '民建', 'National Construction Association', 'mj'),
  entry('07', '民进', 'Association for Promoting Democracy', 'mj'),
  entry('08', '农工党', "Peasants' and Workers' Party", 'ngd'),
  entry('09', '致公党', 'Zhi Gong Party', 'zgd'),
  entry('10', '九三学社', 'Jiusan Society', 'jsxs'),
  entry('11', '台盟', 'Taiwan Democratic Self-Government League', 'tm'),
  entry('12', '无党派', 'Independent', 'wdp'),
];
