import { memoryOf, openSampler } from './sampler.ts';
import type { Sampler } from './sampler.ts';
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
  const { edge, isMirrored = false } = target;
  const sampler = openSampler();
  const memory = placePicture(sampler, image, target);
  sampler.setResult(0, edge, isMirrored);
  useColours(sampler, target);
  sample(sampler, target.toPicture);
  planes.set(new Float32Array(memory, 0, 3 * edge * edge));
  return planes;
}

/** A load of the sampler's reads eight bytes where it needs three. */
const readTooFar = 5;
/** How many rows further than a position the neighbours lie that a cubic sample takes. */
const reach = 2;

/** Copies the rows that can be needed into the sampler's memory, behind the planes of the result. */
function placePicture(sampler: Sampler, { width, height, data }: RgbImage, { edge, toPicture }: ResampleTarget) {
  const [start, stride] = [3 * Float32Array.BYTES_PER_ELEMENT * edge * edge, 3 * width];
  const { first, last } = rowsOf(toPicture, edge, height);
  const rows = data.subarray(first * stride, (last + 1) * stride);
  const memory = memoryOf(sampler, start + rows.length + readTooFar);
  new Uint8Array(memory).set(rows, start);
  sampler.setPicture(start - first * stride, width, height);
  return memory;
}

/** The first and the last row of a picture that samples of a square of it can touch. */
function rowsOf({ a, b, dy }: Similarity, edge: number, height: number) {
  const corners = [dy, dy + a * edge, dy + b * edge, dy + (a + b) * edge];
  const row = (y: number) => Math.min(height - 1, Math.max(0, y));
  return {
    first: row(Math.floor(Math.min(...corners)) - reach),
    last: row(Math.ceil(Math.max(...corners)) + reach),
  };
}

function useColours(sampler: Sampler, { outside, normalisation }: ResampleTarget): void {
  sampler.setOutside(outside !== undefined, ...(outside ?? black));
  sampler.setNormalisation(...normalisation.offset, normalisation.scale);
}

const black: Rgb = [0, 0, 0];

function sample(sampler: Sampler, toPicture: Similarity): void {
  const { a, b, dx, dy } = toPicture;
  const scale = similarityScale(toPicture);
  sampler.setPlacement(a, b, dx, dy);
  if (scale < 1) sampler.sampleCubic();
  else sampler.sampleLinear(Math.ceil(scale / maximumSpacing));
}

/** Planes of a square picture turned left to right. */
export function mirroredPlanes(planes: Float32Array, edge: number): Float32Array {
  const mirrored = planes.slice();
  for (let row = 0; row < mirrored.length; row += edge) mirrored.subarray(row, row + edge).reverse();
  return mirrored;
}
