import { brightness, evenLight, backlight, overExposure } from './light.ts';
import { centred, eyeDistance, eyeHeight, insideFrame, notTooNear } from './geometry.ts';
import { eyesOpen, mouthClosed } from './expression.ts';
import { facePresent, singleFace } from './presence.ts';
import type { CheckDefinition } from './judge.ts';
import { pitch, roll, yaw } from './pose.ts';
import { sharpness } from './sharpness.ts';
import { stillness } from './stillness.ts';

/**
 * Every check, in the order in which the worker is told: first what makes the others meaningless, then place, pose,
 * light, rest, and last the face itself. Backlight comes before brightness because it always darkens the face too, and
 * more light on the spot would not help.
 */
export const checkList: readonly CheckDefinition[] = [
  facePresent,
  singleFace,
  insideFrame,
  eyeDistance,
  notTooNear,
  centred,
  eyeHeight,
  yaw,
  pitch,
  roll,
  backlight,
  brightness,
  overExposure,
  evenLight,
  stillness,
  eyesOpen,
  mouthClosed,
  sharpness,
];
