import type { CheckName, CheckResult, PromptCode } from '../../contract/capture.ts';
import { quality } from '../component-maps.ts';
import type { CheckRule, Limits } from '../profile.ts';
import type { CheckFrame } from './frame.ts';

/** A check's value in one frame. `limits` replaces those of the rule where the frame itself narrows them. */
export interface Measurement {
  readonly value: number;
  readonly limits?: Limits | undefined;
  /** 0..100 where the quality of ISO/IEC 29794-5 is that of another measure than `value`. */
  readonly quality?: number | undefined;
}

export interface CheckDefinition {
  readonly name: CheckName;
  readonly unit: CheckResult['unit'];
  /** True when the value must act at once instead of being smoothed over several frames. */
  readonly immediate?: true;
  /** True when only a written file has it. */
  readonly isOfFile?: true;
  /** Undefined when the frame does not allow the measurement (no face, no earlier frame). */
  measure(frame: CheckFrame, rule: CheckRule): Measurement | undefined;
  /** Quality 0..100 of a value after ISO/IEC 29794-5; without it the value is rated against its limits. */
  quality?(value: number): number;
  /** What to tell the worker when the check blocks; `frame` has a face unless the check is about its absence. */
  prompt(result: CheckResult, frame: CheckFrame): PromptCode;
}

/**
 * Holds a measurement against its rule. `slack` is the share of a limit by which it may be exceeded: 0 to become met,
 * the profile's hysteresis to stay met.
 */
export function judge(
  check: CheckDefinition,
  measurement: Measurement | undefined,
  rule: CheckRule,
  slack = 0,
): CheckResult {
  const { name, unit } = check;
  if (measurement === undefined || Number.isNaN(measurement.value)) return { name, unit, status: 'not-measured' };
  const { value } = measurement;
  const limits = measurement.limits ?? rule.limit;
  const rated = { name, unit, value, quality: measurement.quality ?? qualityOf(check, value, rule.limit) };
  if (isOutside(value, limits, slack)) return { ...rated, ...present(limits), status: failed(rule) };
  if (rule.wanted !== undefined && isOutside(value, rule.wanted, 0)) {
    return { ...rated, ...present(rule.wanted), status: 'warn' };
  }
  return { ...rated, ...present(limits), status: 'pass' };
}

/** Without a map of the standard: 100 where the value could not be better, 50 at the limit, 0 twice as far. */
function qualityOf(check: CheckDefinition, value: number, { minimum, maximum }: Limits): number {
  if (check.quality !== undefined) return check.quality(value);
  if (minimum === undefined && maximum === undefined) return 100;
  if (maximum === undefined) return quality(minimum! <= 0 ? (value < minimum! ? 0 : 100) : (50 * value) / minimum!);
  const lowest = minimum ?? -maximum;
  const half = (maximum - lowest) / 2;
  return quality(100 - (50 * Math.abs(value - (lowest + half))) / (half || 1));
}

/** True when `result` does not stand in the way of the shot. A blocking check that cannot be measured does. */
export function isMet(result: CheckResult, rule: CheckRule): boolean {
  if (rule.kind !== 'block') return true;
  return result.status === 'pass' || result.status === 'warn';
}

/** True when the value lies below the result's minimum, false when it lies above its maximum. */
export function isTooLow({ value, minimum }: CheckResult): boolean {
  return value !== undefined && minimum !== undefined && value < minimum;
}

function failed(rule: CheckRule): CheckResult['status'] {
  return rule.kind === 'block' ? 'block' : 'warn';
}

function isOutside(value: number, { minimum, maximum }: Limits, slack: number): boolean {
  if (minimum !== undefined && value < minimum - slack * Math.abs(minimum)) return true;
  return maximum !== undefined && value > maximum + slack * Math.abs(maximum);
}

function present({ minimum, maximum }: Limits): Pick<CheckResult, 'minimum' | 'maximum'> {
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
}
