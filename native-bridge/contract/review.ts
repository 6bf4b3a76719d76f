import { z } from 'zod';
import { passwordSchema, accountNameSchema } from './account.ts';
import { emptySchema, idSchema, instantSchema, lineSchema } from './basic.ts';
import { call } from './call.ts';
import { photoExceptionSchema } from './capture.ts';
import { comparisonSchema, decisionSchema, recordSummarySchema } from './enrolment.ts';
import { foundFaceSchema } from './face-search.ts';
import { livenessSchema } from './liveness.ts';

/** Why a record wants a second pair of eyes. */
export const reviewReasons = [
  'grey-comparison',
  'comparison-overridden',
  'not-compared',
  'photo-exception',
  'liveness-exception',
  'suspected-duplicate',
  'consent-withdrawn',
] as const;
export const reviewReasonSchema = z.enum(reviewReasons);
export type ReviewReason = z.infer<typeof reviewReasonSchema>;

export const reviewStateSchema = z.enum(['open', 'approved', 'sent-back']);
export type ReviewState = z.infer<typeof reviewStateSchema>;

export const reviewSchema = z.object({
  reasons: z.array(reviewReasonSchema),
  sealedBy: z.string(),
  state: reviewStateSchema,
  decidedBy: z.string().optional(),
  decidedAt: instantSchema.optional(),
  note: z.string().optional(),
});
export type Review = z.infer<typeof reviewSchema>;

export const listedReviewSchema = z.object({ record: recordSummarySchema, review: reviewSchema });
export type ListedReview = z.infer<typeof listedReviewSchema>;

/** What the reviewer judges by, besides the two pictures. */
export const reviewEvidenceSchema = z.object({
  comparison: comparisonSchema,
  decision: decisionSchema.optional(),
  photoException: photoExceptionSchema.optional(),
  liveness: livenessSchema.optional(),
  found: z.array(foundFaceSchema),
});
export type ReviewEvidence = z.infer<typeof reviewEvidenceSchema>;

const noteSchema = lineSchema.max(200);

export const reviewCalls = {
  /** Oldest first while open, newest decision first afterwards. */
  'review.list': call(
    z.object({ state: reviewStateSchema, limit: z.int().min(1).max(200) }),
    z.object({ reviews: z.array(listedReviewSchema), open: z.int() }),
  ),
  'review.evidence': call(z.object({ id: idSchema }), reviewEvidenceSchema),
  /**
   * The reviewer signs with name and password, whoever is at the desk. Throws `account.*` as signing in does,
   * `review.own` for somebody who sealed the record, `review.decided`, `review.note-required` when it goes back.
   */
  'review.decide': call(
    z.object({
      id: idSchema,
      approved: z.boolean(),
      note: noteSchema.optional(),
      name: accountNameSchema,
      password: passwordSchema,
    }),
    listedReviewSchema,
  ),
} as const;

export const reviewEvents = { 'reviews.changed': emptySchema } as const;
