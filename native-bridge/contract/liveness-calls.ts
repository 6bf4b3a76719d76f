import { z } from 'zod';
import { emptySchema } from './basic.ts';
import { call } from './call.ts';
import { enrolmentViewSchema } from './enrolment.ts';
import { livenessExceptionSchema, livenessModeSchema } from './liveness.ts';

const modeSchema = z.object({ mode: livenessModeSchema });

export const livenessCalls = {
  /** How liveness is looked at in the connected project. */
  'liveness.mode': call(emptySchema, modeSchema),
  /** Holds from the next enrolment's camera step on. */
  'liveness.set-mode': call(modeSchema, modeSchema),
  /** More attempts after all of a row have failed. Throws `liveness.too-many-attempts`. */
  'liveness.again': call(emptySchema, emptySchema),
  /** A supervisor lets the enrolment in work pass without the challenge that is required. */
  'liveness.except': call(
    livenessExceptionSchema.pick({ reason: true, supervisor: true }),
    z.object({ enrolment: enrolmentViewSchema.optional() }),
  ),
} as const;
