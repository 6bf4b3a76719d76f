import { z } from 'zod';
import { dateSchema, instantSchema } from './basic.ts';

const hexSchema = z.string().regex(/^([0-9A-F]{2})+$/);

const seen = {
  /** The reader as PC/SC names it. */
  readerName: z.string(),
  readAt: instantSchema,
};

/** The holder as a social-security card names one, or that the card's region keeps this part locked. */
const socialSecurityHolderSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('read'),
    citizenNumber: z.string().regex(/^\d{17}[\dX]$/),
    name: z.string().min(1),
    /** GB/T 2261.1. */
    sexCode: z.string().optional(),
    /** GB/T 3304, two digits. */
    ethnicCode: z.string().optional(),
    /** GB/T 2260, six digits. */
    birthplaceCode: z.string().optional(),
    birth: dateSchema.optional(),
  }),
  z.object({ state: z.literal('locked') }),
]);

/** A social-security card (社保卡): its public data and, where not locked, its holder. */
const socialSecurityCardSchema = z.object({
  kind: z.literal('social-security'),
  ...seen,
  cardNumber: z.string().min(1),
  /** Chip's own number, 16 bytes. */
  cardId: hexSchema.optional(),
  cardType: z.string().optional(),
  version: z.string().optional(),
  /** Issuing institution, 12 bytes. */
  issuer: hexSchema.optional(),
  issuedOn: dateSchema.optional(),
  validTo: dateSchema.optional(),
  holder: socialSecurityHolderSchema,
});
export type SocialSecurityCard = z.infer<typeof socialSecurityCardSchema>;

/** A bank card: nothing but its number, whose check digit (Luhn) is right. */
const bankCardSchema = z.object({
  kind: z.literal('bank'),
  ...seen,
  number: z.string().regex(/^\d{12,19}$/),
  /** First six and last four digits, the rest hidden. */
  maskedNumber: z.string(),
});
export type BankCard = z.infer<typeof bankCardSchema>;

/** Ways in which sites and turnstiles write the number of a contactless card. */
const workCardSchema = z.object({
  kind: z.literal('work'),
  ...seen,
  /** Bytes in the order in which the reader gives them, and the other way round. */
  uid: hexSchema,
  uidReversed: hexSchema,
  /** Only a UID of four bytes has these; of longer ones each maker takes other bytes. */
  decimals: z
    .object({
      /** Ten digits, first byte lowest: what is mostly printed on the card. */
      littleEndian: z.string().regex(/^\d{10}$/),
      /** Ten digits, first byte highest. */
      bigEndian: z.string().regex(/^\d{10}$/),
      /** Eight digits, 3 + 5 (Wiegand 26): bits 16..23 and bits 0..15 of the little-endian number. */
      wiegand: z.string().regex(/^\d{8}$/),
    })
    .optional(),
});
export type WorkCard = z.infer<typeof workCardSchema>;

/** A card on a PC/SC reader that is no identity card. */
export const otherCardSchema = z.discriminatedUnion('kind', [socialSecurityCardSchema, bankCardSchema, workCardSchema]);
export type OtherCard = z.infer<typeof otherCardSchema>;

/**
 * Whether a social-security card is the identity-card holder's; `unknown` when there is no identity card to compare with
 * or the card keeps its holder locked.
 */
export function checkSocialSecurity(
  { holder }: SocialSecurityCard,
  citizenNumber: string | undefined,
): 'same' | 'different' | 'unknown' {
  if (holder.state === 'locked' || citizenNumber === undefined) return 'unknown';
  return holder.citizenNumber === citizenNumber.toUpperCase() ? 'same' : 'different';
}
