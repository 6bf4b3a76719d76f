import type { FaceGeometry } from '../../face/types.ts';
import { componentQuality } from '../component-maps.ts';
import { area } from '../face-measures.ts';
import type { CheckFrame } from './frame.ts';
import type { CheckDefinition } from './judge.ts';

/** Detector confidence of the largest face; 0 when there is none. */
export const facePresent: CheckDefinition = {
  name: 'face-present',
  unit: 'ratio',
  immediate: true,
  measure: ({ face }) => ({ value: face?.score ?? 0 }),
  prompt: () => 'show-face',
};

/** Area of the second face over that of the first (ISO/IEC 29794-5), small faces in the background left out. */
export const singleFace: CheckDefinition = {
  name: 'single-face',
  unit: 'ratio',
  quality: (value) => componentQuality('SingleFacePresent', value),
  immediate: true,
  measure: (frame) => (frame.face === undefined ? undefined : { value: secondFaceShare(frame, frame.face) }),
  prompt: () => 'one-person-only',
};

/** How many pictures in a row are the same: no camera sends three, a still that is fed as video sends nothing else. */
export const movingPicture: CheckDefinition = {
  name: 'moving-picture',
  unit: 'count',
  immediate: true,
  measure: ({ history }) => (history.equalPictures === undefined ? undefined : { value: history.equalPictures }),
  prompt: () => 'still-picture',
};

function secondFaceShare({ faces, profile }: CheckFrame, first: FaceGeometry): number {
  const counted = faces.filter((face) => face !== first && face.box.width > profile.guiding.ignoredFaceWidth);
  return Math.max(0, ...counted.map(area)) / area(first);
}
