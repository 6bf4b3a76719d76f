import { chinaDate, chinaDateTime, isCalendarDate, isCalendarDateTime } from './china-time.ts';
import { accepted, refused, type Checked } from './checked.ts';
import { ID_CARD_TYPES, type CodeTable } from './code-tables.ts';
import type { Field, FieldRule } from './field-rules.ts';
import { asObject, isAbsent, type JsonObject, type JsonValue } from './json.ts';
import { readPicture, type Picture, type PictureForm } from './picture-check.ts';
import { residentNumberProblem } from './resident-number.ts';
import { decryptField } from './wire-crypto.ts';

export interface FieldSettings {
  readonly secret: string;
  readonly pictureForm: PictureForm;
  /** Unknown names are most often a spelling mistake ("specialty" for "Specialty"). */
  readonly unknownFields: 'refuse' | 'ignore';
  /** The moment at which the request arrived, against which "not in the future" is judged. */
  readonly receivedAt: number;
}

export type Scalar = string | number;

export interface CheckedFields {
  /** Plain values: encrypted fields are decrypted here. */
  readonly values: Readonly<Record<string, Scalar>>;
  readonly pictures: readonly { readonly field: string; readonly picture: Picture }[];
  /** Sentences of the form `[list][row][field]text`. */
  readonly problems: readonly string[];
}

type FieldValue = Scalar | Picture;
type Rule<Kind extends FieldRule['kind']> = Extract<FieldRule, { kind: Kind }>;

// 1 MB of Base64 text for an attachment.
const LONGEST_ATTACHMENT = 1_048_576;

function readText(value: JsonValue): Checked<string> {
  return typeof value === 'string' ? accepted(value) : refused('类型不正确，应为字符串');
}

function checkText(rule: Rule<'text'>, value: string): Checked<string> {
  if ([...value].length > rule.width) return refused(`长度不能超过${rule.width}个字符`);
  if (value.trim() === '') return refused('不能为空');
  return !rule.pattern || rule.pattern.test(value) ? accepted(value) : refused(rule.wording ?? '格式不正确');
}

function checkCode(table: CodeTable, value: string): Checked<string> {
  return table.has(value) ? accepted(value) : refused(`代码${value.slice(0, 12)}不在字典中`);
}

// The full table exists, but the national platform took only the resident ID card (seen in 2019).
function checkIdCardType(value: string): Checked<string> {
  const known = checkCode(ID_CARD_TYPES, value);
  return known.ok && value !== '01' ? refused('目前只支持居民身份证(01)') : known;
}

// Integers are taken as JSON numbers only. Whether "1" or true would pass on a real platform is not documented.
function checkInteger(rule: Rule<'integer'>, value: JsonValue): Checked<number> {
  if (typeof value !== 'number' || !Number.isInteger(value)) return refused('类型不正确，应为整数');
  if (rule.allowed && !rule.allowed.includes(value)) return refused(`取值只能为${rule.allowed.join('、')}`);
  const outside = value < (rule.smallest ?? value) || value > (rule.largest ?? value);
  return outside ? refused(`取值应在${rule.smallest ?? ''}到${rule.largest ?? ''}之间`) : accepted(value);
}

function checkNumber(rule: Rule<'number'>, value: JsonValue): Checked<number> {
  if (typeof value !== 'number') return refused('类型不正确，应为数字');
  const { smallest = -Infinity, largest = Infinity, decimals } = rule;
  if (value < smallest || value > largest) return refused(`取值应在${smallest}到${largest}之间`);
  const digits = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  return decimals === undefined || digits <= decimals ? accepted(value) : refused(`小数不能超过${decimals}位`);
}

function checkDay(rule: Rule<'day'>, value: string, receivedAt: number): Checked<string> {
  if (!isCalendarDate(value)) return refused('日期格式不正确，应为yyyy-MM-dd');
  return rule.future || value <= chinaDate(receivedAt) ? accepted(value) : refused('日期不能晚于当前日期');
}

function checkMoment(rule: Rule<'moment'>, value: string, receivedAt: number): Checked<string> {
  if (!isCalendarDateTime(value)) return refused('时间格式不正确，应为yyyy-MM-dd HH:mm:ss');
  return rule.future || value <= chinaDateTime(receivedAt) ? accepted(value) : refused('时间不能晚于当前时间');
}

function checkResidentNumber(value: string, secret: string): Checked<string> {
  const plain = decryptField(value, secret);
  const problem = plain.ok ? residentNumberProblem(plain.value) : undefined;
  return problem ? refused(problem) : plain;
}

function checkSealedText(rule: Rule<'sealedText'>, value: string, secret: string): Checked<string> {
  const plain = decryptField(value, secret);
  return plain.ok ? checkText({ kind: 'text', width: rule.width }, plain.value) : plain;
}

function isAttachment(value: JsonValue): boolean {
  const { name, data } = asObject(value) ?? {};
  if (typeof name !== 'string' || name === '' || typeof data !== 'string' || data === '') return false;
  return data.length <= LONGEST_ATTACHMENT;
}

/** Attachments are counted, not kept. */
function checkAttachments(rule: Rule<'attachments'>, value: JsonValue): Checked<number> {
  if (!Array.isArray(value)) return refused('类型不正确，应为数组');
  if (value.length > rule.most) return refused(`附件不能超过${rule.most}个`);
  return value.every(isAttachment) ? accepted(value.length) : refused('附件缺少name或data，或大于1MB');
}

async function checkTextual(rule: FieldRule, value: string, settings: FieldSettings): Promise<Checked<FieldValue>> {
  switch (rule.kind) {
    case 'text':
      return checkText(rule, value);
    case 'code':
      return checkCode(rule.table, value);
    case 'idCardType':
      return checkIdCardType(value);
    case 'day':
      return checkDay(rule, value, settings.receivedAt);
    case 'moment':
      return checkMoment(rule, value, settings.receivedAt);
    case 'residentNumber':
      return checkResidentNumber(value, settings.secret);
    case 'sealedText':
      return checkSealedText(rule, value, settings.secret);
    case 'picture':
      return readPicture(value, { form: settings.pictureForm, longest: rule.longest });
    default:
      return refused('类型不正确');
  }
}

async function checkValue(rule: FieldRule, value: JsonValue, settings: FieldSettings): Promise<Checked<FieldValue>> {
  if (rule.kind === 'integer') return checkInteger(rule, value);
  if (rule.kind === 'attachments') return checkAttachments(rule, value);
  if (rule.kind === 'number') return checkNumber(rule, value);
  if (rule.kind === 'rows') return Array.isArray(value) ? accepted(value.length) : refused('类型不正确，应为数组');
  const textual = readText(value);
  return textual.ok ? checkTextual(rule, textual.value, settings) : textual;
}

function unknownFieldProblems(source: JsonObject, fields: readonly Field[], path: string): string[] {
  const known = new Set(fields.map((field) => field.name));
  const unknown = Object.keys(source).filter((name) => !known.has(name));
  return unknown.map((name) => `${path}[${name.slice(0, 40)}]未知字段`);
}

function missingWording(field: Field): string {
  return field.rule.kind === 'picture' ? '图片不能为空' : '不能为空';
}

/**
 * Checks one JSON object against the fields of a method and reads its values. All fields are looked at, so that a caller
 * learns every problem at once; `path` is put before each field name, e.g. `[workerList][2]`.
 */
export async function checkFields(
  source: JsonObject,
  fields: readonly Field[],
  settings: FieldSettings,
  path = '',
): Promise<CheckedFields> {
  const values: Record<string, Scalar> = {};
  const pictures: { field: string; picture: Picture }[] = [];
  const problems = settings.unknownFields === 'refuse' ? unknownFieldProblems(source, fields, path) : [];
  for (const field of fields) {
    const given = source[field.name];
    if (given === undefined || isAbsent(given)) {
      if (field.required) problems.push(`${path}[${field.name}]${missingWording(field)}`);
      continue;
    }
    const checked = await checkValue(field.rule, given, settings);
    if (!checked.ok) problems.push(`${path}[${field.name}]${checked.problem}`);
    else if (typeof checked.value === 'object') pictures.push({ field: field.name, picture: checked.value });
    else values[field.name] = checked.value;
  }
  return { values, pictures, problems };
}

/** A text value that the rules have made sure of; empty when the field was optional and left out. */
export function textOf(fields: CheckedFields, name: string): string {
  return String(fields.values[name] ?? '');
}

/** A number that the rules have made sure of; NaN when the field was optional and left out. */
export function numberOf(fields: CheckedFields, name: string): number {
  return Number(fields.values[name] ?? Number.NaN);
}
