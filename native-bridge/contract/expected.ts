import { z } from 'zod';
import { dateSchema, idSchema } from './basic.ts';
import { workerFieldsSchema } from './enrolment.ts';

/** Somebody whom a team expects. Those who came have a record; a doubt is a record of the same name for a person to judge. */
export const expectedWorkerSchema = z.object({
  id: idSchema,
  name: z.string(),
  maskedNumber: z.string().optional(),
  workType: workerFieldsSchema.shape.workType,
  state: z.enum(['expected', 'came', 'doubt']),
  recordId: idSchema.optional(),
});
export type ExpectedWorker = z.infer<typeof expectedWorkerSchema>;

/** Whole-team mode (整队采集): what is kept from worker to worker while it is on. */
export const wholeTeamSchema = z.object({
  on: z.boolean(),
  workType: workerFieldsSchema.shape.workType,
  entryDate: dateSchema.optional(),
});
export type WholeTeam = z.infer<typeof wholeTeamSchema>;

/**
 * What the chosen team's list says of the card in work: `listed` by its number, `same-name` under another number or none,
 * `other-team` by its number in another team's list, `not-listed`.
 */
export const listingSchema = z.object({
  kind: z.enum(['listed', 'same-name', 'other-team', 'not-listed']),
  /** The name in the list, where the card has another one. */
  listedName: z.string().optional(),
  /** The number in the list, where the card has another one; masked. */
  listedNumber: z.string().optional(),
  /** The other team. */
  teamName: z.string().optional(),
});
export type Listing = z.infer<typeof listingSchema>;
