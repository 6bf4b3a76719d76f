import { z } from 'zod';
import { ageRulesSchema } from './age-rules.ts';
import { bytesUpTo, emptySchema } from './basic.ts';
import { call } from './call.ts';
import { enrolmentViewSchema } from './enrolment.ts';

const shownRulesSchema = z.object({
  rules: ageRulesSchema,
  /** Whether the project has rules of its own instead of the built-in ones. */
  own: z.boolean(),
});

const currentSchema = z.object({ enrolment: enrolmentViewSchema.optional() });

/** A photo from a telephone; it is made smaller. */
const maximumCertificateFile = 12_000_000;

export const ageRuleCalls = {
  'settings.age-rules': call(emptySchema, shownRulesSchema),
  'settings.set-age-rules': call(ageRulesSchema.omit({ title: true }), shownRulesSchema),
  'settings.reset-age-rules': call(emptySchema, shownRulesSchema),
  /** A photo (JPEG, PNG, WebP) or a PDF file of the worker's health certificate; another one takes its place. */
  'enrolment.attach-certificate': call(z.object({ file: bytesUpTo(maximumCertificateFile) }), currentSchema),
  'enrolment.remove-certificate': call(emptySchema, currentSchema),
} as const;
