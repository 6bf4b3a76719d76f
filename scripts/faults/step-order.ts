import { z } from 'zod';

/** Where a process that is watched step by step finds what it is to do. */
export const stepsVariable = 'ENROL_DESK_STEPS';

export const stepOrderSchema = z.discriminatedUnion('kind', [
  /** Writes every step, once each, to this file. */
  z.object({ kind: z.literal('tell'), file: z.string() }),
  /** Kills the process when it takes this step for the n-th time. */
  z.object({ kind: z.literal('kill'), step: z.string(), time: z.int().min(1) }),
]);
export type StepOrder = z.infer<typeof stepOrderSchema>;
