import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { visitArea } from '../face-area.ts';
import type { FaceArea } from '../face-area.ts';
import { distance, landmark, midpoint } from '../face-measures.ts';
import type { CheckDefinition } from './judge.ts';

/** Outer or inner corner at the picture's left and right, and the upper and lower lid, of each eye. */
const EYES = [
  { corners: [36, 39], upper: [37, 38], lower: [41, 40] },
  { corners: [42, 45], upper: [43, 44], lower: [47, 46] },
] as const;
type Eye = (typeof EYES)[number];
/** Which part of the opening is looked at, as half sizes over the eye's width and the lid gap: no lashes. */
const OPENING = { width: 0.42, height: 0.4 } as const;
/** An eye that is nearly closed shows no iris: least lid gap in pixels. */
const LEAST_GAP = 3;

/** Sideways offset of the irises from the middle of the eyes over the eye width, both eyes together; without a sign. */
export const gaze: CheckDefinition = {
  name: 'gaze',
  unit: 'ratio',
  measure: ({ face, image }) => {
    const offsets = face && EYES.map((eye) => irisOffset(image, face, eye));
    if (offsets === undefined || offsets.some((offset) => offset === undefined)) return undefined;
    return { value: Math.abs(offsets.reduce<number>((sum, offset) => sum + offset! / offsets.length, 0)) };
  },
  prompt: () => 'look-at-camera',
};

/** The iris is what is darker than the mean of the eye's opening: its centre of gravity is taken for its middle. */
function irisOffset(image: RgbImage, face: FaceGeometry, eye: Eye): number | undefined {
  const { gap, area } = openingOf(face, eye);
  if (gap < LEAST_GAP) return undefined;
  const points: { readonly along: number; readonly level: number }[] = [];
  visitArea(image, face, area, (offset, along) => points.push({ along, level: image.data[offset + 1]! }));
  const mean = points.reduce((sum, { level }) => sum + level, 0) / points.length;
  const darkness = points.map(({ along, level }) => ({ along, weight: Math.max(0, mean - level) }));
  const weights = darkness.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return undefined;
  return (darkness.reduce((sum, { along, weight }) => sum + along * weight, 0) / weights) * OPENING.width;
}

/** The middle part of an eye's opening. */
function openingOf(face: FaceGeometry, eye: Eye): { gap: number; area: FaceArea } {
  const [left, right] = eye.corners.map((index) => landmark(face, index));
  const [upper, lower] = [eye.upper, eye.lower].map(([a, b]) => midpoint(landmark(face, a), landmark(face, b)));
  const gap = distance(upper!, lower!);
  const centre = midpoint(upper!, lower!);
  return {
    gap,
    area: { centre, halfWidth: distance(left!, right!) * OPENING.width, halfHeight: gap * OPENING.height },
  };
}
