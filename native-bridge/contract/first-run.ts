import { z } from 'zod';
import { emptySchema } from './basic.ts';
import { call } from './call.ts';

/** What is set up at the first start, in this order. */
export const firstRunSteps = ['language', 'account', 'recovery-key', 'reader', 'camera', 'project'] as const;
export const firstRunStepSchema = z.enum(firstRunSteps);
export type FirstRunStep = z.infer<typeof firstRunStepSchema>;

export const firstRunCalls = {
  /** Goes to a step, which is remembered; without one the first run is over for good. The status tells where it is. */
  'first-run.go': call(
    z.object({
      step: firstRunStepSchema.optional(),
      /** On a station that has been set up: nothing is changed there but by what is pressed. */
      again: z.literal(true).optional(),
    }),
    emptySchema,
  ),
} as const;
