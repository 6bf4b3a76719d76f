import { isCalendarDate, isCalendarDateTime } from '../china-time.ts';
import { isAbsent, type JsonObject, type JsonValue } from '../json.ts';
import { readPicture, type Picture, type PictureForm } from '../picture-check.ts';
import { residentNumberProblem } from '../resident-number.ts';
import { DEVICE_CODES, deviceRefusal, type DeviceCode, type DeviceReply } from './device-replies.ts';

/** What a field holds that is not in order, and under which code it is refused. */
export interface FieldProblem {
  readonly code: DeviceCode;
  readonly text: string;
}

type Judge = (value: JsonValue) => FieldProblem | undefined;

export interface DeviceField {
  readonly name: string;
  readonly required: boolean;
  readonly judge: Judge;
  readonly isPicture?: boolean;
}

const wrongType = (text: string): FieldProblem => ({ code: DEVICE_CODES.wrongType, text });
const notTaken = (text: string): FieldProblem => ({ code: DEVICE_CODES.businessError, text });

const onText =
  (judge: (text: string) => FieldProblem | undefined): Judge =>
  (value) =>
    typeof value === 'string' ? judge(value) : wrongType('类型应为字符串');

export const upTo = (width: number): Judge =>
  onText((text) => ([...text].length > width ? notTaken(`长度不能超过${width}`) : undefined));
export const oneOf =
  (...words: readonly (string | number)[]): Judge =>
  (value) => {
    if (typeof value !== typeof words[0]) return wrongType(`类型应为${typeof words[0]}`);
    return words.some((word) => word === value) ? undefined : notTaken('取值不在字典中');
  };
export const shapedAs = (pattern: RegExp, wording: string): Judge =>
  onText((text) => (pattern.test(text) ? undefined : wrongType(wording)));
export const residentNumber: Judge = onText((text) => {
  const problem = residentNumberProblem(text);
  return problem === undefined ? undefined : notTaken(problem);
});
export const moment: Judge = onText((text) =>
  isCalendarDateTime(text) ? undefined : wrongType('时间格式应为yyyy-MM-dd HH:mm:ss'),
);
export const wholeNumber: Judge = (value) =>
  typeof value === 'number' && Number.isInteger(value) ? undefined : wrongType('类型应为整数');
export const anyNumber: Judge = (value) => (typeof value === 'number' ? undefined : wrongType('类型应为数字'));

/** `start:end`, two days in their order. */
export const passPeriod: Judge = onText((text) => {
  const [start = '', end = '', ...more] = text.split(':');
  if (more.length > 0 || !isCalendarDate(start) || !isCalendarDate(end)) return wrongType('应为yyyy-MM-dd:yyyy-MM-dd');
  return end < start ? notTaken('结束日期不能早于开始日期') : undefined;
});

/** As printed on the card: `yyyy.MM.dd-yyyy.MM.dd`, or 长期 for the second. */
export const cardValidity: Judge = onText((text) => {
  const [, start = '', end = ''] = /^(\d{4}\.\d{2}\.\d{2})-(\d{4}\.\d{2}\.\d{2}|长期)$/.exec(text) ?? [];
  const isDay = (day: string): boolean => isCalendarDate(day.replaceAll('.', '-'));
  if (!isDay(start) || (end !== '长期' && !isDay(end))) return wrongType('应为yyyy.MM.dd-yyyy.MM.dd');
  return end < start ? notTaken('有效期止不能早于有效期起') : undefined;
});

export const must = (name: string, judge: Judge): DeviceField => ({ name, required: true, judge });
export const may = (name: string, judge: Judge): DeviceField => ({ name, required: false, judge });
const anyText = onText(() => undefined);
export const mustPicture = (name: string): DeviceField => ({ name, required: true, judge: anyText, isPicture: true });
export const mayPicture = (name: string): DeviceField => ({ name, required: false, judge: anyText, isPicture: true });

function problemOf(source: JsonObject, field: DeviceField): FieldProblem | undefined {
  const value = source[field.name];
  if (value !== undefined && !isAbsent(value)) return field.judge(value);
  return field.required ? { code: DEVICE_CODES.parameterMissing, text: '不能为空' } : undefined;
}

function unknownName(source: JsonObject, fields: readonly DeviceField[]): string | undefined {
  return Object.keys(source).find((name) => !fields.some((field) => field.name === name));
}

/** The refusal of an object that does not fit its fields; missing ones are told first, then types, then content. */
export function fieldRefusal(source: JsonObject, fields: readonly DeviceField[], place = ''): DeviceReply | undefined {
  const problems = fields.flatMap((field) => {
    const problem = problemOf(source, field);
    return problem === undefined ? [] : [{ ...problem, name: field.name }];
  });
  const order: readonly DeviceCode[] = [
    DEVICE_CODES.parameterMissing,
    DEVICE_CODES.wrongType,
    DEVICE_CODES.businessError,
  ];
  for (const code of order) {
    const same = problems.filter((problem) => problem.code === code);
    if (same.length > 0) return deviceRefusal(code, same.map(({ name, text }) => `${place}${name}${text}`).join(';'));
  }
  const unknown = unknownName(source, fields);
  return unknown === undefined
    ? undefined
    : deviceRefusal(DEVICE_CODES.businessError, `${place}${unknown.slice(0, 40)}未知字段`);
}

/** The text or number in a field as text; empty for anything else and for a field that was left out. */
export function fieldText(source: JsonObject, name: string): string {
  const value = source[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export type Pictures =
  | { readonly ok: true; readonly pictures: ReadonlyMap<string, Picture> }
  | { readonly ok: false; readonly reply: DeviceReply };

const LONGEST_PICTURE = 51_200;

/** Decodes the pictures of an object whose fields are in order. */
export async function readPictures(
  source: JsonObject,
  fields: readonly DeviceField[],
  form: PictureForm,
  place = '',
): Promise<Pictures> {
  const pictures = new Map<string, Picture>();
  for (const { name } of fields.filter(({ isPicture }) => isPicture)) {
    const value = source[name];
    if (typeof value !== 'string' || value === '') continue;
    const picture = await readPicture(value, { form, longest: LONGEST_PICTURE });
    if (!picture.ok) {
      return { ok: false, reply: deviceRefusal(DEVICE_CODES.businessError, `${place}${name}${picture.problem}`) };
    }
    pictures.set(name, picture.value);
  }
  return { ok: true, pictures };
}
