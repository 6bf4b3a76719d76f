import type { LivenessRest, LivenessStep } from '../../contract/liveness.ts';
import type { FaceSigns } from './signs.ts';

/*
 * How far a face has gone in each movement, from the person's own rest: 0 at rest, 1 where the movement counts. Own
 * limits, near those of face.md 4.3 and so that a smile is no movement; docs/liveness.md has what they were chosen by.
 * Degrees are those of the mesh, which is flatter than a head and says about two thirds of a real turn.
 */

/** Names these limits and the rules of the challenge in every record. */
export const challengeRules = 'challenge-1';

/** Both lids come down to this part of their opening at rest. */
const closedPart = 0.73;
const turnDegrees = 13;
const nodDegrees = 10;
/** Growth of the gap of the lips over the distance from eyes to chin. */
const mouthGrowth = 0.13;

/** A head that turns or nods shows its eyes from another side: such a frame says nothing about the lids. */
const steadyPart = 0.75;

type Extent = (signs: FaceSigns, rest: LivenessRest) => number;

const turnLeft: Extent = (signs, rest) => (signs.yaw - rest.yaw) / turnDegrees;
const nod: Extent = (signs, rest) => (rest.pitch - signs.pitch) / nodDegrees;

const isSteady = (signs: FaceSigns, rest: LivenessRest): boolean =>
  Math.abs(turnLeft(signs, rest)) < steadyPart && Math.abs(nod(signs, rest)) < steadyPart;

const extents: Readonly<Record<LivenessStep, Extent>> = {
  blink: (signs, rest) => (isSteady(signs, rest) ? (1 - signs.eyeOpening / rest.eyeOpening) / (1 - closedPart) : 0),
  'turn-left': turnLeft,
  'turn-right': (signs, rest) => -turnLeft(signs, rest),
  'open-mouth': (signs, rest) => (signs.mouthOpening - rest.mouthOpening) / mouthGrowth,
  nod,
};

export function extentOf(step: LivenessStep, signs: FaceSigns, rest: LivenessRest): number {
  return extents[step](signs, rest);
}

/**
 * From this extent on a movement that was not asked for ends the attempt. Nobody can help blinking; a mouth that opens
 * draws the chin down, and words open the mouth.
 */
const otherLimits: Readonly<Record<LivenessStep, number>> = {
  blink: Infinity,
  'turn-left': 1.2,
  'turn-right': 1.2,
  'open-mouth': 1.4,
  nod: 1.4,
};

/** A movement beside those of `expected` that cannot be taken for chance. */
export function otherAction(expected: readonly LivenessStep[], signs: FaceSigns, rest: LivenessRest): boolean {
  const steps = Object.keys(otherLimits) as LivenessStep[];
  return steps.some((step) => !expected.includes(step) && extentOf(step, signs, rest) >= otherLimits[step]);
}
