// The interface knows only China time (UTC+8, no summer time); inside, time is milliseconds since the epoch.
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;
const STAMP = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

function chinaIso(milliseconds: number): string {
  return new Date(milliseconds + CHINA_OFFSET_MS).toISOString();
}

/** `yyyy-MM-dd` in China. */
export function chinaDate(milliseconds: number): string {
  return chinaIso(milliseconds).slice(0, 10);
}

/** `yyyy-MM-dd HH:mm:ss` in China. */
export function chinaDateTime(milliseconds: number): string {
  return chinaIso(milliseconds).slice(0, 19).replace('T', ' ');
}

/** `yyyyMMddHHmmss` in China: the form of the `timestamp` parameter. */
export function chinaStamp(milliseconds: number): string {
  return chinaIso(milliseconds).slice(0, 19).replace(/\D/g, '');
}

/** Milliseconds of a `yyyyMMddHHmmss` stamp; undefined when the form is wrong or the day or time does not exist. */
export function parseChinaStamp(stamp: string): number | undefined {
  const parts = STAMP.exec(stamp);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return parseIso(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
}

function parseIso(text: string): number | undefined {
  const milliseconds = Date.parse(`${text}.000Z`);
  if (Number.isNaN(milliseconds)) return undefined;
  // 2024-02-30 parses as 1 March in some engines: only a date that prints back the same exists.
  return new Date(milliseconds).toISOString().startsWith(text) ? milliseconds - CHINA_OFFSET_MS : undefined;
}

/** True for an existing calendar day written `yyyy-MM-dd`. */
export function isCalendarDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseIso(`${text}T00:00:00`) !== undefined;
}

/** True for an existing moment written `yyyy-MM-dd HH:mm:ss`. */
export function isCalendarDateTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) && parseIso(text.replace(' ', 'T')) !== undefined;
}
