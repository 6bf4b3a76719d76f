import { z } from 'zod';
import { errorCodeSchema } from '../../native-bridge/contract/basic.ts';
import { projectConnectionSchema } from '../../native-bridge/contract/station.ts';

/** What one run of the desk process is to do, and where it is to be killed. */
export const planSchema = z.object({
  dataFolder: z.string(),
  /** 64 hexadecimal digits. */
  key: z.string(),
  connection: projectConnectionSchema,
  teamName: z.string(),
  /** Files with the pictures that every enrolment gets. */
  portrait: z.string(),
  photo: z.string(),
  firstIndex: z.int(),
  /** New enrolments of this run; a restored draft is finished besides. */
  enrolments: z.int(),
  /** Kills itself when it stands at this point for the n-th time. */
  killAt: z.object({ point: z.string(), time: z.int().min(1) }).optional(),
  /** Added to the clock of the whole process. */
  clockOffsetMs: z.int(),
  /** Stays until the platform has confirmed everything. */
  drain: z.boolean(),
  /** Largest size of the data file in pages, for a full disk where none can be mounted. */
  maximumPages: z.int().optional(),
});
export type Plan = z.infer<typeof planSchema>;

/** What the desk process prints, one JSON line each. A line about the store is a promise: it was durable before. */
export const saidSchema = z.discriminatedUnion('said', [
  z.object({ said: z.literal('opened'), draft: z.string().optional(), steps: z.int() }),
  z.object({ said: z.literal('draft'), id: z.string(), steps: z.int() }),
  z.object({ said: z.literal('sealed'), id: z.string() }),
  z.object({ said: z.literal('confirmed'), id: z.string() }),
  z.object({ said: z.literal('point'), point: z.string() }),
  z.object({ said: z.literal('trouble'), code: errorCodeSchema }),
  z.object({ said: z.literal('done') }),
]);
export type Said = z.infer<typeof saidSchema>;
