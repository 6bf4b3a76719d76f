import { StationError } from '../../contract/errors.ts';

/** One data object (BER-TLV as in EMV book 3, annex B). Its tag is written in hex, for example `9F38`. */
export interface DataObject {
  readonly tag: string;
  readonly value: Uint8Array;
}

/** EMV's tags have at most three bytes, its lengths at most two bytes behind the first. */
const mostTagBytes = 3;
const mostLengthBytes = 2;
/** Templates in EMV lie three deep. */
const mostDepth = 6;

function malformed(): never {
  throw new StationError('other-card.unreadable', 'TLV');
}

const byteAt = (bytes: Uint8Array, position: number): number => bytes[position] ?? malformed();

/** Position behind the tag that begins at `start`: each further byte says in its highest bit whether one follows. */
function tagEnd(bytes: Uint8Array, start: number): number {
  let last = start;
  let isContinued = (byteAt(bytes, last) & 0x1f) === 0x1f;
  while (isContinued) isContinued = (byteAt(bytes, ++last) & 0x80) !== 0;
  return last - start < mostTagBytes ? last + 1 : malformed();
}

function lengthAt(bytes: Uint8Array, start: number): { readonly length: number; readonly end: number } {
  const first = byteAt(bytes, start);
  if (first < 0x80) return { length: first, end: start + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > mostLengthBytes) malformed();
  let length = 0;
  for (let index = 1; index <= count; index++) length = (length << 8) | byteAt(bytes, start + index);
  return { length, end: start + 1 + count };
}

export interface TagAndLength {
  readonly tag: string;
  readonly length: number;
  /** Position behind the length. */
  readonly end: number;
}

/** A tag with its length, as the lists of data objects that a terminal is asked for have them. */
export function tagAndLengthAt(bytes: Uint8Array, start: number): TagAndLength {
  const end = tagEnd(bytes, start);
  const tag = Buffer.from(bytes.subarray(start, end)).toString('hex').toUpperCase();
  return { tag, ...lengthAt(bytes, end) };
}

/** The data objects of one level. Throws `other-card.unreadable` when one of them reaches beyond the end. */
export function dataObjects(bytes: Uint8Array): readonly DataObject[] {
  const found: DataObject[] = [];
  for (let position = 0; position < bytes.length;) {
    const filler = bytes[position] === 0x00 || bytes[position] === 0xff;
    if (filler) position++;
    else {
      const { tag, length, end } = tagAndLengthAt(bytes, position);
      if (end + length > bytes.length) malformed();
      found.push({ tag, value: bytes.subarray(end, end + length) });
      position = end + length;
    }
  }
  return found;
}

const isTemplate = (tag: string) => (Number.parseInt(tag.slice(0, 2), 16) & 0x20) !== 0;

/** Every value of a tag, at any depth and in the order of the bytes. Throws like `dataObjects`. */
export function valuesOfTag(bytes: Uint8Array, tag: string, depth = 0): readonly Uint8Array[] {
  if (depth > mostDepth) malformed();
  return dataObjects(bytes).flatMap((object) => {
    if (object.tag === tag) return [object.value];
    return isTemplate(object.tag) ? valuesOfTag(object.value, tag, depth + 1) : [];
  });
}
