import type { PeopleCodes } from '../contract/people-codes.ts';
import type { ListColumn } from '../contract/sheet.ts';
import type { Sheet } from '../spreadsheet/workbook-job.ts';
import { headings } from './list-columns.ts';
import type { ListForm } from './list-reading.ts';

const widths: Readonly<Record<ListColumn, number>> = {
  name: 12,
  number: 24,
  team: 18,
  trade: 16,
  phone: 16,
  education: 14,
  politics: 14,
  bankCard: 26,
  bankName: 22,
  entryDate: 14,
  leader: 12,
  corpCode: 24,
  corpName: 28,
  leaderName: 14,
  leaderPhone: 18,
  remark: 24,
};

/** The heading of a column in the template; one that has to be filled in has a star. */
export const headingOf = (column: ListColumn, required: readonly ListColumn[] = []) =>
  `${headings[column][0] ?? column}${required.includes(column) ? '*' : ''}`;

export const sheetColumns = ({ columns, required }: ListForm) =>
  columns.map((column) => ({ title: headingOf(column, required), width: widths[column] }));

/** Nobody's: the number is the sample of the standard, GB 11643-1999. */
const examples: Readonly<Partial<Record<ListColumn, string>>> = {
  name: '例行示范',
  number: '11010519491231002X',
  phone: '13800000000',
  education: '02 初中',
  politics: '13 群众',
  bankCard: '6217000000000000000',
  bankName: '示例银行示例支行',
  entryDate: '2026-03-05',
  leader: '否',
  team: '钢筋一班',
  corpCode: '91450000MA5SAMPLE1',
  corpName: '示例劳务有限公司',
  leaderName: '例行示范',
  leaderPhone: '13800000000',
  remark: '本行为示例，请删除后填写',
};

function exampleOf(column: ListColumn, codes: PeopleCodes): string {
  const named = { trade: codes.workType, education: codes.cultureLevelType, politics: codes.politicsType };
  const table = column in named ? named[column as keyof typeof named] : undefined;
  const entry = table?.find(({ code }) => examples[column]?.startsWith(code)) ?? table?.[1] ?? table?.[0];
  return entry === undefined ? (examples[column] ?? '') : `${entry.code} ${entry.zh}`;
}

/** Whether a row is the template's example, which nobody means. */
export const isExample = ({ name, number, team, remark }: Readonly<Partial<Record<ListColumn, string>>>) =>
  (name === examples.name && number === examples.number) || (team === examples.team && remark === examples.remark);

/** Headings with an example row, and the code tables on a sheet of their own. */
export function templateSheets(name: string, form: ListForm, codes: PeopleCodes): Sheet[] {
  const tables = [codes.workType, codes.cultureLevelType, codes.politicsType];
  const cell = (table: PeopleCodes['workType'], row: number) => {
    const entry = table[row];
    return entry === undefined ? '' : `${entry.code} ${entry.zh}`;
  };
  const longest = Math.max(...tables.map(({ length }) => length));
  return [
    { name, columns: sheetColumns(form), rows: [form.columns.map((column) => exampleOf(column, codes))] },
    {
      name: '代码表',
      columns: ['工种', '文化程度', '政治面貌'].map((title) => ({ title, width: 26 })),
      rows: Array.from({ length: longest }, (_, row) => tables.map((table) => cell(table, row))),
    },
  ];
}
