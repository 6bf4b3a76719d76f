import { z } from 'zod';
import { instantSchema, lineSchema } from './basic.ts';

/**
 * Basic liveness: a random challenge of two steps before the photo is taken. It is not tested to ISO/IEC 30107-3 and must
 * never be called so; docs/liveness.md says what it covers and what not.
 */

/** `off`: the operator states it; `recorded`: asked and kept, never decisive; `required`: no record without it. */
export const livenessModeSchema = z.enum(['off', 'recorded', 'required']);
export type LivenessMode = z.infer<typeof livenessModeSchema>;

/** Left and right are the worker's own, as in the mirrored picture. */
export const livenessSteps = ['blink', 'turn-left', 'turn-right', 'open-mouth', 'nod'] as const;
export const livenessStepSchema = z.enum(livenessSteps);
export type LivenessStep = z.infer<typeof livenessStepSchema>;

/** Why an attempt failed. `other-action` is a movement that was not asked for, also one of the other step or side. */
export const livenessFailureSchema = z.enum([
  'timed-out',
  'other-action',
  'face-lost',
  'several-faces',
  'person-changed',
]);
export type LivenessFailure = z.infer<typeof livenessFailureSchema>;

/** The worker's own marks at rest, the median of about a second. Openings are parts of the distance from eyes to chin. */
export const livenessRestSchema = z.object({
  yaw: z.number(),
  pitch: z.number(),
  eyeOpening: z.number(),
  mouthOpening: z.number(),
});
export type LivenessRest = z.infer<typeof livenessRestSchema>;

/** A step that was done: how long after it was asked for, and how far, where 1 is the least that counts. */
export const doneStepSchema = z.object({ step: livenessStepSchema, afterMs: z.number(), extent: z.number() });
export type DoneStep = z.infer<typeof doneStepSchema>;

export const livenessAttemptSchema = z.object({
  startedAt: instantSchema,
  asked: z.array(livenessStepSchema).length(2),
  done: z.array(doneStepSchema).max(2),
  rest: livenessRestSchema.optional(),
  /** Absent when both steps were done in order and in time. */
  failure: livenessFailureSchema.optional(),
});
export type LivenessAttempt = z.infer<typeof livenessAttemptSchema>;

/** What may be suspicious in the pictures themselves. Hints for a person; none of them decides anything. */
export const livenessHintSchema = z.enum(['identical-frames', 'screen-pattern', 'low-scores']);
export type LivenessHint = z.infer<typeof livenessHintSchema>;

export const livenessSignalsSchema = z.object({
  frames: z.int(),
  /** Longest run of frames that were equal to the last bit. */
  identicalFrames: z.int(),
  /** How much a regular pattern stands out from the face's texture, as a screen's pixels or a print's screen make it. */
  pattern: z.number().optional(),
  /** Means over some frames, 0..1; absent where the net is not installed. */
  antispoof: z.number().optional(),
  liveness: z.number().optional(),
  hints: z.array(livenessHintSchema),
});
export type LivenessSignals = z.infer<typeof livenessSignalsSchema>;

export const livenessChallengeSchema = z.object({
  /** Names the limits and the rules that the steps were judged by. */
  rules: z.string(),
  passed: z.boolean(),
  attempts: z.array(livenessAttemptSchema).min(1).max(20),
  /** Largest distance of a face of the session, that on the photo included, from the face at its beginning. */
  sameFaceDistance: z.number().optional(),
  signals: livenessSignalsSchema,
});
export type LivenessChallenge = z.infer<typeof livenessChallengeSchema>;

/** A supervisor lets the record pass without the challenge that is required; it wants a second look. */
export const livenessExceptionSchema = z.object({
  reason: lineSchema.min(2).max(200),
  supervisor: lineSchema.min(2).max(50),
  decidedBy: z.string(),
  decidedAt: instantSchema,
});
export type LivenessException = z.infer<typeof livenessExceptionSchema>;

/** The text that the operator's statement refers to. */
export const attestationVersion = '1';

/** What is known about the worker having been there in person; kept with the record, without any picture. */
export const livenessSchema = z.object({
  mode: livenessModeSchema,
  challenge: livenessChallengeSchema.optional(),
  exception: livenessExceptionSchema.optional(),
  /** The operator's statement that the worker was there in person and no picture of a picture was taken. */
  attestation: z.object({ version: z.string(), attestedBy: z.string(), attestedAt: instantSchema }).optional(),
});
export type Liveness = z.infer<typeof livenessSchema>;

/**
 * The challenge as the screen shows it; only the step of this moment is told. `preparing` leaves the word to the guide,
 * `failed` with attempts left begins anew by itself, without it waits for the operator.
 */
export const challengeViewSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('preparing') }),
  z.object({ phase: z.literal('look-straight'), place: z.int(), of: z.int() }),
  z.object({
    phase: z.literal('step'),
    step: livenessStepSchema,
    place: z.int(),
    of: z.int(),
    /** The movement was seen; the worker has only to come back from it. */
    seen: z.boolean(),
    /** Part of the time that is left, 0..1. */
    timeLeft: z.number(),
  }),
  z.object({ phase: z.literal('failed'), failure: livenessFailureSchema, attemptsLeft: z.int() }),
  z.object({ phase: z.literal('over'), passed: z.boolean() }),
]);
export type ChallengeView = z.infer<typeof challengeViewSchema>;
