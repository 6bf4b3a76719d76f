import { z } from 'zod';
import { errorSchema, idSchema, instantSchema, lineSchema } from './basic.ts';

/** What a person says about two numbers with like faces: one person under both, or two people who look alike. */
export const faceDecisionSchema = z.object({
  samePerson: z.boolean(),
  reason: lineSchema.min(2).max(200),
  decidedBy: z.string(),
  decidedAt: instantSchema,
});
export type FaceDecision = z.infer<typeof faceDecisionSchema>;

/** A record under another number whose face is as close as one person's; it waits for a person's decision. */
export const foundFaceSchema = z.object({
  recordId: idSchema,
  /** Euclidean distance of the two descriptors. Evidence, never shown as a percentage. */
  distance: z.number(),
  decision: faceDecisionSchema.optional(),
});
export type FoundFace = z.infer<typeof foundFaceSchema>;

/**
 * The notices that tell a worker of the search. The others promise that face features are not kept, so nobody who
 * consented to one of those is described for the search, or searched for.
 */
export const searchConsentVersions: readonly string[] = ['2', '4'];

/** The notices of now: without the search for one face under two numbers, and with it. */
export const presentConsentVersions = { plain: '3', search: '4' } as const;

/** No more are put before a person; who looks like more people than that is told by the nearest of them. */
export const mostFoundFaces = 5;

/** The search for the live face among the other numbers of the project. */
export const faceSearchSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('searched'),
    /** Names everything that the limit of distance was measured with. */
    engine: z.string(),
    limit: z.number(),
    /** Records whose face was compared, and those that could not be: they have no descriptor of this engine yet. */
    searched: z.int(),
    leftOut: z.int(),
    searchMs: z.number(),
    /** Nearest first, one for each number. */
    found: z.array(foundFaceSchema).max(mostFoundFaces),
  }),
  z.object({ kind: z.literal('cannot-search'), error: errorSchema }),
]);
export type FaceSearch = z.infer<typeof faceSearchSchema>;
