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
// numbers for that reason. Positions count from pixel centres.

/** The mean of steps × steps linear samples for each pixel of the result. */
function sampleLinear(image: RgbImage, target: ResampleTarget, steps: number, planes: Float32Array): void {
  const { edge, toPicture, outside } = target;
  const { a, b, dx, dy } = toPicture;
  const { width, height, data } = image;
  const plane = edge * edge;
  const share = 1 / (steps * steps);
  for (let index = 0; index < plane; index++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let step = 0; step < steps * steps; step++) {
      const u = (index % edge) + ((step % steps) + 0.5) / steps;
      const v = Math.floor(index / edge) + (Math.floor(step / steps) + 0.5) / steps;
      const x = a * u - b * v + dx - 0.5;
      const y = b * u + a * v + dy - 0.5;
      if (outside && (x <= -1 || y <= -1 || x >= width || y >= height)) {
        red += outside[0];
        green += outside[1];
        blue += outside[2];
        continue;
      }
      const left = clamp(Math.floor(x), width);
      const top = clamp(Math.floor(y), height);
      const fx = clampToUnit(x - left);
      const fy = clampToUnit(y - top);
      const p = 3 * (top * width + left);
      const q = left + 1 < width ? p + 3 : p;
      const below = top + 1 < height ? 3 * width : 0;
      const topLeft = (1 - fx) * (1 - fy);
      const topRight = fx * (1 - fy);
      const lowLeft = (1 - fx) * fy;
      const lowRight = fx * fy;
      red += topLeft * data[p]! + topRight * data[q]! + lowLeft * data[p + below]! + lowRight * data[q + below]!;
      green +=
        topLeft * data[p + 1]! +
        topRight * data[q + 1]! +
        lowLeft * data[p + below + 1]! +
        lowRight * data[q + below + 1]!;
      blue +=
        topLeft * data[p + 2]! +
        topRight * data[q + 2]! +
        lowLeft * data[p + below + 2]! +
        lowRight * data[q + below + 2]!;
    }
    planes[index] = red * share;
    planes[plane + index] = green * share;
    planes[2 * plane + index] = blue * share;
  }
}

/** One Catmull-Rom sample over four by four neighbours for each pixel of the result. */
function sampleCubic(image: RgbImage, target: ResampleTarget, planes: Float32Array): void {
  const { edge, toPicture, outside } = target;
  const { a, b, dx, dy } = toPicture;
  const plane = edge * edge;
  const colour = new Float64Array(3);
  for (let index = 0; index < plane; index++) {
    const u = (index % edge) + 0.5;
    const v = Math.floor(index / edge) + 0.5;
    const x = a * u - b * v + dx - 0.5;
    const y = b * u + a * v + dy - 0.5;
    if (outside && (x <= -1 || y <= -1 || x >= image.width || y >= image.height)) colour.set(outside);
    else cubicColour(image, x, y, colour);
    planes[index] = colour[0]!;
    planes[plane + index] = colour[1]!;
    planes[2 * plane + index] = colour[2]!;
  }
}

const weightsX = new Float64Array(4);
const weightsY = new Float64Array(4);

function cubicColour({ width, height, data }: RgbImage, x: number, y: number, colour: Float64Array): void {
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
