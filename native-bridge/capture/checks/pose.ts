import { componentQuality } from '../component-maps.ts';
import { eyeLineAngle } from '../face-measures.ts';
import { isTooLow } from './judge.ts';
import type { CheckDefinition } from './judge.ts';

/**
 * Positive yaw: the nose points to the picture's right, which is the worker's own left; in the mirrored picture the
 * worker sees the own face turned left. The way back is to the right.
 */
export const yaw: CheckDefinition = {
  name: 'yaw',
  unit: 'degree',
  quality: (value) => componentQuality('HeadPoseYaw', value),
  measure: ({ face }) => face && { value: face.pose.yaw },
  prompt: (result) => (isTooLow(result) ? 'turn-left' : 'turn-right'),
};

/** Positive pitch: the nose points up. */
export const pitch: CheckDefinition = {
  name: 'pitch',
  unit: 'degree',
  quality: (value) => componentQuality('HeadPosePitch', value),
  measure: ({ face }) => face && { value: face.pose.pitch },
  prompt: (result) => (isTooLow(result) ? 'raise-chin' : 'lower-chin'),
};

/** Tilt of the eye line, the very angle by which the final picture is turned back. */
export const roll: CheckDefinition = {
  name: 'roll',
  unit: 'degree',
  quality: (value) => componentQuality('HeadPoseRoll', value),
  measure: ({ face }) => face && { value: eyeLineAngle(face) },
  prompt: () => 'straighten-head',
};
