import type { FalseAcceptTable } from '../../native-bridge/face/false-accepts.ts';
import type { CrossPairs } from './cross-pairs.ts';
import { exactInterval, type Interval } from './interval.ts';
import { countBelow } from './roc.ts';

/** Distance from row to row, and the share of strangers at which the table ends. */
const step = 0.01;
const largestShare = 0.5;

const resamplings = 400;
/** Fixed, so that the same pairs give the same table. */
const seed = 20_190_101;
/** Fewer pairs say too little about how much the pairs of one person depend on each other. */
const fewestForDependence = 20;

/**
 * Measures how often strangers are as close as each distance. A person takes part in many pairs, so pairs are not
 * independent: people are drawn anew many times. What that shows of their dependence widens the exact ranges too, since
 * drawing anew says nothing where only a few pairs were seen; the wider range counts.
 */
export function falseAcceptTable(
  pairs: CrossPairs,
  origin: Pick<FalseAcceptTable, 'fingerprint' | 'dataSets'>,
): FalseAcceptTable {
  const sorted = pairs.distances.toSorted();
  const distances = rowDistances(sorted);
  const resampled = resampledShares(pairs, distances);
  const counts = distances.map((distance) => countBelow(sorted, distance));
  const dependence = dependenceOf(counts, resampled, sorted.length);
  const independent = sorted.length / dependence;
  const rows = distances.map((distance, index) => {
    const exact = exactInterval((counts[index] ?? 0) / dependence, independent);
    const range = wider(exact, spreadOf(resampled[index] ?? []));
    return { distance, atLeast: rounded(range.low), atMost: rounded(range.high) };
  });
  const unseen = { below: rounded(sorted[0] ?? 0), atMost: rounded(3 / independent) };
  return { ...origin, people: pairs.people, pairs: sorted.length, unseen, rows };
}

function rowDistances(sorted: Float64Array): number[] {
  const first = Math.floor((sorted[0] ?? 0) / step) + 1;
  const last = Math.ceil((sorted[Math.floor(largestShare * sorted.length)] ?? 0) / step);
  return Array.from({ length: last - first + 1 }, (_, index) => rounded((first + index) * step));
}

/** Shares at every row's distance, each resampling giving one. */
function resampledShares(pairs: CrossPairs, distances: readonly number[]): number[][] {
  const random = createRandom(seed);
  const rows = Uint16Array.from(pairs.distances, (distance) => distances.findIndex((limit) => distance < limit));
  const shares = distances.map((): number[] => []);
  for (let turn = 0; turn < resamplings; turn++) {
    const weights = drawPeople(pairs.people, random);
    const [inRow, total] = weighPairs(pairs, rows, weights, distances.length);
    let sum = 0;
    for (const [row, weight] of inRow.entries()) shares[row]?.push((sum += weight) / total);
  }
  return shares;
}

/** How often each person is drawn when as many as there are are drawn with replacement. */
function drawPeople(people: number, random: () => number): Float64Array {
  const weights = new Float64Array(people);
  for (let draw = 0; draw < people; draw++) weights[Math.floor(random() * people)]! += 1;
  return weights;
}

function weighPairs(
  { firstPeople, secondPeople }: CrossPairs,
  rows: Uint16Array,
  weights: Float64Array,
  rowCount: number,
): readonly [Float64Array, number] {
  const inRow = new Float64Array(rowCount);
  let total = 0;
  for (let index = 0; index < rows.length; index++) {
    const weight = weights[firstPeople[index]!]! * weights[secondPeople[index]!]!;
    total += weight;
    // Pairs beyond the last row have no row.
    if (rows[index]! < rowCount) inRow[rows[index]!]! += weight;
  }
  return [inRow, total];
}

function spreadOf(shares: readonly number[]): Interval {
  const sorted = shares.toSorted((left, right) => left - right);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}

function wider(left: Interval, right: Interval): Interval {
  return { low: Math.min(left.low, right.low), high: Math.max(left.high, right.high) };
}

/** How many pairs weigh as much as one independent pair, where only the closest strangers are counted. */
function dependenceOf(counts: readonly number[], resampled: readonly (readonly number[])[], pairs: number): number {
  const row = counts.findIndex((count) => count >= fewestForDependence);
  const share = (counts[row] ?? 0) / pairs;
  const shares = resampled[row] ?? [];
  const variance = shares.reduce((sum, value) => sum + (value - share) ** 2, 0) / shares.length;
  const independent = (share * (1 - share)) / pairs;
  return row < 0 ? 1 : Math.max(1, variance / independent);
}

/** Four significant digits; more would pretend to know more. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** Mulberry32, a small generator whose numbers are even enough to draw people by. */
function createRandom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
