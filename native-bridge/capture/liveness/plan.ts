import type { LivenessStep } from '../../contract/liveness.ts';
import type { ChallengePlan } from './challenge.ts';

/** A whole number from 0 up to below `count`, which nobody can foretell. */
export type Random = (count: number) => number;

const sides = ['turn-left', 'turn-right'] as const;
const others = ['blink', 'open-mouth', 'nod'] as const;

/** How long the worker looks straight ahead before a step, in milliseconds. */
const shortestPauseMs = 300;
const pauseSpreadMs = 900;

/**
 * A turn to a random side, which shows the depth of the head, and one other movement, in random order: twelve
 * sequences, or eight where lids cannot be measured.
 */
export function drawPlan(random: Random, canMeasureLids = true): ChallengePlan {
  const usable: readonly LivenessStep[] = canMeasureLids ? others : others.slice(1);
  const pair = [drawn(sides, random), drawn(usable, random)];
  return {
    steps: random(2) === 0 ? pair : pair.toReversed(),
    pausesMs: pair.map(() => shortestPauseMs + random(pauseSpreadMs)),
  };
}

function drawn<T>(values: readonly T[], random: Random): T {
  const value = values[random(values.length)];
  if (value === undefined) throw new RangeError('drawn beside the list');
  return value;
}
