import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { CardImage } from './card-image.ts';
import { encodePracticePortrait } from './practice-portrait.ts';
import { type PracticeFields, practiceFieldsSchema } from './practice-fields.ts';
import { encodeFingerprints, type PracticeFingerprint } from './practice-fingerprint.ts';
import {
  FOREIGNER_2017_LAYOUT,
  FOREIGNER_2023_LAYOUT,
  MAINLAND_LAYOUT,
  paddedText,
  PERMIT_LAYOUT,
  type TextField,
  unitsOf,
  writeTextBlock,
} from './text-layout.ts';

const NEWEST_ADDRESS_FIELD = { name: 'newestAddress', offset: 0, bytes: 70 } as const;
const BODY_NUMBER_BYTES = 24;

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
  readonly fields: PracticeFields;
  /** JPEG or PNG. */
  readonly picture: Uint8Array;
  readonly newestAddress?: string | undefined;
  /** At most two. */
  readonly fingerprints?: readonly PracticeFingerprint[] | undefined;
  /** Another letter at byte 248 than that of the card's kind, to play a card that is yet unknown. */
  readonly layoutFlag?: string | undefined;
}

/** The text of each place of a layout, with the letter that names it. */
interface PlacedText {
  readonly layout: readonly TextField<string>[];
  readonly texts: Readonly<Record<string, string>>;
}

const ENGLISH_NAME_CUT = 35;

function placedText(fields: PracticeFields): PlacedText {
  switch (fields.kind) {
    case 'mainland':
      return { layout: MAINLAND_LAYOUT, texts: { ...fields, flag: ' ' } };
    case 'residence-permit':
      return { layout: PERMIT_LAYOUT, texts: { ...fields, ethnicCode: '', flag: 'J' } };
    case 'foreigner-2017':
      return { layout: FOREIGNER_2017_LAYOUT, texts: { ...fields, flag: 'I' } };
    case 'foreigner-2023': {
      const englishNameStart = fields.englishName.slice(0, ENGLISH_NAME_CUT);
      const englishNameEnd = fields.englishName.slice(ENGLISH_NAME_CUT);
      return { layout: FOREIGNER_2023_LAYOUT, texts: { ...fields, englishNameStart, englishNameEnd, flag: 'Y' } };
    }
  }
}

/** Encodes the 256-byte text block. Throws `PracticeCardError` for the first field that does not fit. */
export function encodePracticeText(fields: PracticeFields, layoutFlag?: string): Uint8Array {
  const parsed = practiceFieldsSchema.safeParse(fields);
  if (!parsed.success) throw formError(parsed.error);
  const { layout, texts } = placedText(parsed.data);
  const written = layoutFlag === undefined ? texts : { ...texts, flag: layoutFlag };
  for (const field of layout) requireFit(field, written[field.name] ?? '');
  return writeTextBlock(layout, written);
}

/** Encodes the 70-byte newest address. Throws `PracticeCardError` beyond 35 characters. */
export function encodeNewestAddress(address: string): Uint8Array {
  requireFit(NEWEST_ADDRESS_FIELD, address);
  return paddedText(address, NEWEST_ADDRESS_FIELD.bytes);
}

/** Makes a whole card. Throws `PracticeCardError` or `PracticePortraitError`. */
export async function makePracticeCard(content: PracticeCardContent): Promise<CardImage> {
  // The text is checked first: coding a portrait takes a second.
  encodePracticeText(content.fields, content.layoutFlag);
  return assemblePracticeCard({ ...content, photo: await encodePracticePortrait(content.picture) });
}

/** As `makePracticeCard`, with a photo block that is already encoded. */
export function assemblePracticeCard(
  content: Omit<PracticeCardContent, 'picture'> & { readonly photo: Uint8Array },
): CardImage {
  return {
    text: encodePracticeText(content.fields, content.layoutFlag),
    photo: content.photo,
    fingerprint: encodeFingerprints(content.fingerprints ?? [], content.fields.number),
    newestAddress: content.newestAddress === undefined ? undefined : encodeNewestAddress(content.newestAddress),
    bodyNumber: practiceBodyNumber(content.fields),
  };
}

/** A reissued card is other plastic, so the date of issue goes in as well. */
function practiceBodyNumber(fields: PracticeFields): Uint8Array {
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
