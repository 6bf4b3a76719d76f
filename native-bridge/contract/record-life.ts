import { z } from 'zod';
import { errorCodeSchema, idSchema, instantSchema, lineSchema } from './basic.ts';
import { recordStateSchema } from './enrolment.ts';

/** Why a person takes a sealed record back before the platform has it. */
export const withdrawalReasonSchema = z.enum([
  'consent-withdrawn',
  'wrong-person',
  'wrong-team',
  'left',
  'enrolled-twice',
  'other',
]);
export type WithdrawalReason = z.infer<typeof withdrawalReasonSchema>;

/** Why a record that the platform has is kept for the statutory period only, and not used (PIPL Art. 47). */
export const lockReasonSchema = z.enum(['deletion-wish', 'consent-withdrawn']);
export type LockReason = z.infer<typeof lockReasonSchema>;

/** Why something was erased: its time was over, or a person asked for it. */
export const eraseReasonSchema = z.enum(['period-over', ...lockReasonSchema.options]);
export type EraseReason = z.infer<typeof eraseReasonSchema>;

/** A remark in words; shown with the record and erased with it. */
export const noteSchema = lineSchema.max(200);

/** What was done to a record, when and by whom. */
export const historyRowSchema = z.object({
  at: instantSchema,
  action: z.string(),
  actor: z.string(),
  /** The trouble of that moment, where there was any. */
  code: errorCodeSchema.optional(),
});
export type HistoryRow = z.infer<typeof historyRowSchema>;

/** One of the records that correct each other. */
export const chainLinkSchema = z.object({
  id: idSchema,
  sealedAt: instantSchema,
  /** Absent once it was erased; its receipt remains. */
  state: recordStateSchema.optional(),
  erasedAt: instantSchema.optional(),
});
export type ChainLink = z.infer<typeof chainLinkSchema>;

export const recordHistorySchema = z.object({
  /** Oldest first. */
  rows: z.array(historyRowSchema),
  /** From the first record to its newest correction; only the record itself when it was never corrected. */
  chain: z.array(chainLinkSchema),
  withdrawal: z.object({ reason: withdrawalReasonSchema, note: z.string().optional() }).optional(),
  picturesErasedAt: instantSchema.optional(),
  /** Why something cannot be done to the record now; what is missing here can be done. */
  refusals: z.object({
    withdraw: errorCodeSchema.optional(),
    correct: errorCodeSchema.optional(),
    erase: errorCodeSchema.optional(),
  }),
});
export type RecordHistory = z.infer<typeof recordHistorySchema>;

const days = z.int().min(1).max(36_500);

/**
 * Days for which a class of data is kept. Receipts and the audit trail hold no personal data and stay for ever.
 *
 * `records` runs from the platform's confirmation and from the completion of the project, whichever is later: the ledger
 * is to be kept until completion and full payment and at least three years more (Regulation on ensuring wage payment to
 * rural migrant workers, Art. 28). While a project's completion is not entered its records stay.
 */
export const retentionSettingsSchema = z.object({
  /** Enrolments that were begun and neither sealed nor discarded, from the last change. */
  drafts: days,
  /** Names in a team's list whose person never came, from the day of the list. */
  expected: days.default(90),
  /** Portrait, photo and signature of a confirmed record, from the confirmation. */
  pictures: days,
  /** Records that were taken back or replaced before the platform had them. */
  unused: days,
  records: days.min(3 * 365),
  /** Day of completion and full payment by project code. */
  completed: z.record(z.string(), z.iso.date()),
});
export type RetentionSettings = z.infer<typeof retentionSettingsSchema>;

export const defaultRetention: RetentionSettings = {
  drafts: 30,
  expected: 90,
  pictures: 90,
  unused: 30,
  records: 3 * 365 + 1,
  completed: {},
};
