import { z } from 'zod';

/** What stands in "valid to" on the card of a person from 46 on. */
export const LONG_TERM = '长期';

const eightDigits = z.string().regex(/^\d{8}$/, 'must be eight digits YYYYMMDD');
const twoDigits = z.string().regex(/^\d{2}$/, 'must be two digits');
const threeLetters = z.string().regex(/^[A-Z]{3}$/, 'must be three letters');
const text = z.string().refine((value) => value.isWellFormed(), 'must not hold half of a surrogate pair');
const filled = text.refine((value) => value !== '', 'must not be empty');
const eighteen = z.string().regex(/^\d{17}[\dX]$/, 'must be 17 digits and a digit or X');

const holder = {
  /** GB/T 2261.1. */
  sexCode: z.enum(['0', '1', '2', '9']),
  birth: eightDigits,
  validFrom: eightDigits,
  validTo: z.union([eightDigits, z.literal(LONG_TERM)]),
};

const mainlandFieldsSchema = z.strictObject({
  kind: z.literal('mainland'),
  ...holder,
  name: filled,
  /** GB/T 3304, two digits. */
  ethnicCode: twoDigits,
  address: filled,
  number: eighteen,
  authority: filled,
});

const permitFieldsSchema = z.strictObject({
  kind: z.literal('residence-permit'),
  ...holder,
  name: filled,
  address: filled,
  number: eighteen,
  authority: filled,
  travelPassNumber: filled,
  issueCount: twoDigits,
});

const foreigner = {
  ...holder,
  /** The Chinese name, empty for who has none. */
  name: text,
  englishName: filled,
  /** ISO 3166. */
  nationality: threeLetters,
};

const foreigner2017FieldsSchema = z.strictObject({
  kind: z.literal('foreigner-2017'),
  ...foreigner,
  number: z.string().regex(/^[A-Z]{3}\d{12}$/, 'must be three letters and twelve digits'),
  cardVersion: twoDigits,
  acceptingAuthorityCode: z.string().regex(/^\d{4}$/, 'must be four digits'),
});

const foreigner2023FieldsSchema = z.strictObject({
  kind: z.literal('foreigner-2023'),
  ...foreigner,
  number: eighteen,
  renewals: twoDigits,
  /** Three digits that lead to the number of the former card, empty for who had none. */
  formerNumberLink: z.string().regex(/^(\d{3})?$/, 'must be three digits or empty'),
});

/**
 * The fields of a card of each kind as they stand in the chip. Form only: a check digit or a date that cannot be is let
 * through, because finding such a card is something to practise.
 */
export const practiceFieldsSchema = z.discriminatedUnion('kind', [
  mainlandFieldsSchema,
  permitFieldsSchema,
  foreigner2017FieldsSchema,
  foreigner2023FieldsSchema,
]);

export type PracticeFields = Readonly<z.infer<typeof practiceFieldsSchema>>;
export type MainlandFields = Readonly<z.infer<typeof mainlandFieldsSchema>>;
export type PermitFields = Readonly<z.infer<typeof permitFieldsSchema>>;
export type Foreigner2017Fields = Readonly<z.infer<typeof foreigner2017FieldsSchema>>;
export type Foreigner2023Fields = Readonly<z.infer<typeof foreigner2023FieldsSchema>>;

/** The name under which the holder is known: the Chinese one, or the English one of who has no other. */
export function holderName(fields: PracticeFields): string {
  return fields.name === '' && 'englishName' in fields ? fields.englishName : fields.name;
}
