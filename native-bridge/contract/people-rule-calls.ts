import { z } from 'zod';
import { emptySchema } from './basic.ts';
import { call } from './call.ts';

/** What is done about a person whom the platform's black list names; `off` asks no platform. */
export const blackListRuleSchema = z.enum(['off', 'warn', 'block']);
export type BlackListRule = z.infer<typeof blackListRuleSchema>;

const shownSchema = z.object({
  blackList: blackListRuleSchema,
  /** Whether the connected platform can be asked at all. */
  offered: z.boolean(),
  /** Whether a consent has to be signed: on the screen, on paper, or vouched for by the operator. */
  signatureRequired: z.boolean(),
});

export const peopleRuleCalls = {
  'settings.people-rules': call(emptySchema, shownSchema),
  'settings.set-people-rules': call(
    z.object({ blackList: blackListRuleSchema.optional(), signatureRequired: z.boolean().optional() }),
    shownSchema,
  ),
} as const;
