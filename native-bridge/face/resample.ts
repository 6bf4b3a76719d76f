import { similarityScale } from './similarity.ts';
import type { Similarity } from './similarity.ts';
import type { RgbImage } from './types.ts';

/** Red, green and blue, 0..255. */
export type Rgb = readonly [number, number, number];

/** How picture values become the numbers that a net expects: (value − offset) × scale, each channel by itself. */
export interface Normalisation {
  readonly offset: Rgb;
  readonly scale: number;
}

export interface ResampleTarget {
  /** Edge of the square result in pixels. */
  readonly edge: number;
  /** Carries positions in the result, 0..edge, to the picture. */
  readonly toPicture: Similarity;
  readonly normalisation: Normalisation;
  /** Colour of what lies outside the picture; left out, the picture's edge pixels are continued. */
  readonly outside?: Rgb;
  /** Whether the result is turned left to right. */
  readonly isMirrored?: boolean;
}

/** Distance of neighbouring samples in picture pixels up to which linear interpolation shows no moiré on faces. */
const maximumSpacing = 1.5;

/**
 * Reads a turned square of a picture into planes of red, green and blue (edge × edge each), in one resampling step:
 * cubic where the picture is enlarged, the mean of several linear samples where it is reduced. Several results can go
 * into one batch: `planes` is the part of it that this one fills.
 */
export function resampleToPlanes(
  image: RgbImage,
  target: ResampleTarget,
  planes = new Float32Array(3 * target.edge * target.edge),
): Float32Array {
  const scale = similarityScale(target.toPicture);
  if (scale < 1) sampleCubic(image, target, planes);
  else sampleLinear(image, target, Math.ceil(scale / maximumSpacing), planes);
  return planes;
}

/** Planes of a square picture turned left to right. */
export function mirroredPlanes(planes: Float32Array, edge: number): Float32Array {
  const mirrored = planes.slice();
  for (let row = 0; row < mirrored.length; row += edge) mirrored.subarray(row, row + edge).reverse();
  return mirrored;
}

// The two samplers make up most of the time that a frame takes outside the nets; they are written as plain loops over
// numbers for that reason, normalise what they write, and leave everything near the picture's edge to slower functions.
// Positions count from pixel centres. Samples are rounded to 32 bits before they are normalised, because a last bit
// moves landmarks and with them whole pixels of what is cut; the measured figures rest on these very numbers.

const colour = new Float64Array(3);

/** Sums of the samples of one row's pixels, red, green and blue in turn. */
let sums = new Float64Array();

/** The mean of steps × steps linear samples for each pixel of the result. */
function sampleLinear(image: RgbImage, target: ResampleTarget, steps: number, planes: Float32Array): void {
  const { edge, toPicture, outside, normalisation, isMirrored = false } = target;
  const { offset, scale } = normalisation;
  const share = 1 / (steps * steps);
  if (sums.length !== 3 * edge) sums = new Float64Array(3 * edge);
  for (let row = 0; row < edge; row++) {
    if (outside && isRowOutside(image, toPicture, row)) {
      for (const [channel, value] of outside.entries()) {
        const from = row * edge + channel * edge * edge;
        planes.fill((value - offset[channel]!) * scale, from, from + edge);
      }
      continue;
    }
    sums.fill(0);
    for (let down = 0.5; down < steps; down++) {
      for (let across = 0.5; across < steps; across++) addSamples(image, target, across / steps, row + down / steps);
    }
    for (let column = 0; column < edge; column++) {
      const index = row * edge + (isMirrored ? edge - 1 - column : column);
      planes[index] = (Math.fround(sums[3 * column]! * share) - offset[0]) * scale;
      planes[index + edge * edge] = (Math.fround(sums[3 * column + 1]! * share) - offset[1]) * scale;
      planes[index + 2 * edge * edge] = (Math.fround(sums[3 * column + 2]! * share) - offset[2]) * scale;
    }
  }
}

/** Whether every sample of a row lies above or below the picture: half of a wide frame's square does. */
function isRowOutside({ height }: RgbImage, { a, b, dy }: Similarity, row: number): boolean {
  if (b !== 0) return false;
  const [top, bottom] = [a * row + dy - 0.5, a * (row + 1) + dy - 0.5];
  return bottom <= -1 || top >= height;
}

/** Adds one linear sample for each pixel of a row; the first is read at `u`, `v` of the result, the others beside it. */
function addSamples(image: RgbImage, { toPicture, outside }: ResampleTarget, u: number, v: number): void {
  const { a, b, dx, dy } = toPicture;
  const { width, height, data } = image;
  const [stride, lastLeft, lastTop] = [3 * width, width - 1, height - 1];
  const rowX = a * u - b * v + dx - 0.5;
  const rowY = b * u + a * v + dy - 0.5;
  for (let at = 0, column = 0; at < sums.length; at += 3, column++) {
    const x = rowX + a * column;
    const y = rowY + b * column;
    if (x >= 0 && y >= 0 && x < lastLeft && y < lastTop) {
      const left = x | 0;
      const top = y | 0;
      const fx = x - left;
      const fy = y - top;
      const p = top * stride + 3 * left;
      const q = p + stride;
      const lowRight = fx * fy;
      const lowLeft = fy - lowRight;
      const topRight = fx - lowRight;
      const topLeft = 1 - fx - lowLeft;
      sums[at]! += topLeft * data[p]! + topRight * data[p + 3]! + lowLeft * data[q]! + lowRight * data[q + 3]!;
      sums[at + 1]! +=
        topLeft * data[p + 1]! + topRight * data[p + 4]! + lowLeft * data[q + 1]! + lowRight * data[q + 4]!;
      sums[at + 2]! +=
        topLeft * data[p + 2]! + topRight * data[p + 5]! + lowLeft * data[q + 2]! + lowRight * data[q + 5]!;
    } else if (outside && (x <= -1 || y <= -1 || x >= width || y >= height)) {
      sums[at]! += outside[0];
      sums[at + 1]! += outside[1];
      sums[at + 2]! += outside[2];
    } else {
      linearAtEdge(image, x, y);
      sums[at]! += colour[0]!;
      sums[at + 1]! += colour[1]!;
      sums[at + 2]! += colour[2]!;
    }
  }
}

/** Much faster than the array's own way of copying three numbers. */
function useColour(rgb: Rgb): void {
  colour[0] = rgb[0];
  colour[1] = rgb[1];
  colour[2] = rgb[2];
}

/** One linear sample where not all four neighbours lie in the picture, into `colour`. */
function linearAtEdge({ width, height, data }: RgbImage, x: number, y: number): void {
  const left = clamp(Math.floor(x), width);
  const top = clamp(Math.floor(y), height);
  const [fx, fy] = [clampToUnit(x - left), clampToUnit(y - top)];
  const p = 3 * (top * width + left);
  const right = left + 1 < width ? 3 : 0;
  const below = top + 1 < height ? 3 * width : 0;
  for (let channel = 0; channel < 3; channel++) {
    const at = p + channel;
    const upper = (1 - fx) * data[at]! + fx * data[at + right]!;
    const lower = (1 - fx) * data[at + below]! + fx * data[at + right + below]!;
    colour[channel] = (1 - fy) * upper + fy * lower;
  }
}

/** One Catmull-Rom sample over four by four neighbours for each pixel of the result. */
function sampleCubic(image: RgbImage, target: ResampleTarget, planes: Float32Array): void {
  const { edge, toPicture, normalisation, outside, isMirrored = false } = target;
  const { a, b, dx, dy } = toPicture;
  const { width, height, data } = image;
  const [plane, stride] = [edge * edge, 3 * width];
  const step = isMirrored ? -1 : 1;
  for (let row = 0; row < edge; row++) {
    for (let column = 0, index = row * edge + (isMirrored ? edge - 1 : 0); column < edge; column++, index += step) {
      const x = a * (column + 0.5) - b * (row + 0.5) + dx - 0.5;
      const y = b * (column + 0.5) + a * (row + 0.5) + dy - 0.5;
      if (x >= 1 && y >= 1 && x < width - 2 && y < height - 2) {
        const left = x | 0;
        const top = y | 0;
        const s = x - left;
        const t = y - top;
        const w0 = s * (-0.5 + s * (1 - 0.5 * s));
        const w1 = 1 + s * s * (1.5 * s - 2.5);
        const w2 = s * (0.5 + s * (2 - 1.5 * s));
        const w3 = s * s * (0.5 * s - 0.5);
        cubicWeights(t, weightsY);
        let p = (top - 1) * stride + 3 * (left - 1);
        for (let channel = 0; channel < 3; channel++, p++) {
          const q = p + stride;
          const r = q + stride;
          const z = r + stride;
          colour[channel] =
            weightsY[0]! * (w0 * data[p]! + w1 * data[p + 3]! + w2 * data[p + 6]! + w3 * data[p + 9]!) +
            weightsY[1]! * (w0 * data[q]! + w1 * data[q + 3]! + w2 * data[q + 6]! + w3 * data[q + 9]!) +
            weightsY[2]! * (w0 * data[r]! + w1 * data[r + 3]! + w2 * data[r + 6]! + w3 * data[r + 9]!) +
            weightsY[3]! * (w0 * data[z]! + w1 * data[z + 3]! + w2 * data[z + 6]! + w3 * data[z + 9]!);
        }
      } else if (outside && (x <= -1 || y <= -1 || x >= width || y >= height)) useColour(outside);
      else cubicAtEdge(image, x, y);
      for (let channel = 0; channel < 3; channel++) {
        const value = Math.min(255, Math.max(0, colour[channel]!));
        planes[index + channel * plane] = (Math.fround(value) - normalisation.offset[channel]!) * normalisation.scale;
      }
    }
  }
}

const weightsX = new Float64Array(4);
const weightsY = new Float64Array(4);

/** The same where neighbours are missing; the edge's pixels stand for them. */
function cubicAtEdge({ width, height, data }: RgbImage, x: number, y: number): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  cubicWeights(x - left, weightsX);
  cubicWeights(y - top, weightsY);
  colour.fill(0);
  for (let row = 0; row < 4; row++) {
    const line = clamp(top + row - 1, height) * width;
    for (let column = 0; column < 4; column++) {
      const at = 3 * (line + clamp(left + column - 1, width));
      const weight = weightsX[column]! * weightsY[row]!;
      colour[0]! += weight * data[at]!;
      colour[1]! += weight * data[at + 1]!;
      colour[2]! += weight * data[at + 2]!;
    }
  }
}

/** Catmull-Rom weights of the four neighbours for a position `t` between the middle two. */
function cubicWeights(t: number, weights: Float64Array): void {
  weights[0] = t * (-0.5 + t * (1 - 0.5 * t));
  weights[1] = 1 + t * t * (1.5 * t - 2.5);
  weights[2] = t * (0.5 + t * (2 - 1.5 * t));
  weights[3] = t * t * (0.5 * t - 0.5);
}

function clamp(index: number, count: number): number {
  return index < 0 ? 0 : index >= count ? count - 1 : index;
}

function clampToUnit(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
