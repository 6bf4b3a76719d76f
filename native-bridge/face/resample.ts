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
}

/** Distance of neighbouring samples in picture pixels up to which linear interpolation shows no moiré on faces. */
const maximumSpacing = 1.5;

/**
 * Reads a turned square of a picture into planes of red, green and blue (edge × edge each), in one resampling step:
 * cubic where the picture is enlarged, the mean of several linear samples where it is reduced.
 */
export function resampleToPlanes(image: RgbImage, target: ResampleTarget): Float32Array {
  const { edge, toPicture, normalisation } = target;
  const planes = new Float32Array(3 * edge * edge);
  const steps = Math.max(1, Math.ceil(similarityScale(toPicture) / maximumSpacing));
  if (similarityScale(toPicture) < 1) sampleCubic(image, target, planes);
  else sampleLinear(image, target, steps, planes);
  normalise(planes, edge * edge, normalisation);
  return planes;
}

function normalise(planes: Float32Array, plane: number, { offset, scale }: Normalisation): void {
  for (let channel = 0; channel < 3; channel++) {
    const shift = offset[channel]!;
    for (let index = channel * plane; index < (channel + 1) * plane; index++) {
      planes[index] = (Math.min(255, Math.max(0, planes[index]!)) - shift) * scale;
    }
  }
}

// The two samplers make up most of the time that a frame takes outside the nets; they are written as plain loops over
// numbers for that reason, and leave everything near the picture's edge to slower functions. Positions count from pixel
// centres.

const colour = new Float64Array(3);

/** The mean of steps × steps linear samples for each pixel of the result. */
function sampleLinear(image: RgbImage, target: ResampleTarget, steps: number, planes: Float32Array): void {
  const { edge, toPicture } = target;
  const { a, b, dx, dy } = toPicture;
  const { width, height, data } = image;
  const [plane, stride, spacing, share] = [edge * edge, 3 * width, 1 / steps, 1 / (steps * steps)];
  const [lastLeft, lastTop] = [width - 1, height - 1];
  for (let index = 0, row = 0; row < edge; row++) {
    for (let column = 0; column < edge; column++, index++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let down = 0; down < steps; down++) {
        for (let across = 0; across < steps; across++) {
          const u = column + (across + 0.5) * spacing;
          const v = row + (down + 0.5) * spacing;
          const x = a * u - b * v + dx - 0.5;
          const y = b * u + a * v + dy - 0.5;
          if (x >= 0 && y >= 0 && x < lastLeft && y < lastTop) {
            const left = x | 0;
            const top = y | 0;
            const fx = x - left;
            const fy = y - top;
            const p = top * stride + 3 * left;
            const q = p + stride;
            const topLeft = (1 - fx) * (1 - fy);
            const topRight = fx * (1 - fy);
            const lowLeft = (1 - fx) * fy;
            const lowRight = fx * fy;
            red += topLeft * data[p]! + topRight * data[p + 3]! + lowLeft * data[q]! + lowRight * data[q + 3]!;
            green +=
              topLeft * data[p + 1]! + topRight * data[p + 4]! + lowLeft * data[q + 1]! + lowRight * data[q + 4]!;
            blue += topLeft * data[p + 2]! + topRight * data[p + 5]! + lowLeft * data[q + 2]! + lowRight * data[q + 5]!;
          } else {
            linearAtEdge(image, target.outside, x, y);
            red += colour[0]!;
            green += colour[1]!;
            blue += colour[2]!;
          }
        }
      }
      planes[index] = red * share;
      planes[plane + index] = green * share;
      planes[2 * plane + index] = blue * share;
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
function linearAtEdge({ width, height, data }: RgbImage, outside: Rgb | undefined, x: number, y: number): void {
  if (outside && (x <= -1 || y <= -1 || x >= width || y >= height)) return useColour(outside);
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
  const { edge, toPicture, outside } = target;
  const { a, b, dx, dy } = toPicture;
  const { width, height, data } = image;
  const plane = edge * edge;
  for (let index = 0, row = 0; row < edge; row++) {
    for (let column = 0; column < edge; column++, index++) {
      const x = a * (column + 0.5) - b * (row + 0.5) + dx - 0.5;
      const y = b * (column + 0.5) + a * (row + 0.5) + dy - 0.5;
      if (x >= 1 && y >= 1 && x < width - 2 && y < height - 2) cubicInside(data, width, x, y);
      else if (outside && (x <= -1 || y <= -1 || x >= width || y >= height)) useColour(outside);
      else cubicAtEdge(image, x, y);
      planes[index] = colour[0]!;
      planes[plane + index] = colour[1]!;
      planes[2 * plane + index] = colour[2]!;
    }
  }
}

const weightsX = new Float64Array(4);
const weightsY = new Float64Array(4);

/** One cubic sample with all sixteen neighbours in the picture, into `colour`. */
function cubicInside(data: Uint8Array, width: number, x: number, y: number): void {
  const left = x | 0;
  const top = y | 0;
  cubicWeights(x - left, weightsX);
  cubicWeights(y - top, weightsY);
  const w0 = weightsX[0]!;
  const w1 = weightsX[1]!;
  const w2 = weightsX[2]!;
  const w3 = weightsX[3]!;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let row = 0, at = 3 * ((top - 1) * width + left - 1); row < 4; row++, at += 3 * width) {
    const weight = weightsY[row]!;
    red += weight * (w0 * data[at]! + w1 * data[at + 3]! + w2 * data[at + 6]! + w3 * data[at + 9]!);
    green += weight * (w0 * data[at + 1]! + w1 * data[at + 4]! + w2 * data[at + 7]! + w3 * data[at + 10]!);
    blue += weight * (w0 * data[at + 2]! + w1 * data[at + 5]! + w2 * data[at + 8]! + w3 * data[at + 11]!);
  }
  colour[0] = red;
  colour[1] = green;
  colour[2] = blue;
}

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
