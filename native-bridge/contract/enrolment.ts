import { z } from 'zod';
import { bytesUpTo, dateSchema, errorSchema, idSchema, instantSchema, lineSchema } from './basic.ts';
import { cardReadingSchema } from './card.ts';
import { finalPhotoSchema } from './capture.ts';
import { faceSearchSchema } from './face-search.ts';
import { livenessSchema } from './liveness.ts';
import { consentLanguageSchema, signingSchema } from './signing.ts';

const pngHead = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const isPng = (bytes: Uint8Array) => pngHead.every((byte, index) => bytes[index] === byte);

/** Consent to the processing of personal data and, as its own tick, of face data (PIPL Arts. 14, 23, 29). */
export const consentSchema = z.object({
  textVersion: z.string().min(1).max(20),
  faceData: z.literal(true),
  provisionToPlatform: z.literal(true),
  /** PNG of the signature pad. */
  signature: bytesUpTo(300_000).refine(isPng).optional(),
  /** Absent in records that are older than this member, as below. */
  signing: signingSchema.optional(),
  /** In which the notice was shown. */
  language: consentLanguageSchema.optional(),
  givenAt: instantSchema,
});
export type Consent = z.infer<typeof consentSchema>;

export const bandSchema = z.enum(['match', 'review', 'no-match']);
export type Band = z.infer<typeof bandSchema>;

/**
 * How often two different people are as close as a distance: shares of such pairs, 0..1, with 95 % confidence. Without
 * `atLeast` no such pair was as close when it was measured.
 */
export const falseAcceptsSchema = z.object({
  atLeast: z.number().min(0).max(1).optional(),
  atMost: z.number().min(0).max(1),
});
export type FalseAccepts = z.infer<typeof falseAcceptsSchema>;

/** What a second recogniser says to the same pictures. */
export const secondOpinionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('compared'), band: bandSchema, distance: z.number(), engine: z.string() }),
  z.object({ kind: z.literal('cannot-compare'), error: errorSchema }),
]);
export type SecondOpinion = z.infer<typeof secondOpinionSchema>;

/** The comparison of the live face with the card's portrait. `review` and `cannot-compare` need a person's decision. */
export const comparisonSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('compared'),
    band: bandSchema,
    /** Euclidean distance of the two descriptors; smaller is more alike. Evidence, never shown as a percentage. */
    distance: z.number(),
    frames: z.int(),
    /** Names the models, alignment and averaging that the band limits belong to. */
    engine: z.string(),
    verifyMs: z.number(),
    /** Absent where it was not measured for this engine. */
    falseAccepts: falseAcceptsSchema.optional(),
    /** Absent where no second recogniser is used. */
    secondOpinion: secondOpinionSchema.optional(),
    /** Band of the first recogniser where the second one's is another; a person has to decide then. */
    disagreeing: bandSchema.optional(),
  }),
  z.object({ kind: z.literal('cannot-compare'), error: errorSchema, verifyMs: z.number() }),
]);
export type Comparison = z.infer<typeof comparisonSchema>;

export const decisionSchema = z.object({
  samePerson: z.boolean(),
  reason: lineSchema.min(2).max(200),
  decidedBy: z.string(),
  decidedAt: instantSchema,
});
export type Decision = z.infer<typeof decisionSchema>;

const codeOf = (length: number) => z.string().regex(new RegExp(`^\\d{${length}}$`));

/** Mainland mobile or a landline with area code, digits and hyphens. */
const phoneSchema = z.string().regex(/^(1\d{10}|0\d{2,3}-?\d{7,8})$/);

/** A health certificate, asked for by the site's rules about ages. */
export const certificateSchema = z.object({
  mediaType: z.enum(['image/jpeg', 'application/pdf']),
  bytes: bytesUpTo(1_000_000),
  attachedBy: z.string(),
  attachedAt: instantSchema,
});
export type Certificate = z.infer<typeof certificateSchema>;

/** What the platform's black list said about the holder of a card. `unknown` where it could not be asked. */
export const blackListAnswerSchema = z.object({
  state: z.enum(['clear', 'listed', 'unknown']),
  /** The platform's own words, numbers masked. */
  reason: z.string().optional(),
  error: errorSchema.optional(),
  askedAt: instantSchema,
  /** Whether the project's rule of that moment lets nobody through whom the list names. */
  blocks: z.boolean(),
});
export type BlackListAnswer = z.infer<typeof blackListAnswerSchema>;

/** What the card does not give, in the national interface's terms. */
export const workerFieldsSchema = z.object({
  workType: z
    .string()
    .regex(/^\d{3,4}$/)
    .optional(),
  isTeamLeader: z.boolean().optional(),
  cellPhone: phoneSchema.optional(),
  cultureLevelType: codeOf(2).optional(),
  politicsType: codeOf(2).optional(),
  payRollBankCardNumber: z
    .string()
    .regex(/^\d{12,30}$/)
    .optional(),
  urgentLinkMan: lineSchema.max(50).optional(),
  urgentLinkManPhone: phoneSchema.optional(),
  /** Of the wage card. It stays here and on paper: the worker's upload has no place for it. */
  payRollBankName: lineSchema.min(1).max(50).optional(),
  /** Day on which the worker comes to the site; goes up with the report of coming, not with the worker. */
  entryDate: dateSchema.optional(),
});
export type WorkerFields = z.infer<typeof workerFieldsSchema>;
export const workerFieldNames = Object.keys(workerFieldsSchema.shape) as readonly (keyof WorkerFields)[];
export const requiredFieldNames = [
  'workType',
  'cellPhone',
  'cultureLevelType',
  'politicsType',
] as const satisfies readonly (keyof WorkerFields)[];

export const stageSchema = z.enum(['card', 'consent', 'photo', 'comparison', 'fields', 'ready']);
export type Stage = z.infer<typeof stageSchema>;

export const missingSchema = z.enum([
  'card',
  'consent',
  'photo',
  'comparison',
  'decision',
  'found-face',
  'liveness',
  'team',
  ...requiredFieldNames,
  'age',
  'certificate',
  'black-list',
]);
export type Missing = z.infer<typeof missingSchema>;

export const teamSchema = z.object({
  id: idSchema,
  projectCode: z.string(),
  projectName: z.string(),
  corpCode: z.string(),
  corpName: z.string(),
  teamName: z.string(),
  /** Trade that most workers of the team have; prefilled. */
  workType: z.string().optional(),
  /** The platform's number of the team; absent until the platform has given it. */
  teamSysNo: z.int().optional(),
});
export type Team = z.infer<typeof teamSchema>;

/** One enrolment in work. Everything a step produced is stored before the next one begins. */
export const draftSchema = z.object({
  id: idSchema,
  startedAt: instantSchema,
  team: teamSchema.optional(),
  card: cardReadingSchema.optional(),
  consent: consentSchema.optional(),
  photo: finalPhotoSchema.optional(),
  comparison: comparisonSchema.optional(),
  decision: decisionSchema.optional(),
  /** Absent where the search for one face under two numbers was not switched on. */
  faceSearch: faceSearchSchema.optional(),
  /** Absent until the photo was taken where a challenge is asked for, else until the seal. */
  liveness: livenessSchema.optional(),
  certificate: certificateSchema.optional(),
  /** Absent where it was not asked, or has not answered yet. */
  blackList: blackListAnswerSchema.optional(),
  fields: workerFieldsSchema,
});
export type Draft = z.infer<typeof draftSchema>;

/** The draft as the screen shows it. */
export const enrolmentViewSchema = z.object({
  draft: draftSchema,
  stage: stageSchema,
  missing: z.array(missingSchema),
  /** Set when the draft was found at start-up: the operator is asked whether to go on with it. */
  restored: z.boolean(),
  /** The same number is already sealed for this project; opens that record. */
  alreadyEnrolled: idSchema.optional(),
  /** When the holder's registration was last brought up to date, where that is so long ago that training is due again. */
  trainingDueSince: instantSchema.optional(),
});
export type EnrolmentView = z.infer<typeof enrolmentViewSchema>;

/**
 * A sealed record on its way: `sealed` waits here, `sending` is being sent, `accepted` has the platform's serial,
 * `confirmed` is the platform's final word, `needs-attention` wants a person. `handed-over` went to another station on a
 * medium, which sends it now. `withdrawn` was taken back by a person, `superseded` was replaced by a corrected or newer
 * one before the platform had it; both are kept and never sent.
 */
export const recordStateSchema = z.enum([
  'sealed',
  'sending',
  'accepted',
  'confirmed',
  'needs-attention',
  'handed-over',
  'withdrawn',
  'superseded',
]);
export type RecordState = z.infer<typeof recordStateSchema>;

export const recordSummarySchema = z.object({
  id: idSchema,
  name: z.string(),
  /** First six and last four digits, the rest hidden. */
  maskedNumber: z.string(),
  teamName: z.string(),
  workType: z.string().optional(),
  state: recordStateSchema,
  sealedAt: instantSchema,
  changedAt: instantSchema,
  band: z.enum([...bandSchema.options, 'cannot-compare']),
  attempts: z.int(),
  nextAttemptAt: instantSchema.optional(),
  /** Last trouble, with the platform's own words (numbers masked) where it gave some. */
  error: errorSchema.optional(),
  platformText: z.string().optional(),
  serial: z.string().optional(),
  /** The record that this one corrects. */
  supersedes: idSchema.optional(),
  /** Since when it is kept for the statutory period only, and shown in no list of the daily work. */
  lockedAt: instantSchema.optional(),
});
export type RecordSummary = z.infer<typeof recordSummarySchema>;
