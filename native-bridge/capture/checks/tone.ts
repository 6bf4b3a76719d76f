import { labOf } from '../colour.ts';
import type { Lab } from '../colour.ts';
import { componentQuality } from '../component-maps.ts';
import { cheekAreas, meanColour } from '../face-area.ts';
import { meanInHull } from '../face-patch.ts';
import { displayLevel } from '../luminance.ts';
import { isTooLow } from './judge.ts';
import type { CheckDefinition } from './judge.ts';

/** Where the a* and b* of skin lie in natural light (ISO/IEC 29794-5). */
const SKIN_A = { from: 5, to: 25 } as const;
const SKIN_B = { from: 5, to: 35 } as const;

/** Mean grey level of the face on the display scale 0..255. */
export const greyLevel: CheckDefinition = {
  name: 'grey-level',
  unit: 'level',
  measure: (frame) => {
    const patch = frame.patch();
    return valueOf(patch && meanInHull(patch, displayLevel));
  },
  prompt: (result) => (isTooLow(result) ? 'more-light' : 'less-light'),
};

/** Share of the face's pixels that are under-exposed. */
export const underExposure: CheckDefinition = {
  name: 'under-exposure',
  unit: 'ratio',
  quality: (value) => componentQuality('UnderExposurePrevention', value),
  measure: (frame) => valueOf(frame.tones()?.underExposed),
  prompt: () => 'more-light',
};

/** Variance of the face's linear luminance. */
export const contrast: CheckDefinition = {
  name: 'contrast',
  unit: 'ratio',
  quality: (value) => componentQuality('LuminanceVariance', value),
  measure: (frame) => valueOf(frame.tones()?.variance),
  prompt: (result) => (isTooLow(result) ? 'better-contrast' : 'even-light'),
};

/** Entropy of the histogram of the face's linear luminance, in bits. */
export const dynamicRange: CheckDefinition = {
  name: 'dynamic-range',
  unit: 'bit',
  quality: (value) => componentQuality('DynamicRange', value),
  measure: (frame) => valueOf(frame.tones()?.entropy),
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

function valueOf(value: number | undefined): { value: number } | undefined {
  return value === undefined ? undefined : { value };
}

function skinDeviation({ a, b }: Lab): number {
  return Math.hypot(beyond(a, SKIN_A), beyond(b, SKIN_B));
}

/** How far a value lies outside a band. A colour that skin never has counts in full. */
function beyond(value: number, { from, to }: { readonly from: number; readonly to: number }): number {
  return Math.max(0, from - value, value - to);
}
