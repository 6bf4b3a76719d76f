import { meanInHull } from './face-patch.ts';
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
  const counts = new Float64Array(256);
  let [total, under, over] = [0, 0, 0];
  const mean = meanInHull(patch, (luminance) => {
    counts[Math.min(255, Math.round(luminance * 255))]! += 1;
    total += 1;
    if (luminance <= UNDER_EXPOSED) under += 1;
    if (luminance >= OVER_EXPOSED) over += 1;
    return luminance;
  });
  if (mean === undefined) return undefined;
  const variance = meanInHull(patch, (luminance) => (luminance - mean) ** 2) ?? 0;
  return {
    mean,
    variance,
    underExposed: under / total,
    overExposed: over / total,
    entropy: entropyOf(counts, total),
  };
}

function entropyOf(counts: Float64Array, total: number): number {
  return counts.reduce((bits, count) => (count === 0 ? bits : bits - (count / total) * Math.log2(count / total)), 0);
}
