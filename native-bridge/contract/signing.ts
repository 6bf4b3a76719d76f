import { z } from 'zod';

/** Languages that the notice exists in; the worker was shown one of them. */
export const consentLanguageSchema = z.enum(['zh-CN', 'en']);
export type ConsentLanguage = z.infer<typeof consentLanguageSchema>;

/** Why somebody does not sign: a closed set, so that it can be printed in the language of the notice. */
export const unsignedReasonSchema = z.enum(['cannot-write', 'hand-injured', 'no-device']);
export type UnsignedReason = z.infer<typeof unsignedReasonSchema>;

/** How a consent was signed, as it is said of it ever after. */
export const signingSchema = z.discriminatedUnion('kind', [
  /** Ticked on the screen in the worker's presence, and nothing else. */
  z.object({ kind: z.literal('none') }),
  /** Drawn on the screen or on a pad. */
  z.object({ kind: z.literal('screen') }),
  /** By hand on the printed notice, which the site keeps. */
  z.object({ kind: z.literal('paper') }),
  /** The operator read the notice aloud and vouches for the spoken consent. `by` is set by the station. */
  z.object({ kind: z.literal('attested'), reason: unsignedReasonSchema, by: z.string().optional() }),
]);
export type Signing = z.infer<typeof signingSchema>;
