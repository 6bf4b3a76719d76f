import { StationError } from '../../contract/errors.ts';
import { type CardFields, cardFieldsSchema, type ValidTo } from '../../contract/card.ts';
import { formerNumber } from './former-number.ts';
import {
  flagPlace,
  foreigner2017Layout,
  foreigner2023Layout,
  mainlandLayout,
  permitLayout,
  type TextPlace,
} from './text-layouts.ts';

/** The text block is 256 bytes of UTF-16LE (GA 490). */
export const textBytes = 256;

// A mark of the byte order is an ordinary character here.
const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });

/** UTF-16LE text without the padding of spaces and NULs on the right; every other character is kept as it is. */
export function cardText(bytes: Uint8Array): string {
  return withoutPadding(decoder.decode(bytes));
}

const withoutPadding = (text: string): string => text.replace(/[ \0]+$/u, '');

type Field<Layout extends readonly TextPlace[]> = Exclude<Layout[number][0], 'flag' | 'reserved'>;

/** Every field of a layout as the chip has it, padding and all: a text may go on in another field. */
function paddedFields<const Layout extends readonly TextPlace[]>(block: Uint8Array, layout: Layout) {
  const texts = layout.map(([name, offset, bytes]) => [name, decoder.decode(block.subarray(offset, offset + bytes))]);
  return Object.fromEntries(texts) as Readonly<Record<Field<Layout>, string>>;
}

function fieldsOf<const Layout extends readonly TextPlace[]>(block: Uint8Array, layout: Layout) {
  const texts = Object.entries<string>(paddedFields(block, layout)).map(([name, text]) => [name, withoutPadding(text)]);
  return Object.fromEntries(texts) as Readonly<Record<Field<Layout>, string>>;
}

const isoDate = (digits: string): string => digits.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

function validTo(text: string): ValidTo {
  return text === '长期' ? { kind: 'long-term' } : { kind: 'date', date: isoDate(text) };
}

interface HolderTexts {
  readonly sexCode: string;
  readonly birth: string;
  readonly number: string;
  readonly validFrom: string;
  readonly validTo: string;
}

const holder = (texts: HolderTexts) => ({
  sexCode: texts.sexCode,
  birth: isoDate(texts.birth),
  number: texts.number.toUpperCase(),
  validFrom: isoDate(texts.validFrom),
  validTo: validTo(texts.validTo),
});

/** Ethnic groups' names by their GB/T 3304 codes. */
export type EthnicGroups = Readonly<Record<string, string>>;

function mainland(block: Uint8Array, ethnicGroups: EthnicGroups) {
  const texts = fieldsOf(block, mainlandLayout);
  const { name, ethnicCode, address, authority } = texts;
  const ethnicGroup = Object.hasOwn(ethnicGroups, ethnicCode) ? ethnicGroups[ethnicCode] : undefined;
  return {
    kind: 'mainland',
    ...holder(texts),
    name,
    ethnicCode,
    ...(ethnicGroup !== undefined && { ethnicGroup }),
    address,
    authority,
  };
}

function permit(block: Uint8Array) {
  const texts = fieldsOf(block, permitLayout);
  const { name, address, authority, travelPassNumber, issueCount } = texts;
  return { kind: 'residence-permit', ...holder(texts), name, address, authority, travelPassNumber, issueCount };
}

function foreigner2017(block: Uint8Array) {
  const texts = fieldsOf(block, foreigner2017Layout);
  const { chineseName, englishName, nationality, cardVersion, acceptingAuthorityCode } = texts;
  const name = chineseName || englishName;
  const own = { chineseName, englishName, nationality, cardVersion, acceptingAuthorityCode };
  return { kind: 'foreigner-2017', ...holder(texts), name, ...own };
}

function foreigner2023(block: Uint8Array) {
  const texts = fieldsOf(block, foreigner2023Layout);
  const { chineseName, nationality, renewals } = texts;
  // The first part may end with the space between two names, so it is joined before padding is taken off.
  const { englishName1, englishName2 } = paddedFields(block, foreigner2023Layout);
  const englishName = withoutPadding(englishName1 + englishName2);
  const former = formerNumber({ ...texts, number: texts.number.toUpperCase() });
  return {
    kind: 'foreigner-2023',
    ...holder(texts),
    name: chineseName || englishName,
    ...{ chineseName, englishName, nationality, renewals },
    ...(former !== undefined && { formerNumber: former }),
  };
}

type ReadLayout = (block: Uint8Array, ethnicGroups: EthnicGroups) => unknown;

const layouts: ReadonlyMap<string, ReadLayout> = new Map<string, ReadLayout>([
  ['', mainland],
  ['J', permit],
  ['I', foreigner2017],
  ['Y', foreigner2023],
]);

function layoutOf(block: Uint8Array): ReadLayout {
  const [offset, bytes] = flagPlace;
  const flag = cardText(block.subarray(offset, offset + bytes));
  const layout = layouts.get(flag);
  if (layout === undefined) throw new StationError('card.unknown-layout', `flag ${flag.charCodeAt(0).toString(16)}`);
  return layout;
}

/**
 * The fields of a card's text block; `name` is the Chinese name where the card has one. A layout that is not known is
 * refused with `card.unknown-layout`, so that nobody reads another card's fields from the wrong places; a block whose
 * fields make no sense with `card.unreadable-text`, naming the first such field; one of another length with
 * `card.length-wrong`.
 */
export function readCardText(block: Uint8Array, ethnicGroups: EthnicGroups): CardFields {
  if (block.length !== textBytes) throw new StationError('card.length-wrong');
  const fields = cardFieldsSchema.safeParse(layoutOf(block)(block, ethnicGroups));
  if (!fields.success) throw new StationError('card.unreadable-text', String(fields.error.issues[0]?.path[0]));
  return fields.data;
}
