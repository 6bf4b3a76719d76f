import { z } from 'zod';
import { emptySchema, idSchema } from './basic.ts';
import { call } from './call.ts';
import { recordSummarySchema, teamSchema, workerFieldsSchema } from './enrolment.ts';
import { gateLimitsSchema } from './gates.ts';
import {
  lockReasonSchema,
  noteSchema,
  recordHistorySchema,
  retentionSettingsSchema,
  withdrawalReasonSchema,
} from './record-life.ts';

const recordSchema = z.object({ id: idSchema });
const limitsSchema = z.object({ gates: gateLimitsSchema, retention: retentionSettingsSchema });

/** What becomes of a record after sealing, and the limits that the station keeps. */
export const recordLifeCalls = {
  'record.history': call(recordSchema, recordHistorySchema),
  /** Takes a record back that the platform cannot have. */
  'record.withdraw': call(
    recordSchema.extend({ reason: withdrawalReasonSchema, note: noteSchema.optional() }),
    emptySchema,
  ),
  /** What an operator may correct, as it stands. */
  'record.correctable': call(recordSchema, z.object({ fields: workerFieldsSchema, team: teamSchema })),
  /** Seals a corrected record in the place of this one; all fields as they are to be. */
  'record.correct': call(recordSchema.extend({ fields: workerFieldsSchema, teamId: idSchema }), recordSchema),
  /** For all records of this record's person in its project: erased, or locked while the statutory period runs. */
  'record.erase': call(
    recordSchema.extend({ reason: lockReasonSchema }),
    z.object({ locked: z.int().min(0), erased: z.int().min(0) }),
  ),
  /** The locked records, which no other list shows. */
  'record.locked': call(
    z.object({ before: z.iso.datetime().optional(), limit: z.int().min(1).max(200) }),
    z.object({ records: z.array(recordSummarySchema) }),
  ),
  'limits.get': call(emptySchema, limitsSchema),
  'limits.set': call(limitsSchema, limitsSchema),
} as const;

export const recordLifeEvents = {
  /** These are no longer kept; with none named, lists are to be asked for anew. */
  'record.erased': z.object({ ids: z.array(idSchema) }),
} as const;
