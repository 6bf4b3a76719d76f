import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CardImage } from './card-image.ts';
import { encodePracticePortrait } from './practice-portrait.ts';
import { MAINLAND_LAYOUT, paddedText, unitsOf, writeTextBlock } from './text-layout.ts';

/** What stands in "valid to" on the card of a person from 46 on. */
export const LONG_TERM = '长期';

const NEWEST_ADDRESS_FIELD = { name: 'newestAddress', offset: 0, bytes: 70 } as const;
const BODY_NUMBER_BYTES = 24;

const eightDigits = z.string().regex(/^\d{8}$/, 'must be eight digits YYYYMMDD');
const filled = z
  .string()
  .min(1, 'must not be empty')
  .refine((text) => text.isWellFormed(), 'must not hold half of a surrogate pair');

/**
 * The fields of a resident card of the mainland as they stand in the chip. Form only: a check digit or a date that cannot
 * be is let through, because finding such a card is something to practise.
 */
export const mainlandFieldsSchema = z.strictObject({
  name: filled,
  /** GB/T 2261.1. */
  sexCode: z.enum(['0', '1', '2', '9']),
  /** GB/T 3304, two digits. */
  ethnicCode: z.string().regex(/^\d{2}$/, 'must be two digits'),
  birth: eightDigits,
  address: filled,
  number: z.string().regex(/^\d{17}[\dX]$/, 'must be 17 digits and a digit or X'),
  authority: filled,
  validFrom: eightDigits,
  validTo: z.union([eightDigits, z.literal(LONG_TERM)]),
});

export type MainlandFields = Readonly<z.infer<typeof mainlandFieldsSchema>>;

/** One field that cannot be put on a card. */
export class PracticeCardError extends Error {
  readonly code: 'bad-form' | 'too-long';
  readonly field: string;

  constructor(code: 'bad-form' | 'too-long', field: string, reason: string) {
    super(`${field}: ${reason}`);
    this.code = code;
    this.field = field;
  }
}

export interface PracticeCardContent {
  readonly fields: MainlandFields;
  /** JPEG or PNG. */
  readonly picture: Uint8Array;
  readonly newestAddress?: string | undefined;
}

/** Encodes the 256-byte text block. Throws `PracticeCardError` for the first field that does not fit. */
export function encodePracticeText(fields: MainlandFields): Uint8Array {
  const parsed = mainlandFieldsSchema.safeParse(fields);
  if (!parsed.success) throw formError(parsed.error);
  for (const field of MAINLAND_LAYOUT) requireFit(field, parsed.data[field.name]);
  return writeTextBlock(MAINLAND_LAYOUT, parsed.data);
}

/** Encodes the 70-byte newest address. Throws `PracticeCardError` beyond 35 characters. */
export function encodeNewestAddress(address: string): Uint8Array {
  requireFit(NEWEST_ADDRESS_FIELD, address);
  return paddedText(address, NEWEST_ADDRESS_FIELD.bytes);
}

/** Makes a whole card. Throws `PracticeCardError` or `PracticePortraitError`. */
export async function makePracticeCard(content: PracticeCardContent): Promise<CardImage> {
  // The text is checked first: coding a portrait takes a second.
  encodePracticeText(content.fields);
  return assemblePracticeCard({ ...content, photo: await encodePracticePortrait(content.picture) });
}

/** As `makePracticeCard`, with a photo block that is already encoded. */
export function assemblePracticeCard(
  content: Omit<PracticeCardContent, 'picture'> & { readonly photo: Uint8Array },
): CardImage {
  return {
    text: encodePracticeText(content.fields),
    photo: content.photo,
    fingerprint: new Uint8Array(0),
    newestAddress: content.newestAddress === undefined ? undefined : encodeNewestAddress(content.newestAddress),
    bodyNumber: practiceBodyNumber(content.fields),
  };
}

/** A reissued card is other plastic, so the date of issue goes in as well. */
function practiceBodyNumber(fields: MainlandFields): Uint8Array {
  const seed = `practice card body ${fields.number} ${fields.validFrom}`;
  return Uint8Array.from(createHash('sha256').update(seed).digest()).slice(0, BODY_NUMBER_BYTES);
}

function requireFit(
  field: { readonly name: string; readonly offset: number; readonly bytes: number },
  text: string,
): void {
  const units = unitsOf(field);
  if (text.length > units)
    throw new PracticeCardError('too-long', field.name, `${text.length} UTF-16 units, the card holds ${units}`);
}

function formError(error: z.ZodError): PracticeCardError {
  const issue = error.issues[0];
  return new PracticeCardError('bad-form', issue?.path.join('.') ?? '', issue?.message ?? 'wrong form');
}
