import { StationError } from '../../contract/errors.ts';
import { type CardFields, cardFieldsSchema, type ValidTo } from '../../contract/card.ts';

/** The text block is 256 bytes of UTF-16LE; the character at byte 248 names the layout (GA 490). */
export const textBytes = 256;
const layoutOffset = 248;

/** Byte offset and length of each field of a mainland resident card. */
const mainlandLayout = {
  name: [0, 30],
  sexCode: [30, 2],
  ethnicCode: [32, 4],
  birth: [36, 16],
  address: [52, 70],
  number: [122, 36],
  authority: [158, 30],
  validFrom: [188, 16],
  validTo: [204, 16],
} as const satisfies Readonly<Record<string, readonly [offset: number, length: number]>>;

const decoder = new TextDecoder('utf-16le');

/** UTF-16LE text without the padding of spaces and NULs on the right; every other character is kept as it is. */
export function cardText(bytes: Uint8Array): string {
  return decoder.decode(bytes).replace(/[ \0]+$/u, '');
}

const isoDate = (digits: string): string => digits.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

function validTo(text: string): ValidTo {
  return text === '长期' ? { kind: 'long-term' } : { kind: 'date', date: isoDate(text) };
}

/** The ethnic group's name by its GB/T 3304 code; an unknown code is shown, never dropped. */
export type EthnicGroups = Readonly<Record<string, string>>;

function mainlandFields(block: Uint8Array, ethnicGroups: EthnicGroups): unknown {
  const field = (name: keyof typeof mainlandLayout) => {
    const [offset, length] = mainlandLayout[name];
    return cardText(block.subarray(offset, offset + length));
  };
  const ethnicCode = field('ethnicCode');
  return {
    kind: 'mainland',
    name: field('name'),
    sexCode: field('sexCode'),
    ethnicCode,
    ethnicGroup: ethnicGroups[ethnicCode] ?? `未知(${ethnicCode})`,
    birth: isoDate(field('birth')),
    address: field('address'),
    number: field('number').toUpperCase(),
    authority: field('authority'),
    validFrom: isoDate(field('validFrom')),
    validTo: validTo(field('validTo')),
  };
}

/**
 * The fields of a card's text block. A layout that is not known is refused with `card.unknown-layout`, so that nobody
 * reads another card's fields from the wrong places; a block whose fields make no sense with `card.unreadable-text`.
 */
export function readCardText(block: Uint8Array, ethnicGroups: EthnicGroups): CardFields {
  if (block.length !== textBytes) throw new StationError('card.length-wrong');
  const layout = cardText(block.subarray(layoutOffset, layoutOffset + 2));
  if (layout !== '') throw new StationError('card.unknown-layout');
  const fields = cardFieldsSchema.safeParse(mainlandFields(block, ethnicGroups));
  if (!fields.success) throw new StationError('card.unreadable-text', String(fields.error.issues[0]?.path[0]));
  return fields.data;
}
