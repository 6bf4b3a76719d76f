/**
 * The 256-byte text block (GA 490): UTF-16LE fields at fixed places, filled up with spaces. A card type is a table of
 * places; the byte at 248 tells the types apart, a space there is the resident card of the mainland.
 */
export interface TextField<Name extends string> {
  readonly name: Name;
  readonly offset: number;
  readonly bytes: number;
}

export const TEXT_BLOCK_BYTES = 256;
const BYTES_A_UNIT = 2;
const SPACE = 0x20;

const FLAG = { name: 'flag', offset: 248, bytes: 2 } as const;

const RESIDENT_PLACES = [
  { name: 'name', offset: 0, bytes: 30 },
  { name: 'sexCode', offset: 30, bytes: 2 },
  { name: 'ethnicCode', offset: 32, bytes: 4 },
  { name: 'birth', offset: 36, bytes: 16 },
  { name: 'address', offset: 52, bytes: 70 },
  { name: 'number', offset: 122, bytes: 36 },
  { name: 'authority', offset: 158, bytes: 30 },
  { name: 'validFrom', offset: 188, bytes: 16 },
  { name: 'validTo', offset: 204, bytes: 16 },
] as const;

export const MAINLAND_LAYOUT = [...RESIDENT_PLACES, FLAG] as const;

/** Residence permit of residents of Hong Kong, Macao and Taiwan; its ethnic field stays blank. */
export const PERMIT_LAYOUT = [
  ...RESIDENT_PLACES,
  { name: 'travelPassNumber', offset: 220, bytes: 18 },
  { name: 'issueCount', offset: 238, bytes: 4 },
  FLAG,
] as const;

/** Foreigner's card of 2017. */
export const FOREIGNER_2017_LAYOUT = [
  { name: 'englishName', offset: 0, bytes: 120 },
  { name: 'sexCode', offset: 120, bytes: 2 },
  { name: 'number', offset: 122, bytes: 30 },
  { name: 'nationality', offset: 152, bytes: 6 },
  { name: 'name', offset: 158, bytes: 30 },
  { name: 'validFrom', offset: 188, bytes: 16 },
  { name: 'validTo', offset: 204, bytes: 16 },
  { name: 'birth', offset: 220, bytes: 16 },
  { name: 'cardVersion', offset: 236, bytes: 4 },
  { name: 'acceptingAuthorityCode', offset: 240, bytes: 8 },
  FLAG,
] as const;

/** Foreigner's card of 2023; the English name is cut in two after 35 characters. */
export const FOREIGNER_2023_LAYOUT = [
  { name: 'name', offset: 0, bytes: 30 },
  { name: 'sexCode', offset: 30, bytes: 2 },
  { name: 'renewals', offset: 32, bytes: 4 },
  { name: 'birth', offset: 36, bytes: 16 },
  { name: 'englishNameStart', offset: 52, bytes: 70 },
  { name: 'number', offset: 122, bytes: 36 },
  { name: 'validFrom', offset: 188, bytes: 16 },
  { name: 'validTo', offset: 204, bytes: 16 },
  { name: 'englishNameEnd', offset: 220, bytes: 22 },
  { name: 'nationality', offset: 242, bytes: 6 },
  FLAG,
  { name: 'formerNumberLink', offset: 250, bytes: 6 },
] as const;

/** How many UTF-16 units a place holds; a character beyond the basic plane takes two. */
export function unitsOf(field: TextField<string>): number {
  return field.bytes / BYTES_A_UNIT;
}

/** Writes each value at its place. The values must fit; `encodePracticeText` checks them first. */
export function writeTextBlock(
  layout: readonly TextField<string>[],
  values: Readonly<Record<string, string>>,
): Uint8Array {
  const block = spaces(TEXT_BLOCK_BYTES);
  for (const field of layout) block.set(encodeUnits(values[field.name] ?? ''), field.offset);
  return block;
}

/** UTF-16LE, filled up with spaces to `bytes`. */
export function paddedText(text: string, bytes: number): Uint8Array {
  const block = spaces(bytes);
  block.set(encodeUnits(text));
  return block;
}

function spaces(bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => (index % BYTES_A_UNIT === 0 ? SPACE : 0));
}

function encodeUnits(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'utf16le'));
}
