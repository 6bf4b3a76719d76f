import { StationError } from '../../contract/errors.ts';
import type { BankCard } from '../../contract/other-card.ts';
import { type ApduAnswer, type ApduChannel, done, exchange, selectByName } from './apdu-channel.ts';
import { hexText } from './hex.ts';
import { tagAndLengthAt, valuesOfTag } from './tlv.ts';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const named = (text: string) => Uint8Array.from(Buffer.from(text, 'ascii'));

/** Directories of a card's payment applications: over the air and over contacts. */
const contactlessDirectory = named('2PAY.SYS.DDF01');
const contactDirectory = named('1PAY.SYS.DDF01');

/** Applications to try on a card without directory: UnionPay debit, credit, quasi-credit, electronic cash; Visa, Mastercard. */
const knownApplications = [
  'A000000333010101',
  'A000000333010102',
  'A000000333010103',
  'A000000333010106',
  'A0000000031010',
  'A0000000041010',
].map(bytesOf);

const applicationTag = '4F';
const shortFileTag = '88';
const terminalDataTag = '9F38';
const fileLocatorTag = '94';
const numberTag = '5A';
const trackTag = '57';

/** A card has few applications and few files of few records; whatever announces more is no bank card. */
const mostApplications = 8;
const mostDirectoryRecords = 10;
const mostRecords = 60;

/**
 * What the station tells the card about itself, by tag; everything else it asks for is zero. The amount is zero and the
 * transaction is to be decided online (second byte of 9F66), so that no electronic cash can leave the card.
 */
const terminalData: Readonly<Record<string, Uint8Array>> = {
  '9F66': bytesOf('36800000'),
  // Country and currency China (ISO 3166, ISO 4217).
  '9F1A': bytesOf('0156'),
  '5F2A': bytesOf('0156'),
  // Terminal type: attended, online only.
  '9F35': bytesOf('21'),
};

const readRecord = (channel: ApduChannel, file: number, record: number): Promise<ApduAnswer> =>
  exchange(channel, Uint8Array.of(0x00, 0xb2, record, (file << 3) | 4, 0x00));

/** Data of the records of one file up to the first that the card refuses. */
async function recordsOf(channel: ApduChannel, file: number, first: number, last: number): Promise<Uint8Array[]> {
  const records: Uint8Array[] = [];
  for (let record = first; record <= last; record++) {
    const { data, status } = await readRecord(channel, file, record);
    if (status !== done) break;
    records.push(data);
  }
  return records;
}

async function select(channel: ApduChannel, name: Uint8Array): Promise<Uint8Array | undefined> {
  const { data, status } = await exchange(channel, selectByName(name, true));
  return status === done ? data : undefined;
}

/** Names of applications in a directory entry; what is longer or shorter than a name may be is left out. */
const namesIn = (bytes: Uint8Array) =>
  valuesOfTag(bytes, applicationTag).filter(({ length }) => length >= 5 && length <= 16);

async function listedOverContacts(channel: ApduChannel): Promise<readonly Uint8Array[]> {
  const directory = await select(channel, contactDirectory);
  const file = directory && valuesOfTag(directory, shortFileTag)[0]?.[0];
  if (file === undefined || file === 0 || file > 10) return [];
  return (await recordsOf(channel, file, 1, mostDirectoryRecords)).flatMap(namesIn);
}

/** The applications that the card lists, in its own order; those that are known where it has no directory. */
async function applicationsOf(channel: ApduChannel): Promise<readonly Uint8Array[]> {
  const directory = await select(channel, contactlessDirectory);
  const listed = directory ? namesIn(directory) : [];
  const names = listed.length > 0 ? listed : await listedOverContacts(channel);
  return names.length > 0 ? names.slice(0, mostApplications) : knownApplications;
}

/** The answers to the list of data objects (PDOL) that an application asks its terminal for. */
export function answerTerminalData(list: Uint8Array): Uint8Array {
  const parts: number[] = [];
  for (let position = 0; position < list.length;) {
    const { tag, length, end } = tagAndLengthAt(list, position);
    const given = terminalData[tag] ?? new Uint8Array();
    parts.push(...Array.from({ length }, (_, index) => given[index] ?? 0));
    position = end;
  }
  if (parts.length > 250) throw new StationError('other-card.unreadable', 'PDOL');
  return Uint8Array.from(parts);
}

function processingOptions(description: Uint8Array): Uint8Array {
  const list = valuesOfTag(description, terminalDataTag)[0];
  const data = list ? answerTerminalData(list) : new Uint8Array();
  const length = data.length < 0x80 ? [data.length] : [0x81, data.length];
  const field = [0x83, ...length, ...data];
  return Uint8Array.of(0x80, 0xa8, 0x00, 0x00, field.length, ...field, 0x00);
}

/** Format 1 (tag 80) is the profile of two bytes and then the locator; format 2 (tag 77) names the locator. */
function fileLocator(answer: Uint8Array): Uint8Array {
  const [plain] = answer[0] === 0x80 ? valuesOfTag(answer, '80') : [];
  return plain?.subarray(2) ?? valuesOfTag(answer, fileLocatorTag)[0] ?? new Uint8Array();
}

/** The records that hold the card's data: file, first and last record, four bytes an entry. */
export function locatedRecords(locator: Uint8Array): readonly (readonly [file: number, record: number])[] {
  const places: (readonly [number, number])[] = [];
  for (let entry = 0; entry + 4 <= locator.length; entry += 4) {
    const [file = 0, first = 0, last = 0] = locator.subarray(entry, entry + 3);
    for (let record = Math.max(first, 1); record <= last; record++) places.push([file >> 3, record]);
  }
  return places.slice(0, mostRecords);
}

/** Where a card does not say which records it has, its number stands in one of the first. */
const usualRecords: readonly (readonly [number, number])[] = [1, 2, 3].flatMap((file) =>
  [1, 2, 3, 4].map((record) => [file, record] as const),
);

const isLuhnRight = (number: string) =>
  [...number].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0) %
    10 ===
  0;

/** A number in packed digits, filled up with F; on the track D ends it. */
function numberIn(value: Uint8Array): string | undefined {
  const number = /^\d{12,19}(?=F*$|D)/.exec(hexText(value))?.[0];
  return number !== undefined && isLuhnRight(number) ? number : undefined;
}

/** The card number in a record or an answer, from tag 5A or else track 2; undefined when there is none that is right. */
export function cardNumberIn(bytes: Uint8Array): string | undefined {
  const candidates = [...valuesOfTag(bytes, numberTag), ...valuesOfTag(bytes, trackTag)];
  return candidates.map(numberIn).find((number) => number !== undefined);
}

async function numberInRecords(
  channel: ApduChannel,
  places: readonly (readonly [number, number])[],
): Promise<string | undefined> {
  for (const [file, record] of places) {
    const { data, status } = await readRecord(channel, file, record);
    const number = status === done ? cardNumberIn(data) : undefined;
    if (number !== undefined) return number;
  }
  return undefined;
}

/** The number of one application; `selected` tells whether the card has it at all. */
async function readApplication(
  channel: ApduChannel,
  name: Uint8Array,
): Promise<{ readonly selected: boolean; readonly number?: string }> {
  const description = await select(channel, name);
  if (description === undefined) return { selected: false };
  const { data, status } = await exchange(channel, processingOptions(description));
  const direct = status === done ? cardNumberIn(data) : undefined;
  const located = status === done ? locatedRecords(fileLocator(data)) : [];
  const number = direct ?? (await numberInRecords(channel, located.length > 0 ? located : usualRecords));
  return { selected: true, ...(number !== undefined && { number }) };
}

const mask = (number: string) => `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`;

/** A bank card without what only its reader and the clock know. */
export type BankCardData = Omit<BankCard, 'readerName' | 'readAt'>;

/**
 * Reads the number of a bank card as a terminal does: directory, application, processing options, records. Nothing else
 * of what the card tells leaves this function. Undefined when the card has no payment application; rejects with
 * `other-card.unreadable` when none of its applications gives a number that is right, and like the channel.
 */
export async function readBankCard(channel: ApduChannel): Promise<BankCardData | undefined> {
  let anySelected = false;
  for (const name of await applicationsOf(channel)) {
    const { selected, number } = await readApplication(channel, name);
    if (number !== undefined) return { kind: 'bank', number, maskedNumber: mask(number) };
    anySelected ||= selected;
  }
  if (anySelected) throw new StationError('other-card.unreadable', 'no card number');
  return undefined;
}
