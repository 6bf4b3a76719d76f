import { compression, noise } from './artefacts.ts';
import { backgroundColour, plainBackground } from './background.ts';
import { eyesVisible, foreheadVisible, glare, mouthVisible } from './covers.ts';
import { frameSize, headSize, sideMargins } from './crop.ts';
import { fileFormat, fileSize } from './file.ts';
import { gaze } from './gaze.ts';
import { irisesVisible } from './irises.ts';
import { contrast, dynamicRange, greyLevel, naturalColour, underExposure } from './tone.ts';
import { brightness, evenLight, backlight, overExposure } from './light.ts';
import { centred, eyeDistance, eyeHeight, insideFrame, notTooNear } from './geometry.ts';
import { eyesOpen, mouthClosed, neutralExpression } from './expression.ts';
import { facePresent, movingPicture, singleFace } from './presence.ts';
import type { CheckDefinition } from './judge.ts';
import { pitch, roll, yaw } from './pose.ts';
import { sharpness } from './sharpness.ts';
import { stillness } from './stillness.ts';

/**
 * Every check, in the order in which the worker is told: first what makes the others meaningless, then place, pose,
 * light, rest, the face itself and what covers it, sharpness, and last camera, background and file. Backlight comes
 * before brightness because it always darkens the face too, and more light on the spot would not help.
 */
export const checkList: readonly CheckDefinition[] = [
  ...[facePresent, singleFace, movingPicture],
  ...[insideFrame, eyeDistance, notTooNear, headSize, centred, eyeHeight, sideMargins],
  ...[yaw, pitch, roll],
  ...[backlight, brightness, greyLevel, underExposure, overExposure, evenLight],
  ...[contrast, dynamicRange, naturalColour],
  stillness,
  ...[mouthVisible, eyesVisible, glare, eyesOpen, irisesVisible, gaze, mouthClosed, neutralExpression, foreheadVisible],
  ...[sharpness, noise, compression, frameSize],
  ...[plainBackground, backgroundColour],
  ...[fileFormat, fileSize],
];
