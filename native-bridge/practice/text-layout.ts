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

export const MAINLAND_LAYOUT = [
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

/** How many UTF-16 units a place holds; a character beyond the basic plane takes two. */
export function unitsOf(field: TextField<string>): number {
  return field.bytes / BYTES_A_UNIT;
}

/** Writes each value at its place. The values must fit; `encodePracticeText` in practice-card.ts checks them first. */
export function writeTextBlock<Name extends string>(
  layout: readonly TextField<Name>[],
  values: Readonly<Record<Name, string>>,
): Uint8Array {
  const block = spaces(TEXT_BLOCK_BYTES);
  for (const field of layout) block.set(encodeUnits(values[field.name]), field.offset);
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
