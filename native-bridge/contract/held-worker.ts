import { z } from 'zod';
import { instantSchema } from './basic.ts';

/** What the platform and the station may both say of a worker, by the interface's names. */
export const heldFieldSchema = z.enum([
  'workerName',
  'teamName',
  'corpName',
  'workType',
  'isTeamLeader',
  'cellPhone',
  'cultureLevelType',
  'politicsType',
  'payRollBankCardNumber',
  'urgentLinkMan',
  'urgentLinkManPhone',
  'nation',
  'address',
  'grantOrg',
  'startDate',
  'expiryDate',
]);
export type HeldField = z.infer<typeof heldFieldSchema>;

/** What an operator may correct in the station's record; the rest is the card's or the team's. */
export const correctableHeldFields = [
  'workType',
  'isTeamLeader',
  'cellPhone',
  'cultureLevelType',
  'politicsType',
  'payRollBankCardNumber',
  'urgentLinkMan',
  'urgentLinkManPhone',
] as const satisfies readonly HeldField[];

/** One field on both sides. Without `there` the platform says nothing about it, which is no difference. */
export const comparedFieldSchema = z.object({
  name: heldFieldSchema,
  here: z.string().optional(),
  there: z.string().optional(),
  differs: z.boolean(),
});
export type ComparedField = z.infer<typeof comparedFieldSchema>;

/** The platform's answer about a worker, beside the newest record here. Bank numbers are masked on both sides. */
export const heldWorkerSchema = z.object({
  askedAt: instantSchema,
  present: z.boolean(),
  fields: z.array(comparedFieldSchema),
  /** Days of coming and leaving as the platform has them. */
  enteredOn: z.string().optional(),
  leftOn: z.string().optional(),
  hasContract: z.boolean().optional(),
});
export type HeldWorker = z.infer<typeof heldWorkerSchema>;

/** Why a difference stays; a closed set, for the trail outlives what a person might write there. */
export const differenceReasonSchema = z.enum(['asked-platform', 'platform-rule', 'worker-confirmed']);
export type DifferenceReason = z.infer<typeof differenceReasonSchema>;
