import { z } from 'zod';
import { bytesSchema, emptySchema, idSchema, instantSchema } from './basic.ts';
import { call } from './call.ts';
import { cardReadingSchema } from './card.ts';
import { comparisonSchema, consentSchema, decisionSchema, workerFieldsSchema } from './enrolment.ts';
import { livenessSchema } from './liveness.ts';
import { differenceReasonSchema, heldFieldSchema, heldWorkerSchema } from './held-worker.ts';
import { recordStateSchema, recordSummarySchema } from './enrolment.ts';

/** Longer than any name: 40 characters, with room for spaces and signs. */
const longestQuery = 100;

export const workerSearchSchema = z.object({
  /** Any part of a name, pinyin or its initials, the beginning or the last four and more characters of a number. */
  text: z.string().max(longestQuery).optional(),
  teamName: z.string().max(100).optional(),
  state: recordStateSchema.optional(),
  /** `next` of the page before. */
  after: z.int().optional(),
  limit: z.int().min(1).max(200),
});

/** One row for each person in the connected project, showing the newest record; `id` is that record's. */
export const workerPageSchema = z.object({
  workers: z.array(recordSummarySchema),
  /** All that fit; only with the first page. */
  count: z.int().optional(),
  /** Set when there are more. */
  next: z.int().optional(),
});

/** One line of the trail of what was done to a record. */
export const recordEventSchema = z.object({
  recordId: idSchema,
  at: instantSchema,
  action: z.string(),
  actor: z.string(),
  from: recordStateSchema.optional(),
  to: recordStateSchema.optional(),
});
export type RecordEvent = z.infer<typeof recordEventSchema>;

/** What a record holds, without its pictures and without the whole number. */
export const workerDetailSchema = z.object({
  kind: z.string(),
  sexCode: z.string().optional(),
  birth: z.string().optional(),
  /** Ethnic group, or nationality of a foreigner. */
  origin: z.string().optional(),
  address: z.string().optional(),
  validTo: z.string().optional(),
  ageYears: cardReadingSchema.shape.ageYears,
  hasPortrait: z.boolean(),
  fields: workerFieldsSchema,
  comparison: comparisonSchema,
  decision: decisionSchema.optional(),
  /** Absent for records that are older than the liveness check. */
  liveness: livenessSchema.optional(),
  consent: consentSchema.pick({ textVersion: true, givenAt: true, signing: true, language: true }),
  /** Whom the consent was given to, and for what. */
  projectName: z.string(),
  corpName: z.string(),
});
export type WorkerDetail = z.infer<typeof workerDetailSchema>;

export const workerCalls = {
  'worker.search': call(workerSearchSchema, workerPageSchema),
  /** Names of the teams that workers of the project are in. */
  'worker.teams': call(emptySchema, z.object({ teamNames: z.array(z.string()) })),
  /** The person whose record this is: all records in the project, newest first, the content of this one, the trail of all. */
  'worker.get': call(
    z.object({ id: idSchema }),
    z.object({
      records: z.array(recordSummarySchema),
      detail: workerDetailSchema,
      history: z.array(recordEventSchema),
      /** As of `EnrolmentView`. */
      trainingDueSince: instantSchema.optional(),
    }),
  ),
  /** The card's portrait, a PNG file; the photo taken comes with `queue.photo`. */
  'worker.portrait': call(z.object({ id: idSchema }), z.object({ png: bytesSchema.optional() })),
} as const;

/** What the platform holds of a worker. A record that is locked is `record.locked`. */
export const heldWorkerCalls = {
  'worker.at-platform': call(z.object({ id: idSchema }), heldWorkerSchema),
  /** Sends what the station has once more, as an update; errors as of `record.correct`. */
  'worker.send-again': call(z.object({ id: idSchema }), z.object({ id: idSchema })),
  /** The difference is known and stays: who said so, and why, stands in the trail. */
  'worker.note-differences': call(
    z.object({ id: idSchema, fields: z.array(heldFieldSchema).min(1), reason: differenceReasonSchema }),
    emptySchema,
  ),
} as const;
