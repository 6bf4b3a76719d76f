import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { componentQuality } from '../component-maps.ts';
import { cheekAreas, colourAt, luminanceOf, visitArea } from '../face-area.ts';
import type { FaceArea } from '../face-area.ts';
import { chinDistance, eyeCentres, landmark } from '../face-measures.ts';
import { luminanceTables } from '../luminance.ts';
import { isTooLow } from './judge.ts';
import type { CheckDefinition, Measurement } from './judge.ts';

/** The background is looked at on a grid of about this many points a side of the frame. */
const BACKGROUND_GRID = 48;
/** Head and hair are kept out of the background: half width and height above the eyes, in units of T. */
const HEAD_HALF_WIDTH = 0.95;
const HEAD_ABOVE_EYES = 1.4;
/** Fewer background points than this say nothing. */
const LEAST_BACKGROUND = 40;
const CHIN = 8;

/** Mean linear luminance of the face, 0..1. */
export const brightness: CheckDefinition = {
  name: 'brightness',
  unit: 'ratio',
  quality: (value) => componentQuality('LuminanceMean', value),
  measure: (frame) => valueOf(frame.tones()?.mean),
  prompt: (result) => (isTooLow(result) ? 'more-light' : 'less-light'),
};

/** Share of the face's pixels that are over-exposed. */
export const overExposure: CheckDefinition = {
  name: 'over-exposure',
  unit: 'ratio',
  quality: (value) => componentQuality('OverExposurePrevention', value),
  measure: (frame) => valueOf(frame.tones()?.overExposed),
  prompt: () => 'less-light',
};

/** Mean luminance of the darker cheek over that of the brighter one. */
export const evenLight: CheckDefinition = {
  name: 'even-light',
  unit: 'ratio',
  measure: ({ face, image }) => face && cheekRatio(image, face),
  prompt: () => 'even-light',
};

/** Mean luminance of the background over that of the face; without a limit while the face itself is bright enough. */
export const backlight: CheckDefinition = {
  name: 'backlight',
  unit: 'ratio',
  measure: (frame, { limit }) => {
    const face = frame.tones()?.mean;
    const background = frame.face && backgroundLuminance(frame.image, frame.face);
    if (face === undefined || background === undefined) return undefined;
    const isDark = face < frame.profile.guiding.backlightFaceBelow;
    return { value: background / Math.max(face, 1e-3), limits: isDark ? limit : {} };
  },
  prompt: () => 'change-position-backlight',
};

function valueOf(value: number | undefined): { value: number } | undefined {
  return value === undefined ? undefined : { value };
}

/** The darker cheek's mean luminance over the brighter one's; the standard's quality is that of their histograms' overlap. */
function cheekRatio(image: RgbImage, face: FaceGeometry): Measurement | undefined {
  const [first, second] = cheekAreas(face).map((area) => levelsIn(image, face, area));
  if (first === undefined || second === undefined || first.count === 0 || second.count === 0) return undefined;
  const [darker, brighter] = [first.sum / first.count, second.sum / second.count].toSorted((a, b) => a - b);
  const overlap = first.shares.reduce((sum, share, level) => {
    return sum + Math.min(share / first.count, second.shares[level]! / second.count);
  }, 0);
  const value = darker! / Math.max(brighter!, 1e-6);
  return { value, quality: componentQuality('IlluminationUniformity', overlap) };
}

interface Levels {
  readonly shares: Float32Array;
  readonly sum: number;
  readonly count: number;
}

function levelsIn(image: RgbImage, face: FaceGeometry, area: FaceArea): Levels {
  const shares = new Float32Array(256);
  let [sum, count] = [0, 0];
  visitArea(image, face, area, (offset) => {
    const luminance = luminanceOf(colourAt(image, offset));
    const level = Math.round(luminance * 255);
    shares[level] = shares[level]! + 1;
    sum += luminance;
    count += 1;
  });
  return { shares, sum, count };
}

/** Mean of a coarse grid over the frame above the chin (below are clothes) without the head. */
function backgroundLuminance(image: RgbImage, face: FaceGeometry): number | undefined {
  const head = headBox(face);
  const bottom = Math.min(image.height, landmark(face, CHIN).y);
  let sum = 0;
  let count = 0;
  for (let y = image.height / BACKGROUND_GRID / 2; y < bottom; y += image.height / BACKGROUND_GRID) {
    for (let x = image.width / BACKGROUND_GRID / 2; x < image.width; x += image.width / BACKGROUND_GRID) {
      if (y > head.top && x > head.left && x < head.right) continue;
      sum += luminanceAt(image, Math.floor(x), Math.floor(y));
      count += 1;
    }
  }
  return count < LEAST_BACKGROUND ? undefined : sum / count;
}

function headBox(face: FaceGeometry): { left: number; right: number; top: number } {
  const [first, second] = eyeCentres(face);
  const unit = chinDistance(face);
  const [x, y] = [(first.x + second.x) / 2, (first.y + second.y) / 2];
  return { left: x - HEAD_HALF_WIDTH * unit, right: x + HEAD_HALF_WIDTH * unit, top: y - HEAD_ABOVE_EYES * unit };
}

function luminanceAt({ data, width }: RgbImage, x: number, y: number): number {
  const { red, green, blue } = luminanceTables;
  const offset = (y * width + x) * 3;
  return red[data[offset]!]! + green[data[offset + 1]!]! + blue[data[offset + 2]!]!;
}
