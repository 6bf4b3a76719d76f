import type { Attachment, Complaint } from '../business.ts';
import type { Field, FieldRule, FieldTable } from './field-rule.ts';

/** What a check needs to know besides the tables. */
export interface CheckSetting {
  /** Longest Base64 text of a picture in characters, prefix included, and the prefix. */
  readonly imageCharacters: number;
  readonly imagePrefix: string;
  /** Longest Base64 text of one attachment in characters. */
  readonly attachmentCharacters: number;
  /** The codes of a table that this platform takes; undefined for a table that it does not publish. */
  readonly codes: (table: string) => ReadonlySet<string> | undefined;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

type Upload = Readonly<Record<string, unknown>>;
type Reason = Complaint['reason'];

const chinaOffsetMs = 8 * 3_600_000;
const isDay = /^\d{4}-\d{2}-\d{2}$/;
const residentNumber = /^\d{17}[\dX]$/;
const widestDocument = 30;
const largestWhole = 2 ** 31 - 1;

/** `yyyy-MM-dd HH:mm:ss` in China of an instant in milliseconds. */
export const chinaMoment = (instant: number): string =>
  new Date(instant + chinaOffsetMs).toISOString().slice(0, 19).replace('T', ' ');

const base64Length = (bytes: number) => 4 * Math.ceil(bytes / 3);

const isCalendarDay = (day: string) => isDay.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day;

/** Start of image and the first byte of the next marker: every JPEG file begins so (ISO/IEC 10918-1). */
const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

const isBlank = (value: unknown) => value === undefined || value === '';

function checkText(value: unknown, width: number, pattern?: RegExp): Reason | undefined {
  if (typeof value !== 'string' || !/\S/.test(value)) return 'malformed';
  if (value.length > width) return 'too-long';
  return pattern === undefined || pattern.test(value) ? undefined : 'malformed';
}

function checkDay(
  value: unknown,
  { future, notBefore }: { future: boolean; notBefore?: string },
  owner: Upload,
  now: number,
) {
  if (typeof value !== 'string' || !isCalendarDay(value)) return 'malformed';
  if (!future && value > chinaMoment(now).slice(0, 10)) return 'in-future';
  const earlier = notBefore === undefined ? undefined : owner[notBefore];
  return typeof earlier === 'string' && value < earlier ? 'wrong-order' : undefined;
}

function checkMoment(
  value: unknown,
  { future, notBefore }: { future: boolean; notBefore?: string },
  owner: Upload,
  now: number,
) {
  const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(instant)) return 'malformed';
  if (!future && instant > now) return 'in-future';
  const earlier = notBefore === undefined ? undefined : owner[notBefore];
  return typeof earlier === 'string' && instant < Date.parse(earlier) ? 'wrong-order' : undefined;
}

function checkWhole(value: unknown, allowed: readonly number[] | undefined): Reason | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'malformed';
  if (allowed === undefined) return value >= 1 && value <= largestWhole ? undefined : 'out-of-range';
  return allowed.includes(value) ? undefined : 'not-in-table';
}

function checkNumber(value: unknown, rule: Extract<FieldRule, { kind: 'number' }>): Reason | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'malformed';
  if (value < rule.least || value > rule.most) return 'out-of-range';
  return Number(value.toFixed(rule.decimals)) === value ? undefined : 'malformed';
}

function checkPicture(value: unknown, setting: CheckSetting): Reason | undefined {
  if (!(value instanceof Uint8Array) || !isJpeg(value)) return 'malformed';
  const characters = setting.imagePrefix.length + base64Length(value.byteLength);
  return characters <= setting.imageCharacters ? undefined : 'too-large';
}

const isAttachment = (value: unknown): value is Attachment =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  value.name !== '' &&
  'data' in value &&
  value.data instanceof Uint8Array &&
  value.data.byteLength > 0;

function checkAttachments(value: unknown, most: number, setting: CheckSetting): Reason | undefined {
  if (!Array.isArray(value) || !value.every(isAttachment)) return 'malformed';
  if (value.length > most) return 'too-many';
  const fits = value.every(({ data }) => base64Length(data.byteLength) <= setting.attachmentCharacters);
  return fits ? undefined : 'too-large';
}

function checkDocumentNumber(value: unknown, type: unknown): Reason | undefined {
  const pattern = type === undefined || type === '01' ? residentNumber : undefined;
  return checkText(value, widestDocument, pattern);
}

function reasonFor(rule: FieldRule, value: unknown, owner: Upload, setting: CheckSetting): Reason | undefined {
  switch (rule.kind) {
    case 'text':
      return checkText(value, rule.width, rule.pattern);
    case 'secret':
      return checkText(value, rule.width);
    case 'code':
      return typeof value === 'string' && (setting.codes(rule.table)?.has(value) ?? true) ? undefined : 'not-in-table';
    case 'document-number':
      return checkDocumentNumber(value, owner[rule.type]);
    case 'whole':
      return checkWhole(value, rule.allowed);
    case 'number':
      return checkNumber(value, rule);
    case 'day':
      return checkDay(value, rule, owner, setting.now);
    case 'moment':
      return checkMoment(value, rule, owner, setting.now);
    case 'picture':
      return checkPicture(value, setting);
    case 'attachments':
      return checkAttachments(value, rule.most, setting);
    case 'rows':
      if (!Array.isArray(value)) return 'malformed';
      return value.length === 0 ? 'missing' : value.length > rule.most ? 'too-many' : undefined;
  }
}

/** Attachments are asked for as soon as the day that they prove is given. */
const isNeeded = ({ rule, required }: Field, owner: Upload) =>
  required || (rule.kind === 'attachments' && rule.neededWith !== undefined && !isBlank(owner[rule.neededWith]));

function complaintsAbout(name: string, field: Field, owner: Upload, setting: CheckSetting, path: string): Complaint[] {
  const value = owner[name];
  const own = { path: path === '' ? name : `${path}[${name}]`, field: name };
  if (isBlank(value)) return isNeeded(field, owner) ? [{ ...own, reason: 'missing' }] : [];
  const reason = reasonFor(field.rule, value, owner, setting);
  if (reason !== undefined) return [{ ...own, reason }];
  if (field.rule.kind !== 'rows' || !Array.isArray(value)) return [];
  const { fields } = field.rule;
  return value.flatMap((row, index) => complaintsIn(row as Upload, fields, setting, `[${name}][${index}]`));
}

/** Everything in an upload that its platform would refuse, by the rules of the interface; empty when nothing. */
export function complaintsIn(
  upload: object,
  fields: FieldTable,
  setting: CheckSetting,
  path = '',
): readonly Complaint[] {
  const owner = upload as Upload;
  return Object.entries(fields).flatMap(([name, field]) => complaintsAbout(name, field, owner, setting, path));
}
