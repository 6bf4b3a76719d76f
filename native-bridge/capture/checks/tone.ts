import { labOf } from '../colour.ts';
import type { Lab } from '../colour.ts';
import { componentQuality } from '../component-maps.ts';
import { cheekAreas, meanColour } from '../face-area.ts';
import { meanInHull } from '../face-patch.ts';
import type { FacePatch } from '../face-patch.ts';
import { displayLevel } from '../luminance.ts';
import { isTooLow } from './judge.ts';
import type { CheckDefinition } from './judge.ts';

/** Luminance up to which a pixel is under-exposed: 25 of 255 on the linear scale (ISO/IEC 29794-5). */
const UNDER_EXPOSED = 25 / 255;
/** Where the a* and b* of skin lie in natural light (ISO/IEC 29794-5). */
const SKIN_A = { from: 5, to: 25 } as const;
const SKIN_B = { from: 5, to: 35 } as const;

/** Mean grey level of the face on the display scale 0..255. */
export const greyLevel: CheckDefinition = {
  name: 'grey-level',
  unit: 'level',
  measure: (frame) => measured(frame.patch(), (patch) => meanInHull(patch, displayLevel)),
  prompt: (result) => (isTooLow(result) ? 'more-light' : 'less-light'),
};

/** Share of the face's pixels that are under-exposed. */
export const underExposure: CheckDefinition = {
  name: 'under-exposure',
  unit: 'ratio',
  quality: (value) => componentQuality('UnderExposurePrevention', value),
  measure: (frame) => measured(frame.patch(), underExposedShare),
  prompt: () => 'more-light',
};

/** Variance of the face's linear luminance. */
export const contrast: CheckDefinition = {
  name: 'contrast',
  unit: 'ratio',
  quality: (value) => componentQuality('LuminanceVariance', value),
  measure: (frame) => measured(frame.patch(), variance),
  prompt: (result) => (isTooLow(result) ? 'better-contrast' : 'even-light'),
};

/** Entropy of the histogram of the face's linear luminance, in bits. */
export const dynamicRange: CheckDefinition = {
  name: 'dynamic-range',
  unit: 'bit',
  quality: (value) => componentQuality('DynamicRange', value),
  measure: (frame) => measured(frame.patch(), entropy),
  prompt: () => 'better-contrast',
};

/** How far the cheeks' mean colour lies outside that of skin in natural light. */
export const naturalColour: CheckDefinition = {
  name: 'natural-colour',
  unit: 'level',
  quality: (value) => componentQuality('NaturalColour', value),
  measure: ({ face, image }) => {
    const mean = face && meanColour(image, face, cheekAreas(face));
    return mean && { value: skinDeviation(labOf(mean)) };
  },
  prompt: () => 'fix-colour',
};

function measured(
  patch: FacePatch | undefined,
  of: (patch: FacePatch) => number | undefined,
): { value: number } | undefined {
  const value = patch && of(patch);
  return value === undefined ? undefined : { value };
}

function underExposedShare(patch: FacePatch): number | undefined {
  return meanInHull(patch, (luminance) => (luminance <= UNDER_EXPOSED ? 1 : 0));
}

function variance(patch: FacePatch): number | undefined {
  const mean = meanInHull(patch, (luminance) => luminance);
  return mean === undefined ? undefined : meanInHull(patch, (luminance) => (luminance - mean) ** 2);
}

function entropy(patch: FacePatch): number | undefined {
  const counts = new Float64Array(256);
  let total = 0;
  meanInHull(patch, (luminance) => {
    const level = Math.min(255, Math.round(luminance * 255));
    counts[level] = counts[level]! + 1;
    total += 1;
    return 0;
  });
  if (total === 0) return undefined;
  return counts.reduce((bits, count) => (count === 0 ? bits : bits - (count / total) * Math.log2(count / total)), 0);
}

function skinDeviation({ a, b }: Lab): number {
  return Math.hypot(beyond(a, SKIN_A), beyond(b, SKIN_B));
}

/** How far a value lies outside a band. A colour that skin never has counts in full. */
function beyond(value: number, { from, to }: { readonly from: number; readonly to: number }): number {
  return Math.max(0, from - value, value - to);
}
