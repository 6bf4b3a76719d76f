import { exactInterval, type Interval } from './interval.ts';

/** A measured distance and whether both pictures show the same person; a pair not compared is infinitely far apart. */
export interface PairDistance {
  readonly distance: number;
  readonly same: boolean;
}

/** Distances of both kinds, ascending. */
export interface SortedDistances {
  readonly genuine: Float64Array;
  readonly impostor: Float64Array;
}

/** What is accepted at one limit; a pair at the limit itself is not. */
export interface OperatingPoint {
  /** The share of impostors that may be accepted at most. */
  readonly wanted: number;
  readonly limit: number;
  readonly falseAccepts: number;
  readonly falseAcceptRate: Interval;
  readonly trueAccepts: number;
  /** Share of the genuine pairs that are accepted. */
  readonly trueAcceptRate: number;
  readonly trueAcceptRange: Interval;
}

export interface EqualError {
  readonly rate: number;
  readonly limit: number;
}

export function sortDistances(pairs: readonly PairDistance[]): SortedDistances {
  const ofKind = (same: boolean): Float64Array =>
    Float64Array.from(pairs.filter((pair) => pair.same === same).map(({ distance }) => distance)).sort();
  return { genuine: ofKind(true), impostor: ofKind(false) };
}

/** The widest limit that accepts no larger share of the impostors than wanted, and what it accepts. */
export function operatingPoint({ genuine, impostor }: SortedDistances, wanted: number): OperatingPoint {
  // The first impostor that must not be accepted.
  const limit = impostor[Math.floor(wanted * impostor.length)] ?? 0;
  const falseAccepts = countBelow(impostor, limit);
  const trueAccepts = countBelow(genuine, limit);
  return {
    wanted,
    limit,
    falseAccepts,
    falseAcceptRate: exactInterval(falseAccepts, impostor.length),
    trueAccepts,
    trueAcceptRate: trueAccepts / genuine.length,
    trueAcceptRange: exactInterval(trueAccepts, genuine.length),
  };
}

/** Where as large a share of impostors is accepted as of genuine pairs refused. */
export function equalErrorRate({ genuine, impostor }: SortedDistances): EqualError {
  let best: EqualError & { readonly gap: number } = { rate: 1, limit: 0, gap: Number.POSITIVE_INFINITY };
  for (const { limit, accepted, falselyAccepted } of steps({ genuine, impostor })) {
    const falseAccept = falselyAccepted / impostor.length;
    const falseReject = 1 - accepted / genuine.length;
    const gap = Math.abs(falseAccept - falseReject);
    if (gap < best.gap) best = { rate: (falseAccept + falseReject) / 2, limit, gap };
  }
  return { rate: best.rate, limit: best.limit };
}

/** The single limit with the most right answers, both kinds weighing the same; half-way to the next distance. */
export function bestLimit({ genuine, impostor }: SortedDistances): number {
  let best = { share: -1, limit: 0 };
  let awaitsNext = false;
  for (const { limit, accepted, falselyAccepted } of steps({ genuine, impostor })) {
    if (awaitsNext) best = { ...best, limit: Number.isFinite(limit) ? (best.limit + limit) / 2 : best.limit };
    const share = accepted / genuine.length - falselyAccepted / impostor.length;
    awaitsNext = share > best.share;
    if (awaitsNext) best = { share, limit };
  }
  return best.limit;
}

interface Step {
  readonly limit: number;
  /** Genuine pairs and impostors up to the limit. */
  readonly accepted: number;
  readonly falselyAccepted: number;
}

/** Every distance that occurs as a limit, ascending. */
function* steps({ genuine, impostor }: SortedDistances): Generator<Step> {
  let accepted = 0;
  let falselyAccepted = 0;
  while (accepted < genuine.length || falselyAccepted < impostor.length) {
    const limit = Math.min(genuine[accepted] ?? Infinity, impostor[falselyAccepted] ?? Infinity);
    while (accepted < genuine.length && genuine[accepted]! <= limit) accepted++;
    while (falselyAccepted < impostor.length && impostor[falselyAccepted]! <= limit) falselyAccepted++;
    yield { limit, accepted, falselyAccepted };
  }
}

/** How many of a sorted list lie below the limit, by bisection. */
export function countBelow(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
