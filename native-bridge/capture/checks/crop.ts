import type { FaceGeometry } from '../../face/types.ts';
import { componentQuality } from '../component-maps.ts';
import { distance, eyeCentres, faceWidth } from '../face-measures.ts';
import type { CheckFrame } from './frame.ts';
import { isTooLow } from './judge.ts';
import type { CheckDefinition } from './judge.ts';

/** Share of the photo's width that the face takes; live, of the photo that would be cut from the frame. */
export const headSize: CheckDefinition = {
  name: 'head-size',
  unit: 'ratio',
  measure: (frame) => frame.face && { value: faceWidth(frame.face) / photoWidth(frame) },
  prompt: (result) => (isTooLow(result) ? 'move-closer' : 'move-back'),
};

/** The smaller of the distances from an eye centre to the photo's edge on its side, in eye distances. */
export const sideMargins: CheckDefinition = {
  name: 'side-margins',
  unit: 'ratio',
  quality: (value) => componentQuality('LeftwardCropOfTheFaceImage', value),
  measure: (frame) => frame.face && { value: smallerMargin(frame, frame.face) },
  prompt: () => 'more-room',
};

/** Least size of a camera's frames; the photo itself is as small as the profile wants it. */
export const frameSize: CheckDefinition = {
  name: 'frame-size',
  unit: 'pixel',
  immediate: true,
  measure: ({ image }) => ({ value: Math.min(image.width, image.height) }),
  prompt: () => 'better-camera',
};

function photoWidth({ stage, image, plan }: CheckFrame): number {
  return stage === 'final' ? image.width : (plan()?.width ?? image.width);
}

function smallerMargin(frame: CheckFrame, face: FaceGeometry): number {
  const [first, second] = eyeCentres(face);
  const unit = distance(first, second);
  const plan = frame.stage === 'live' ? frame.plan() : undefined;
  if (plan === undefined) return Math.min(first.x, frame.image.width - second.x) / unit;
  return (Math.min(plan.eye.x, 1 - plan.eye.x) * plan.width) / unit - 0.5;
}
