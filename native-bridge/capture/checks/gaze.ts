import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { colourAt, luminanceOf, visitArea } from '../face-area.ts';
import type { FaceArea } from '../face-area.ts';
import { distance, landmark, midpoint } from '../face-measures.ts';
import type { CheckDefinition } from './judge.ts';

/** Outer or inner corner at the picture's left and right, and the upper and lower lid, of each eye. */
const EYES = [
  { corners: [36, 39], upper: [37, 38], lower: [41, 40] },
  { corners: [42, 45], upper: [43, 44], lower: [47, 46] },
] as const;
type Eye = (typeof EYES)[number];
/** Which part of the opening is looked at for the irises' place, and for their contrast: no lashes. */
const GAZE_SHARE = { width: 0.42, height: 0.4 } as const;
const CONTRAST_SHARE = { width: 0.32, height: 0.2 } as const;
/** Upright strips of the opening: an iris covers several of them. */
const STRIPS = 13;
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

/**
 * Contrast of the irises against what is beside them in the eye's opening, of the eye where it is smaller: a lid that is
 * closed shows none, although the mesh still draws an opening there.
 */
export const irisesVisible: CheckDefinition = {
  name: 'irises-visible',
  unit: 'ratio',
  measure: ({ face, image }) => {
    const contrasts = face && EYES.map((eye) => irisContrast(image, face, eye));
    return contrasts && { value: Math.min(...contrasts) };
  },
  prompt: () => 'open-eyes',
};

/** The iris is what is darker than the mean of the eye's opening: its centre of gravity is taken for its middle. */
function irisOffset(image: RgbImage, face: FaceGeometry, eye: Eye): number | undefined {
  const { gap, area } = openingOf(face, eye, GAZE_SHARE);
  if (gap < LEAST_GAP) return undefined;
  const points: { readonly along: number; readonly level: number }[] = [];
  visitArea(image, face, area, (offset, along) => points.push({ along, level: image.data[offset + 1]! }));
  const mean = points.reduce((sum, { level }) => sum + level, 0) / points.length;
  const darkness = points.map(({ along, level }) => ({ along, weight: Math.max(0, mean - level) }));
  const weights = darkness.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return undefined;
  return (darkness.reduce((sum, { along, weight }) => sum + along * weight, 0) / weights) * GAZE_SHARE.width;
}

interface Share {
  readonly width: number;
  readonly height: number;
}

/** The middle part of an eye's opening: half sizes as shares of the eye's width and of the lid gap. */
function openingOf(face: FaceGeometry, eye: Eye, { width, height }: Share): { gap: number; area: FaceArea } {
  const [left, right] = eye.corners.map((index) => landmark(face, index));
  const [upper, lower] = [eye.upper, eye.lower].map(([a, b]) => midpoint(landmark(face, a), landmark(face, b)));
  const gap = distance(upper!, lower!);
  const centre = midpoint(upper!, lower!);
  return { gap, area: { centre, halfWidth: distance(left!, right!) * width, halfHeight: gap * height } };
}

/** Brightest against darkest upright strip of the opening, after Michelson: 0 for even skin, 1 for black on white. */
function irisContrast(image: RgbImage, face: FaceGeometry, eye: Eye): number {
  const { area } = openingOf(face, eye, CONTRAST_SHARE);
  const sums = new Float64Array(STRIPS);
  const counts = new Float64Array(STRIPS);
  visitArea(image, face, area, (offset, along) => {
    const strip = Math.round(((along + 1) / 2) * (STRIPS - 1));
    sums[strip] = sums[strip]! + luminanceOf(colourAt(image, offset));
    counts[strip] = counts[strip]! + 1;
  });
  const means = Array.from(sums, (sum, strip) => sum / counts[strip]!).filter((mean) => !Number.isNaN(mean));
  const [darkest, brightest] = [Math.min(...means), Math.max(...means)];
  return (brightest - darkest) / Math.max(1e-4, brightest + darkest);
}
