import { type CodeTable, entry } from './code-table.ts';

/** cultureLevelType 文化程度 of the data standard. */
export const educationLevels: CodeTable = [
  entry('01', '小学', 'Primary school', 'xx'),
  entry('02', '初中', 'Junior secondary', 'cz'),
  entry('03', '高中', 'Senior secondary', 'gz'),
  entry('04', '中专', 'Vocational secondary', 'zz'),
  entry('05', '大专', 'Junior college', 'dz'),
  entry('06', '本科', 'Bachelor', 'bk'),
  entry('07', '硕士', 'Master', 'ss'),
  entry('08', '博士', 'Doctor', 'bs'),
  entry('99', '其他', 'Other', 'qt'),
];
