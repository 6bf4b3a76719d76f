import type { FalseAccepts } from '../../../native-bridge/contract/enrolment.ts';

/** A share as counts of people: of `people` others, `from` to `to` would look as alike; without `from`, fewer than `to`. */
export interface FalseAcceptCounts {
  readonly people: number;
  readonly from?: number;
  readonly to: number;
}

/** Beyond a thousand million no figure of ours means anything. */
const largestPower = 9;

/**
 * Turns a range of shares into whole people of a power of ten, as people read them. Rounds outwards, so that the words
 * never claim more than the measurement.
 */
export function falseAcceptCounts({ atLeast, atMost }: FalseAccepts): FalseAcceptCounts {
  if (atLeast === undefined || atLeast === 0) return { people: 10 ** powerBelow(atMost), to: 1 };
  const people = 10 ** Math.min(largestPower, Math.ceil(-Math.log10(atLeast)));
  return {
    people,
    from: Math.floor(steady(atLeast * people)),
    to: Math.min(people, Math.ceil(steady(atMost * people))),
  };
}

/** The largest power of ten of which the share makes at most one. */
function powerBelow(share: number): number {
  return Math.min(largestPower, Math.max(0, Math.floor(steady(-Math.log10(share)))));
}

/** Products like 0.0003 × 10,000 must not be carried over a whole number by their last bit. */
function steady(value: number): number {
  return Number(value.toPrecision(12));
}

/**
 * A power of ten the way the language counts: 10 万 in Chinese, 100,000 in English. In Chinese the word for what is counted
 * follows at once, and only a figure is parted from it.
 */
export function peopleText(people: number, language: string): string {
  if (language.startsWith('zh')) return people < 10_000 ? `${people} ` : `${people / 10_000} 万`;
  return people.toLocaleString(language);
}
