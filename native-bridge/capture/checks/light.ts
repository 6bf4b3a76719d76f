import type { FaceGeometry, Point, RgbImage } from '../../face/types.ts';
import { chinDistance, eyeCentres, eyeMidpoint, landmark, mouthCentre, outerEyeCorners } from '../face-measures.ts';
import type { FacePatch } from '../face-patch.ts';
import { luminanceTables } from '../luminance.ts';
import { isTooLow } from './judge.ts';
import type { CheckDefinition } from './judge.ts';

/** Luminance from which a pixel is over-exposed: 247 of 255 on the linear scale (ISO/IEC 29794-5). */
const OVER_EXPOSED = 247 / 255;
/** Side of the squares on the cheeks over the eye distance (ISO/IEC 29794-5). */
const CHEEK_SIDE = 0.3;
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
  measure: (frame) => valueOf(meanLuminance(frame.patch())),
  prompt: (result) => (isTooLow(result) ? 'more-light' : 'less-light'),
};

/** Share of the face's pixels that are over-exposed. */
export const overExposure: CheckDefinition = {
  name: 'over-exposure',
  unit: 'ratio',
  measure: (frame) => valueOf(overExposedShare(frame.patch())),
  prompt: () => 'less-light',
};

/** Mean luminance of the darker cheek over that of the brighter one. */
export const evenLight: CheckDefinition = {
  name: 'even-light',
  unit: 'ratio',
  measure: ({ face, patch }) => {
    const pixels = patch();
    return face && pixels && valueOf(cheekRatio(face, pixels));
  },
  prompt: () => 'even-light',
};

/** Mean luminance of the background over that of the face; without a limit while the face itself is bright enough. */
export const backlight: CheckDefinition = {
  name: 'backlight',
  unit: 'ratio',
  measure: (frame, { limit }) => {
    const face = meanLuminance(frame.patch());
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

function meanLuminance(patch: FacePatch | undefined): number | undefined {
  return patch && meanInHull(patch, (luminance) => luminance);
}

function overExposedShare(patch: FacePatch | undefined): number | undefined {
  return patch && meanInHull(patch, (luminance) => (luminance >= OVER_EXPOSED ? 1 : 0));
}

function meanInHull({ luminance, spans, width, height }: FacePatch, of: (y: number) => number): number | undefined {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += 1) {
    const [from, to] = [spans[y * 2]!, spans[y * 2 + 1]!];
    for (let x = from; x < to; x += 1) sum += of(luminance[y * width + x]!);
    count += to - from;
  }
  return count === 0 ? undefined : sum / count;
}

/** Squares under the outer eye corners, half-way between eyes and mouth; what lies outside the hull does not count. */
function cheekRatio(face: FaceGeometry, patch: FacePatch): number | undefined {
  const drop = halfWayToMouth(face);
  const [first, second] = outerEyeCorners(face).map((corner) => {
    const centre = { x: corner.x + drop.x, y: corner.y + drop.y };
    return squareMean(patch, centre, face.eyeDistance * CHEEK_SIDE);
  });
  if (first === undefined || second === undefined) return undefined;
  return Math.min(first, second) / Math.max(first, second, 1e-6);
}

function halfWayToMouth(face: FaceGeometry): Point {
  const [eyes, mouth] = [eyeMidpoint(face), mouthCentre(face)];
  return { x: (mouth.x - eyes.x) / 2, y: (mouth.y - eyes.y) / 2 };
}

function squareMean(patch: FacePatch, centre: Point, side: number): number | undefined {
  const [x, y] = [(centre.x - patch.left) / patch.scale, (centre.y - patch.top) / patch.scale];
  const half = side / patch.scale / 2;
  let sum = 0;
  let count = 0;
  for (let row = Math.max(0, Math.round(y - half)); row < Math.min(patch.height, y + half); row += 1) {
    const from = Math.max(patch.spans[row * 2]!, Math.round(x - half));
    const to = Math.min(patch.spans[row * 2 + 1]!, Math.round(x + half));
    for (let column = from; column < to; column += 1) sum += patch.luminance[row * patch.width + column]!;
    count += Math.max(0, to - from);
  }
  return count === 0 ? undefined : sum / count;
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
