import type { CheckName, CheckResult } from '../contract/capture.ts';
import type { CaptureProfile, Limits } from './profile.ts';

/**
 * Weights after what predicts a good comparison (ISO/IEC 29794-5 evaluation: yaw, sharpness and open eyes most, light
 * little); they add up to 1.
 */
const WEIGHTS = [
  ['sharpness', 0.25],
  ['yaw', 0.2],
  ['eyes-open', 0.2],
  ['pitch', 0.1],
  ['stillness', 0.1],
  ['roll', 0.05],
  ['mouth-closed', 0.05],
  ['brightness', 0.05],
] as const satisfies readonly (readonly [CheckName, number])[];

/** A frame that fails a blocking check is worth less than any that fails none. */
const BLOCKED_FACTOR = 0.3;

/**
 * Quality 0..1 of one frame from its own (not smoothed) results. Values are rated against the profile's limits, not
 * those of the results, which move with the session: frames must stay comparable. What was not measured counts nothing.
 */
export function frameQuality(results: readonly CheckResult[], profile: CaptureProfile): number {
  const values = new Map(results.map(({ name, value }) => [name, value]));
  const sum = WEIGHTS.reduce((total, [name, weight]) => {
    return total + weight * goodness(values.get(name), profile.checks[name].limit);
  }, 0);
  return results.some(({ status }) => status === 'block') ? sum * BLOCKED_FACTOR : sum;
}

/** 0..1: how far inside its limits a value lies. With a minimum only, more is better, without an end. */
function goodness(value: number | undefined, { minimum, maximum }: Limits): number {
  if (value === undefined) return 0;
  if (maximum === undefined) return value / (value + (minimum ?? 1));
  const lowest = minimum ?? -maximum;
  const half = (maximum - lowest) / 2;
  return half <= 0 ? 0 : Math.max(0, 1 - Math.abs(value - (lowest + half)) / half);
}
