import { dateSchema, lineSchema } from '../contract/basic.ts';
import { workerFieldsSchema } from '../contract/enrolment.ts';
import type { PeopleCodes } from '../contract/people-codes.ts';
import type { CellProblem, ListColumn } from '../contract/sheet.ts';
import { teamDetailsSchema } from '../contract/team.ts';
import { numberParts } from '../enrolment/id-number.ts';

/** A cell that was understood, or what is wrong with it. */
export type Cell = { readonly value: string } | { readonly problem: CellProblem };

interface Schema {
  safeParse(text: string): { readonly success: boolean };
}

/** How the columns of a list are headed, the template's own word first; compared without spaces, stars and brackets. */
export const headings: Readonly<Record<ListColumn, readonly string[]>> = {
  name: ['姓名', 'name'],
  number: ['身份证号', '身份证号码', '公民身份号码', '证件号码', 'idnumber'],
  team: ['班组', '班组名称', 'team'],
  trade: ['工种', '主要工种', 'trade'],
  phone: ['手机号', '手机', '手机号码', '电话', '联系电话', 'phone'],
  education: ['文化程度', 'education'],
  politics: ['政治面貌', 'politicalstatus'],
  bankCard: ['工资卡号', '银行卡号', '工资卡', 'wagecard'],
  bankName: ['开户银行', '银行', '开户行', 'bank'],
  entryDate: ['进场日期', '进场时间', 'entrydate'],
  leader: ['是否班组长', 'teamleader'],
  corpCode: ['统一社会信用代码', '单位代码', 'companycode'],
  corpName: ['参建单位', '单位名称', '单位', 'company'],
  leaderName: ['班组长', '班组长姓名', 'leader'],
  leaderPhone: ['班组长电话', '班组长手机', 'leaderphone'],
  remark: ['备注', 'note'],
};

const bare = (heading: string) =>
  heading
    .replace(/[\s*＊（(].*$/u, '')
    .replace(/\s/g, '')
    .toLowerCase();

/** The column that a heading names. */
export function columnOf(heading: string): ListColumn | undefined {
  const wanted = bare(heading.replace(/^[\s*＊]+/u, '').replace(/([a-z])\s+(?=[a-z])/gi, '$1'));
  const found = Object.entries(headings).find(([, names]) => names.includes(wanted));
  return found?.[0] as ListColumn | undefined;
}

/** Chinese input methods type digits and letters in full width. */
const halfWidth = (text: string) =>
  text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

const fits = (schema: Schema, value: string, problem: CellProblem): Cell =>
  schema.safeParse(value).success ? { value } : { problem };

const line = (longest: number) => (text: string) =>
  text.length > longest ? { problem: 'too-long' as const } : fits(lineSchema, text, 'form');

/** A mainland number, or that of a permit or a foreigner. Excel keeps 15 digits of an amount: the rest is lost for good. */
function numberCell(text: string): Cell {
  if (/^[\d.]+E\+?\d+$/i.test(text) || /^\d{15}0{3}$/.test(text)) return { problem: 'number-as-amount' };
  const number = halfWidth(text).replace(/\s/g, '').toUpperCase();
  const kinds = ['mainland', 'residence-permit', 'foreigner-2023', 'foreigner-2017'] as const;
  const parts = kinds.flatMap((kind) => numberParts(kind, number) ?? []);
  if (parts.length === 0) return { problem: 'number-form' };
  return parts.some(({ checkRight }) => checkRight) ? { value: number } : { problem: 'number-check' };
}

/** Digits as a person groups them. */
const digits = (schema: Schema, problem: CellProblem) => (text: string) => {
  const half = halfWidth(text).replace(/\s/g, '');
  if (/^[\d.]+E\+?\d+$/i.test(half)) return { problem: 'number-as-amount' as const };
  return fits(schema, half, problem);
};

/** `030 钢筋工`, the code alone or the name alone. */
function codeCell(table: PeopleCodes['workType']) {
  return (text: string): Cell => {
    const wanted = halfWidth(text).trim().toLowerCase();
    const code = /^\d+/.exec(wanted)?.[0];
    const found = table.find((entry) => entry.code === code || entry.zh === text || entry.en.toLowerCase() === wanted);
    return found === undefined ? { problem: 'code' } : { value: found.code };
  };
}

/** `2026-03-05`, `2026/3/5`, `2026年3月5日`, `20260305`. */
function dateCell(text: string): Cell {
  const match = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(halfWidth(text).replace(/\s/g, ''));
  const day = match === null ? '' : `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`;
  return fits(dateSchema, day, 'date');
}

const yes = /^(是|yes|y|1|true|√)$/i;
const no = /^(否|no|n|0|false|)$/i;

function yesNoCell(text: string): Cell {
  if (yes.test(text)) return { value: 'yes' };
  return no.test(text) ? { value: 'no' } : { problem: 'form' };
}

/** How each column's cells are understood; the codes are the connected platform's. */
export function cellReaders(codes: PeopleCodes): Readonly<Record<ListColumn, (text: string) => Cell>> {
  const { cellPhone, payRollBankCardNumber } = workerFieldsSchema.shape;
  const { leaderPhone } = teamDetailsSchema.shape;
  return {
    name: line(50),
    number: numberCell,
    team: line(100),
    trade: codeCell(codes.workType),
    phone: digits(cellPhone, 'phone'),
    education: codeCell(codes.cultureLevelType),
    politics: codeCell(codes.politicsType),
    bankCard: digits(payRollBankCardNumber, 'bank-card'),
    bankName: line(50),
    entryDate: dateCell,
    leader: yesNoCell,
    corpCode: line(18),
    corpName: line(200),
    leaderName: line(50),
    leaderPhone: digits(leaderPhone, 'phone'),
    remark: line(200),
  };
}
