import { componentQuality } from '../component-maps.ts';
import { eyeOpening, mouthOpening, smile } from '../face-measures.ts';
import type { CheckDefinition } from './judge.ts';

/** Lid gap of the more closed eye over T; at least the profile's limit and a share of what is usual for this person. */
export const eyesOpen: CheckDefinition = {
  name: 'eyes-open',
  unit: 'ratio',
  quality: (value) => componentQuality('EyesOpen', value),
  measure: ({ face, history, profile }, { limit }) => {
    if (face === undefined) return undefined;
    const usual = (history.usualEyeOpening ?? 0) * profile.guiding.eyesOfUsual;
    return { value: eyeOpening(face), limits: { ...limit, minimum: Math.max(limit.minimum ?? 0, usual) } };
  },
  prompt: () => 'open-eyes',
};

/** Largest gap of the inner lips over T. */
export const mouthClosed: CheckDefinition = {
  name: 'mouth-closed',
  unit: 'ratio',
  quality: (value) => componentQuality('MouthClosed', value),
  measure: ({ face }) => face && { value: mouthOpening(face) },
  prompt: () => 'close-mouth',
};

/** How far the corners of the mouth are drawn up and apart: a smile makes it large. */
export const neutralExpression: CheckDefinition = {
  name: 'neutral-expression',
  unit: 'ratio',
  measure: ({ face }) => face && { value: smile(face) },
  prompt: () => 'neutral-face',
};
