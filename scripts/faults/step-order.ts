import { z } from 'zod';

/** Where a process that is watched step by step finds what it is to do. */
export const stepsVariable = 'ENROL_DESK_STEPS';

export const stepOrderSchema = z.object({
  /** Gets the name of every step, once each. */
  file: z.string(),
  /** The step whose n-th time ends the process; without one the n-th step of all. */
  step: z.string().optional(),
  time: z.int().min(1),
});
export type StepOrder = z.infer<typeof stepOrderSchema>;
