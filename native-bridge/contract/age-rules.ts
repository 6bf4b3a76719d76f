import { z } from 'zod';
import { lineSchema } from './basic.ts';

/** A rule of the site about the age of whoever works there; which ones there are differs by region. */
export const ageRuleSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  /** Absent: for everybody. */
  sex: z.enum(['male', 'female']).optional(),
  trades: z.enum(['all', 'dangerous']),
  /** It holds from the birthday with so many years on, or below it. */
  side: z.enum(['from', 'below']),
  years: z.int().min(17).max(99),
  level: z.enum(['warn', 'block']),
  /** Whoever hands in a health certificate is let through. */
  certificateAdmits: z.boolean(),
  /** Where the number comes from. */
  source: lineSchema.max(200).optional(),
});
export type AgeRule = z.infer<typeof ageRuleSchema>;

/** The rules of a project. Nobody under 16 is registered whatever they say (Labour Law Art. 15). */
export const ageRulesSchema = z.object({
  title: z.object({ zh: z.string(), en: z.string() }),
  /** Codes of trades that are dangerous or heavy. */
  dangerousTrades: z.array(z.string().regex(/^\d{3,4}$/)).max(200),
  rules: z.array(ageRuleSchema).max(20),
});
export type AgeRules = z.infer<typeof ageRulesSchema>;
