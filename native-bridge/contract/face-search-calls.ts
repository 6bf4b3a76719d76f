import { z } from 'zod';
import { bytesSchema, emptySchema, errorSchema, idSchema } from './basic.ts';
import { call } from './call.ts';
import { enrolmentViewSchema, recordSummarySchema } from './enrolment.ts';
import { faceDecisionSchema } from './face-search.ts';

/** The search for one face under two numbers, in the connected project. */
export const faceSearchStateSchema = z.object({
  on: z.boolean(),
  /** Records whose face can be found. */
  descriptors: z.int(),
  /** Records that cannot be found: their holders consented before the search, or their photo is still to be described. */
  waiting: z.int(),
  /** Records whose stored photo gives no descriptor; they are left out. */
  unusable: z.int(),
  /** Why the search cannot run although it is switched on. */
  trouble: errorSchema.optional(),
});
export type FaceSearchState = z.infer<typeof faceSearchStateSchema>;

export const faceSearchCalls = {
  'face-search.state': call(emptySchema, faceSearchStateSchema),
  /** Switching off erases every stored descriptor before it answers. */
  'face-search.switch': call(z.object({ on: z.boolean() }), faceSearchStateSchema),
  /** A record that the search found for the enrolment in work, to be held beside it; no other record is answered. */
  'face-search.found': call(
    z.object({ recordId: idSchema }),
    z.object({ record: recordSummarySchema, jpeg: bytesSchema.optional() }),
  ),
  'face-search.decide': call(
    faceDecisionSchema.pick({ samePerson: true, reason: true }).extend({ recordId: idSchema }),
    z.object({ enrolment: enrolmentViewSchema.optional() }),
  ),
} as const;
