import type { FacePatch } from './face-patch.ts';

/** Luminance up to which a pixel is under-exposed: 25 of 255 on the linear scale (ISO/IEC 29794-5). */
const UNDER_EXPOSED = 25 / 255;
/** Luminance from which a pixel is over-exposed: 247 of 255 on the linear scale. */
const OVER_EXPOSED = 247 / 255;

/** How light the face is, over its pixels; luminance is linear, 0..1. */
export interface HullTones {
  readonly mean: number;
  readonly variance: number;
  /** Shares of the pixels. */
  readonly underExposed: number;
  readonly overExposed: number;
  /** Entropy of the histogram of the luminance, in bits. */
  readonly entropy: number;
}

/** Several checks ask for these, and one look over the pixels tells them all; undefined when the hull holds no pixel. */
export function hullTones(patch: FacePatch): HullTones | undefined {
  const { luminance, spans, width, height } = patch;
  const counts = new Float64Array(256);
  let [sum, total, under, over] = [0, 0, 0, 0];
  for (let y = 0; y < height; y += 1) {
    const end = y * width + spans[y * 2 + 1]!;
    for (let index = y * width + spans[y * 2]!; index < end; index += 1) {
      const light = luminance[index]!;
      counts[Math.min(255, Math.round(light * 255))]! += 1;
      sum += light;
      total += 1;
      if (light <= UNDER_EXPOSED) under += 1;
      if (light >= OVER_EXPOSED) over += 1;
    }
  }
  if (total === 0) return undefined;
  const mean = sum / total;
  const variance = squaresFrom(patch, mean) / total;
  const entropy = entropyOf(counts, total);
  return { mean, variance, underExposed: under / total, overExposed: over / total, entropy };
}

function squaresFrom({ luminance, spans, width, height }: FacePatch, mean: number): number {
  let sum = 0;
  for (let y = 0; y < height; y += 1) {
    const end = y * width + spans[y * 2 + 1]!;
    for (let index = y * width + spans[y * 2]!; index < end; index += 1) sum += (luminance[index]! - mean) ** 2;
  }
  return sum;
}

function entropyOf(counts: Float64Array, total: number): number {
  return counts.reduce((bits, count) => (count === 0 ? bits : bits - (count / total) * Math.log2(count / total)), 0);
}
