import type { PromptCode } from '../../contract/capture.ts';
import type { FaceGeometry } from '../../face/types.ts';
import { componentQuality } from '../component-maps.ts';
import { windowWidth } from '../crop-plan.ts';
import type { CropPlan } from '../crop-plan.ts';
import { chinDistance, eyeMidpoint, faceWidth, landmark } from '../face-measures.ts';
import type { Limits } from '../profile.ts';
import type { CheckFrame } from './frame.ts';
import { isTooLow } from './judge.ts';
import type { CheckDefinition } from './judge.ts';

/*
 * Left and right. A frame is not mirrored: the worker's own left is at the picture's right. The worker follows prompts
 * in the mirrored picture, where own left is left. So a face too far to the frame's right is asked to move right.
 */

const JAW_POINTS = 17;
/** Tilt in degrees from which a crop that does not fit is put down to the tilt, not to the distance. */
const NOTABLE_TILT = 3;

/** Smallest distance of crown, chin and jaw line from the frame's edge over the frame's height; negative when cut. */
export const insideFrame: CheckDefinition = {
  name: 'inside-frame',
  unit: 'ratio',
  measure: (frame) => frame.face && { value: smallest(headMargins(frame, frame.face)) },
  prompt: (_, frame) => (frame.face === undefined ? 'show-face' : promptOfMargins(headMargins(frame, frame.face))),
};

/** Distance of the eye centres, turned back to a frontal view (IED / cos yaw), in pixels. */
export const eyeDistance: CheckDefinition = {
  name: 'eye-distance',
  unit: 'pixel',
  quality: (value) => componentQuality('InterEyeDistance', value),
  measure: ({ face }) => face && { value: face.eyeDistance / Math.cos((face.pose.yaw * Math.PI) / 180) },
  prompt: () => 'move-closer',
};

/**
 * Width of the face over that of the largest window of the photo's aspect that the frame holds. In the final file the
 * window is the file, and a face that is too small there has a minimum to fail.
 */
export const notTooNear: CheckDefinition = {
  name: 'not-too-near',
  unit: 'ratio',
  measure: ({ face, image, profile }) => face && { value: faceWidth(face) / windowWidth(image, profile) },
  prompt: (result) => (isTooLow(result) ? 'move-closer' : 'move-back'),
};

/** Eye midpoint over the width. Live, the band is narrowed to where the crop stays inside the frame. */
export const centred: CheckDefinition = {
  name: 'centred',
  unit: 'ratio',
  measure: (frame, { limit }) => {
    if (frame.face === undefined) return undefined;
    const value = eyeMidpoint(frame.face).x / frame.image.width;
    return { value, limits: narrowed(limit, cropRange(frame, 'x')) };
  },
  prompt: (result) => (isTooLow(result) ? 'move-left' : 'move-right'),
};

/** Eye midpoint from the top over the height. Live, the band is narrowed to where the crop stays inside the frame. */
export const eyeHeight: CheckDefinition = {
  name: 'eye-height',
  unit: 'ratio',
  measure: (frame, { limit }) => {
    if (frame.face === undefined) return undefined;
    const value = eyeMidpoint(frame.face).y / frame.image.height;
    return { value, limits: narrowed(limit, cropRange(frame, 'y')) };
  },
  prompt: (result, frame) => misfit(frame) ?? (isTooLow(result) ? 'move-down' : 'move-up'),
};

interface HeadMargins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function headMargins({ image, profile }: CheckFrame, face: FaceGeometry): HeadMargins {
  const jaw = Array.from({ length: JAW_POINTS }, (_, index) => landmark(face, index));
  const crown = eyeMidpoint(face).y - (profile.geometry.headHeight - 1) * chinDistance(face);
  return {
    left: Math.min(...jaw.map(({ x }) => x)) / image.height,
    right: (image.width - Math.max(...jaw.map(({ x }) => x))) / image.height,
    top: crown / image.height,
    bottom: (image.height - Math.max(...jaw.map(({ y }) => y))) / image.height,
  };
}

function smallest({ left, right, top, bottom }: HeadMargins): number {
  return Math.min(left, right, top, bottom);
}

function promptOfMargins(margins: HeadMargins): PromptCode {
  const { left, right, top, bottom } = margins;
  const worst = smallest(margins);
  if (top + bottom < 0 || left + right < 0) return 'move-back';
  if (worst === top) return 'move-down';
  if (worst === bottom) return 'move-up';
  return worst === left ? 'move-left' : 'move-right';
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Shares of the frame between which the eyes may lie so that the (turned) crop needs no more than the allowed padding. */
function cropRange(frame: CheckFrame, axis: 'x' | 'y'): Range | undefined {
  const plan = frame.stage === 'live' ? frame.plan() : undefined;
  if (plan === undefined || frame.face === undefined) return undefined;
  const side = axis === 'x' ? 'width' : 'height';
  const room = extent(plan, axis) / 2 - plan[side] * frame.profile.geometry.maximumPadding;
  const offset = eyeMidpoint(frame.face)[axis] - plan.centre[axis];
  const length = frame.image[side];
  return { from: (room + offset) / length, to: (length - room + offset) / length };
}

/** Length of the turned crop along an axis of the frame. */
function extent({ width, height, angle }: CropPlan, axis: 'x' | 'y'): number {
  const radians = Math.abs((angle * Math.PI) / 180);
  const [along, across] = axis === 'x' ? [width, height] : [height, width];
  return along * Math.cos(radians) + across * Math.sin(radians);
}

function narrowed(limit: Limits, range: Range | undefined): Limits {
  if (range === undefined) return limit;
  const minimum = Math.max(limit.minimum ?? 0, range.from);
  const maximum = Math.min(limit.maximum ?? 1, range.to);
  if (minimum <= maximum) return { minimum, maximum };
  const middle = (range.from + range.to) / 2;
  return { minimum: middle, maximum: middle };
}

/** What to say when the crop does not fit the frame wherever the head is moved. */
function misfit(frame: CheckFrame): PromptCode | undefined {
  const range = cropRange(frame, 'y');
  if (range === undefined || range.from <= range.to) return undefined;
  return Math.abs(frame.plan()?.angle ?? 0) > NOTABLE_TILT ? 'straighten-head' : 'move-back';
}
