import { z } from 'zod';
import { emptySchema } from './basic.ts';
import { call } from './call.ts';
import { checkNameSchema, checkResultSchema, profileSummarySchema } from './capture.ts';

const bandSchema = z.object({ minimum: z.number().optional(), maximum: z.number().optional() });

/** One check of a profile, as the settings show it. */
export const profileRuleSchema = z.object({
  name: checkNameSchema,
  kind: z.enum(['block', 'warn', 'off']),
  limit: bandSchema,
  wanted: bandSchema.optional(),
  unit: checkResultSchema.shape.unit,
  /** True when a number of it is not confirmed by the platform. */
  isDefault: z.boolean(),
});
export type ProfileRule = z.infer<typeof profileRuleSchema>;

export const listedProfileSchema = profileSummarySchema.extend({
  note: z.object({ zh: z.string(), en: z.string() }).optional(),
  unconfirmed: z.int(),
  rules: z.array(profileRuleSchema),
});
export type ListedProfile = z.infer<typeof listedProfileSchema>;

const profilesSchema = z.object({ chosen: z.string(), profiles: z.array(listedProfileSchema) });

export const captureProfileCalls = {
  'settings.capture-profiles': call(emptySchema, profilesSchema),
  /** For the connected project; the camera step that begins next uses it. Throws `store.not-found`. */
  'settings.choose-capture-profile': call(z.object({ name: z.string().min(1).max(60) }), profilesSchema),
} as const;
