import { homedir } from 'node:os';

/** What a line of the log may hold. */
export type LogValue = string | number | boolean;

const longestText = 160;
/** Counts and durations are smaller; numbers of people and telephones are not. */
const largestNumber = 1e10;

/** In this order: an address goes whole before its parts are looked at. */
const hidden: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\b([a-z]{2,5}):\/\/[^\s"']+/gi, '$1://*'],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, '@'],
  // Numbers of identity cards, telephones, accounts and days, also with gaps in them.
  [/\d(?:[ -]?\d){5,}[Xx]?/g, '#'],
  // Names, addresses and whatever else people write; codes and names of the program's own parts are plain letters.
  [/[^\x20-\x7e]+/g, '*'],
  // Keys and tokens.
  [/[A-Za-z0-9+_=]{28,}/g, '*'],
];

/** A text without what could be about a person or a secret: numbers, addresses, words that are not the program's. */
export function redactedText(text: string, home: string = homedir()): string {
  const atHome = home.length > 1 ? text.replaceAll(home, '~') : text;
  const bare = hidden.reduce((rest, [pattern, instead]) => rest.replaceAll(pattern, instead), atHome);
  return bare.length > longestText ? `${bare.slice(0, longestText)}...` : bare;
}

function redactedObject(value: object): LogValue {
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return `<${value.byteLength} bytes>`;
  if (Array.isArray(value)) return `<${value.length} items>`;
  if (!(value instanceof Error)) return '<object>';
  // The message of an error may quote anything.
  const code = 'code' in value && typeof value.code === 'string' ? value.code : value.name;
  return redactedText(code);
}

/** A value as it may stand in the log, by its type. What has an inside is only named: nothing in it was meant for a log. */
export function redacted(value: unknown): LogValue | undefined {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && Math.abs(value) < largestNumber ? value : '#';
    case 'string':
      return redactedText(value);
    case 'object':
      return value === null ? undefined : redactedObject(value);
    case 'undefined':
      return undefined;
    default:
      return `<${typeof value}>`;
  }
}
