import { StationError } from '../../contract/errors.ts';
import type { SocialSecurityCard } from '../../contract/other-card.ts';
import { type ApduChannel, done, exchange, selectByName } from './apdu-channel.ts';
import { hexText } from './hex.ts';

/** The application's name: `sx1.sh.` and 社会保障 in GBK. */
const applicationName = Uint8Array.from([
  ...[0x73, 0x78, 0x31, 0x2e, 0x73, 0x68, 0x2e],
  ...[0xc9, 0xe7, 0xbb, 0xe1, 0xb1, 0xa3, 0xd5, 0xcf],
]);

/** P2 of READ RECORD: short file identifier 5 in its upper five bits with 4 below, or the file that is selected. */
const publicFile = 0x2c;
const selectedFile = 0x00;
const selectHolderFile = Uint8Array.of(0x00, 0xa4, 0x02, 0x00, 0x02, 0xef, 0x06);

/** A record is found by its tag and holds tag, length and a value of so many bytes. */
interface RecordPlace {
  readonly tag: number;
  readonly bytes: number;
}

const cardRecords = {
  cardId: { tag: 0x01, bytes: 16 },
  cardType: { tag: 0x02, bytes: 1 },
  version: { tag: 0x03, bytes: 4 },
  issuer: { tag: 0x04, bytes: 12 },
  issuedOn: { tag: 0x05, bytes: 4 },
  validTo: { tag: 0x06, bytes: 4 },
  cardNumber: { tag: 0x07, bytes: 9 },
} as const satisfies Readonly<Record<string, RecordPlace>>;

const holderRecords = {
  citizenNumber: { tag: 0x08, bytes: 18 },
  name: { tag: 0x09, bytes: 30 },
  sexCode: { tag: 0x0a, bytes: 1 },
  ethnicCode: { tag: 0x0b, bytes: 1 },
  birthplaceCode: { tag: 0x0c, bytes: 3 },
  birth: { tag: 0x0d, bytes: 4 },
} as const satisfies Readonly<Record<string, RecordPlace>>;

/** The value in a record; undefined when tag or length are not the record's own or the value is cut short. */
export function recordValue({ tag, bytes }: RecordPlace, record: Uint8Array): Uint8Array | undefined {
  const [foundTag, length = 0] = record;
  if (foundTag !== tag || length === 0 || length > bytes || record.length < 2 + length) return undefined;
  return record.subarray(2, 2 + length);
}

const gbk = new TextDecoder('gbk');
const padding = /[\p{Cc}\s\uFFFD]+$/u;

/** GBK text without its padding of NULs, spaces or FF; undefined when nothing is left. */
export function gbkText(value: Uint8Array | undefined): string | undefined {
  if (value === undefined) return undefined;
  const end = value.findLastIndex((byte) => byte !== 0xff) + 1;
  return gbk.decode(value.subarray(0, end)).replace(padding, '').trim() || undefined;
}

/** Two decimal digits a byte; undefined when a digit is none. */
function packedDigits(value: Uint8Array | undefined): string | undefined {
  const text = value && hexText(value);
  return text !== undefined && /^\d+$/.test(text) ? text : undefined;
}

/** A day from YYYYMMDD in four packed bytes; undefined for what is no day, such as a blank 00000000. */
export function packedDate(value: Uint8Array | undefined): string | undefined {
  const day = packedDigits(value)?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  if (day?.length !== 10) return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : undefined;
}

const hexOf = (value: Uint8Array | undefined) => value && hexText(value);

/** Members whose value is known. */
function known<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

type Records<R> = { [K in keyof R]: Uint8Array | undefined };

/** Each record as the card gives it, undefined where it refuses it. */
async function readRecords<R extends Readonly<Record<string, RecordPlace>>>(
  channel: ApduChannel,
  places: R,
  file: number,
): Promise<Records<R>> {
  const records: Record<string, Uint8Array | undefined> = {};
  for (const [name, { tag, bytes }] of Object.entries(places)) {
    const { data, status } = await exchange(channel, Uint8Array.of(0x00, 0xb2, tag, file, bytes + 2));
    records[name] = status === done ? data : undefined;
  }
  return records as Records<R>;
}

function valuesOf<R extends Readonly<Record<string, RecordPlace>>>(places: R, records: Records<R>): Records<R> {
  const value = ([name, place]: [string, RecordPlace]) => {
    const record = records[name];
    return [name, record && recordValue(place, record)] as const;
  };
  return Object.fromEntries(Object.entries(places).map(value)) as Records<R>;
}

function required(text: string | undefined, what: string): string {
  if (text === undefined) throw new StationError('other-card.unreadable', `social-security card: ${what}`);
  return text;
}

type Holder = SocialSecurityCard['holder'];

/** Regions lock this file behind a key of their own: then it cannot be selected, or its records cannot be read. */
async function readHolder(channel: ApduChannel): Promise<Holder> {
  if ((await exchange(channel, selectHolderFile)).status !== done) return { state: 'locked' };
  const records = await readRecords(channel, holderRecords, selectedFile);
  if (records.citizenNumber === undefined || records.name === undefined) return { state: 'locked' };
  return holderOf(valuesOf(holderRecords, records));
}

function holderOf(values: Records<typeof holderRecords>): Holder {
  const number = gbkText(values.citizenNumber)?.toUpperCase();
  return {
    state: 'read',
    citizenNumber: required(number !== undefined && /^\d{17}[\dX]$/.test(number) ? number : undefined, 'number'),
    name: required(gbkText(values.name), 'name'),
    ...known({
      sexCode: gbkText(values.sexCode),
      ethnicCode: packedDigits(values.ethnicCode),
      birthplaceCode: packedDigits(values.birthplaceCode),
      birth: packedDate(values.birth),
    }),
  };
}

/** A social-security card without what only its reader and the clock know. */
export type SocialSecurityData = Omit<SocialSecurityCard, 'readerName' | 'readAt'>;

/**
 * Reads a social-security card; undefined when the card is none. Where its holder's file is locked, the holder is
 * `locked`. Rejects with `other-card.unreadable` when its records make no sense, and like the channel.
 */
export async function readSocialSecurityCard(channel: ApduChannel): Promise<SocialSecurityData | undefined> {
  if ((await exchange(channel, selectByName(applicationName, false))).status !== done) return undefined;
  const values = valuesOf(cardRecords, await readRecords(channel, cardRecords, publicFile));
  return {
    kind: 'social-security',
    cardNumber: required(gbkText(values.cardNumber), 'card number'),
    ...known({
      cardId: hexOf(values.cardId),
      cardType: gbkText(values.cardType),
      version: gbkText(values.version),
      issuer: hexOf(values.issuer),
      issuedOn: packedDate(values.issuedOn),
      validTo: packedDate(values.validTo),
    }),
    holder: await readHolder(channel),
  };
}
