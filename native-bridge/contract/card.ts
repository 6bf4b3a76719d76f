import { z } from 'zod';
import { bytesSchema, dateSchema, errorCodeSchema, instantSchema } from './basic.ts';

/** What a check of the card's own data found. `level` tells how the screen shows it; none of them alters the data. */
export const findingSchema = z.object({
  code: z.enum([
    'number-check-digit',
    'birth-against-number',
    'sex-against-number',
    'validity',
    'age',
    'division',
    'private-use-character',
  ]),
  level: z.enum(['ok', 'warn', 'block']),
  /** Which case of the check it is, for example `expired`, `expires-soon`, `under-16`; names a sentence on the screen. */
  reason: z.string().optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** Where the first six digits of the number belonged when the holder was born. */
export const nativePlaceSchema = z.object({
  code: z.string().regex(/^\d{6}$/),
  level: z.enum(['county', 'prefecture', 'province', 'unknown']),
  /** Full name from the province down; empty when unknown. */
  name: z.string(),
  abolished: z.boolean(),
});
export type NativePlace = z.infer<typeof nativePlaceSchema>;

export const validToSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('date'), date: dateSchema }),
  z.object({ kind: z.literal('long-term') }),
]);
export type ValidTo = z.infer<typeof validToSchema>;

/** The fields of a mainland resident identity card, as the chip holds them (GA 490). */
export const cardFieldsSchema = z.object({
  kind: z.literal('mainland'),
  name: z.string().min(1),
  /** GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated. */
  sexCode: z.enum(['0', '1', '2', '9']),
  /** GB/T 3304, two digits; a code outside the table is kept as it is. */
  ethnicCode: z.string(),
  ethnicGroup: z.string(),
  birth: dateSchema,
  address: z.string(),
  number: z.string(),
  authority: z.string(),
  validFrom: dateSchema,
  validTo: validToSchema,
});
export type CardFields = z.infer<typeof cardFieldsSchema>;

/** The decoded portrait, or why there is none. */
export const portraitSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('decoded'), png: bytesSchema, width: z.int(), height: z.int(), simulated: z.boolean() }),
  z.object({ state: z.literal('missing'), code: errorCodeSchema }),
]);
export type Portrait = z.infer<typeof portraitSchema>;

/** Everything one presentation of a card gave. */
export const cardReadingSchema = z.object({
  fields: cardFieldsSchema,
  newestAddress: z.string().optional(),
  portrait: portraitSchema,
  nativePlace: nativePlaceSchema,
  findings: z.array(findingSchema),
  ageYears: z.int(),
  /** The reader's SAM number as printed: the only trustworthy identity of a reader. */
  samNumber: z.string(),
  transport: z.enum(['serial', 'tcp']),
  readAt: instantSchema,
  /** From the find answer that saw the card to the reading being complete, in milliseconds. */
  readMs: z.number(),
});
export type CardReading = z.infer<typeof cardReadingSchema>;

/** The reader as the operator sees it; trouble is a state with a code and never needs a restart. */
export const readerStateSchema = z.object({
  state: z.enum(['searching', 'ready', 'reading', 'lift-card', 'trouble']),
  code: errorCodeSchema.optional(),
  transport: z.enum(['serial', 'tcp']).optional(),
  address: z.string().optional(),
  samNumber: z.string().optional(),
});
export type ReaderState = z.infer<typeof readerStateSchema>;
