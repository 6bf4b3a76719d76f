import { z } from 'zod';
import { bytesSchema, dateSchema, errorCodeSchema, instantSchema } from './basic.ts';
import { transportSchema } from './reader.ts';

/** What a check of the card's own data found. `level` tells how the screen shows it; none of them alters the data. */
export const findingSchema = z.object({
  code: z.enum([
    'number-check-digit',
    'birth-against-number',
    'sex-against-number',
    'validity',
    'age',
    'division',
    'ethnic-group',
    'private-use-character',
  ]),
  level: z.enum(['ok', 'warn', 'block']),
  /** Which case of the check it is, for example `expired`, `expires-soon`, `under-16`; names a sentence on the screen. */
  reason: z.string().optional(),
  /** The limit that an age was measured by. */
  years: z.int().optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/**
 * Where the holder comes from: the division that the first six digits of a resident's number name, or the country of a
 * foreigner.
 */
export const nativePlaceSchema = z.object({
  /** Six digits of GB/T 2260, or three letters of ISO 3166 for a country. */
  code: z.string().regex(/^(\d{6}|[A-Z]{3})$/),
  level: z.enum(['county', 'prefecture', 'province', 'country', 'unknown']),
  /** Full name from the province down; empty when unknown. */
  name: z.string(),
  abolished: z.boolean(),
  /** Whether the code was in use in the holder's year of birth; undefined where no table tells. */
  usedAtBirth: z.boolean().optional(),
});
export type NativePlace = z.infer<typeof nativePlaceSchema>;

export const validToSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('date'), date: dateSchema }),
  z.object({ kind: z.literal('long-term') }),
]);
export type ValidTo = z.infer<typeof validToSchema>;

/** What every card in use tells of its holder. */
const holder = {
  /** The name to register under: the Chinese one where the card has one, else the English one. */
  name: z.string().min(1),
  /** GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated. */
  sexCode: z.enum(['0', '1', '2', '9']),
  birth: dateSchema,
  number: z.string().min(1),
  validFrom: dateSchema,
  validTo: validToSchema,
};

/** A mainland resident identity card, as the chip holds it (GA 490). */
const mainlandFieldsSchema = z.object({
  kind: z.literal('mainland'),
  ...holder,
  /** GB/T 3304, two digits; a code outside the table is kept as it is. */
  ethnicCode: z.string(),
  /** Name of the group without 族; undefined for a code that the table of this station does not have. */
  ethnicGroup: z.string().optional(),
  address: z.string(),
  authority: z.string(),
});

/** A residence permit of a resident of Hong Kong, Macao or Taiwan (flag `J`). */
const permitFieldsSchema = z.object({
  kind: z.literal('residence-permit'),
  ...holder,
  address: z.string(),
  authority: z.string(),
  /** Number of the pass with which the holder travels to the mainland. */
  travelPassNumber: z.string(),
  /** How often a permit has been issued, two digits. */
  issueCount: z.string(),
});

const foreigner = {
  /** Empty for who has none. */
  chineseName: z.string(),
  englishName: z.string().min(1),
  /** ISO 3166 alpha-3. */
  nationality: z.string().regex(/^[A-Z]{3}$/),
};

/** A foreigner's permanent residence card of the 2017 edition (flag `I`). */
const foreigner2017FieldsSchema = z.object({
  kind: z.literal('foreigner-2017'),
  ...holder,
  ...foreigner,
  cardVersion: z.string(),
  /** Four digits of the place that took the application. */
  acceptingAuthorityCode: z.string(),
});

/** A foreigner's permanent residence card of the 2023 edition (flag `Y`). */
const foreigner2023FieldsSchema = z.object({
  kind: z.literal('foreigner-2023'),
  ...holder,
  ...foreigner,
  /** How often the card has been renewed, two digits. */
  renewals: z.string(),
  /** Number of the holder's card of the 2017 edition, derived; undefined for who never had one. */
  formerNumber: z.string().optional(),
});

/** The fields of an identity card, as the chip holds them; which ones there are depends on its kind. */
export const cardFieldsSchema = z.discriminatedUnion('kind', [
  mainlandFieldsSchema,
  permitFieldsSchema,
  foreigner2017FieldsSchema,
  foreigner2023FieldsSchema,
]);
export type CardFields = z.infer<typeof cardFieldsSchema>;
export type CardKind = CardFields['kind'];
export type MainlandFields = z.infer<typeof mainlandFieldsSchema>;

/** The decoded portrait, or why there is none; `pending` while it is being decoded. */
export const portraitSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending') }),
  z.object({ state: z.literal('decoded'), png: bytesSchema, width: z.int(), height: z.int(), simulated: z.boolean() }),
  z.object({ state: z.literal('missing'), code: errorCodeSchema }),
]);
export type Portrait = z.infer<typeof portraitSchema>;

/** A fingerprint record on the card (GA 1012): 11..15 right thumb to little finger, 16..20 left, 97..99 unspecified. */
export const fingerprintSchema = z.object({
  position: z.int(),
  registration: z.enum(['registered', 'failed', 'not-registered', 'unknown']),
});
export type Fingerprint = z.infer<typeof fingerprintSchema>;

/** Everything one presentation of a card gave. */
export const cardReadingSchema = z.object({
  fields: cardFieldsSchema,
  newestAddress: z.string().optional(),
  portrait: portraitSchema,
  nativePlace: nativePlaceSchema,
  findings: z.array(findingSchema),
  ageYears: z.int(),
  /** Fingerprint records on the card: which fingers, never the templates. */
  fingerprints: z.array(fingerprintSchema).optional(),
  /** The reader's SAM number as printed: the only trustworthy identity of a reader. PC/SC pages do not tell it. */
  samNumber: z.string().optional(),
  readerModel: z.string().optional(),
  transport: transportSchema,
  readAt: instantSchema,
  /** Status bytes of this reading in their order, for example 9f 90 90: how the data came off the chip. */
  statusPath: z.array(z.int()).optional(),
  /** From the find answer that saw the card to the reading being complete, in milliseconds. */
  readMs: z.number(),
});
export type CardReading = z.infer<typeof cardReadingSchema>;
