import { z } from 'zod';
import { bytesSchema, lineSchema } from './basic.ts';
import { cameraInUseSchema } from './camera.ts';
import { challengeViewSchema } from './liveness.ts';

export const checkNames = [
  'face-present',
  'single-face',
  'moving-picture',
  'inside-frame',
  'eye-distance',
  'not-too-near',
  'centred',
  'eye-height',
  'yaw',
  'pitch',
  'roll',
  'eyes-open',
  'mouth-closed',
  'brightness',
  'over-exposure',
  'even-light',
  'backlight',
  'sharpness',
  'stillness',
  'frame-size',
  'head-size',
  'side-margins',
  'gaze',
  'irises-visible',
  'neutral-expression',
  'glare',
  'eyes-visible',
  'mouth-visible',
  'forehead-visible',
  'grey-level',
  'under-exposure',
  'contrast',
  'dynamic-range',
  'natural-colour',
  'plain-background',
  'background-colour',
  'noise',
  'compression',
  'file-format',
  'file-size',
] as const;
export const checkNameSchema = z.enum(checkNames);
export type CheckName = z.infer<typeof checkNameSchema>;

/** One measured check of one frame against the active profile. */
export const checkResultSchema = z.object({
  name: checkNameSchema,
  status: z.enum(['pass', 'warn', 'block', 'not-measured']),
  /** Measured value and limits in `unit`; absent when it could not be measured. */
  value: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  unit: z.enum(['pixel', 'degree', 'ratio', 'count', 'level', 'bit', 'byte']),
  /** 0..100: the component quality of ISO/IEC 29794-5 where there is one, else 50 at the limit. */
  quality: z.int().min(0).max(100).optional(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

/**
 * What the operator (and the worker) is told now: exactly one thing. Left and right are the worker's own as they see
 * themselves in the mirrored picture.
 */
export const promptCodes = [
  'show-face',
  'one-person-only',
  'still-picture',
  'move-closer',
  'move-back',
  'move-left',
  'move-right',
  'move-up',
  'move-down',
  'turn-left',
  'turn-right',
  'raise-chin',
  'lower-chin',
  'straighten-head',
  'open-eyes',
  'close-mouth',
  'more-light',
  'less-light',
  'even-light',
  'change-position-backlight',
  'hold-still',
  'look-at-camera',
  'neutral-face',
  'avoid-glare',
  'remove-dark-glasses',
  'uncover-mouth',
  'show-forehead',
  'fix-colour',
  'better-contrast',
  'plain-background',
  'change-background',
  'better-camera',
  'more-room',
  'wrong-file',
  'keep-so',
  'done',
] as const;
export const promptCodeSchema = z.enum(promptCodes);
export type PromptCode = z.infer<typeof promptCodeSchema>;

export const guidanceSchema = z.object({
  sequence: z.int(),
  prompt: promptCodeSchema,
  /** Share of the holding time that has passed with every blocking check met, 0..1. */
  progress: z.number().min(0).max(1),
  checks: z.array(checkResultSchema),
  passed: z.int(),
  blocking: z.int(),
  /** Largest face in fractions of the frame's width and height, not mirrored. */
  faceBox: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).optional(),
  /** True when this frame completed the automatic shot. */
  shot: z.boolean(),
  /** True once the operator may take the best frame with a reason, although not every check is met. */
  mayTakeBest: z.boolean().optional(),
  /** Thumbnails (JPEG) of the best frames so far, best first; sent only when they changed. */
  best: z.array(bytesSchema).max(3).optional(),
  /** What the liveness challenge asks for; absent where none is asked for. Until it is over there is no shot. */
  challenge: challengeViewSchema.optional(),
});
export type Guidance = z.infer<typeof guidanceSchema>;

/** The profile as the screen names it; the record keeps name and version. */
export const profileSummarySchema = z.object({
  name: z.string(),
  version: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  width: z.int(),
  height: z.int(),
  maximumBytes: z.int(),
});
export type ProfileSummary = z.infer<typeof profileSummarySchema>;

/** Why a photo was taken that does not conform, and which blocking checks it does not meet. */
export const photoExceptionSchema = z.object({
  reason: lineSchema.min(2).max(200),
  failed: z.array(checkNameSchema).min(1),
});
export type PhotoException = z.infer<typeof photoExceptionSchema>;

export const finalPhotoSchema = z.object({
  jpeg: bytesSchema,
  width: z.int(),
  height: z.int(),
  profile: z.string(),
  profileVersion: z.string(),
  /** The checks run again on the decoded file. */
  checks: z.array(checkResultSchema),
  /** How many times the picture was taken in this enrolment, this one included. */
  attempt: z.int().min(1),
  takenBy: z.enum(['automatic', 'operator']),
  /** Only of a photo that the operator took against a check. */
  exception: photoExceptionSchema.optional(),
  /** Absent where the page did not name it. */
  camera: cameraInUseSchema.optional(),
});
export type FinalPhoto = z.infer<typeof finalPhotoSchema>;
