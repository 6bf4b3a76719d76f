/** A measured distance and whether both pictures show the same person. */
export interface PairDistance {
  readonly distance: number;
  readonly same: boolean;
}

/** Share of genuine pairs accepted at the limit where the given share of impostors is accepted. */
export interface OperatingPoint {
  readonly falseAccepts: number;
  readonly accepted: number;
  readonly limit: number;
}

export interface AccuracySummary {
  readonly genuine: number;
  readonly impostor: number;
  /** Share of right answers at the best single limit, genuine and impostor pairs weighing the same. */
  readonly accuracy: number;
  readonly bestLimit: number;
  readonly equalErrorRate: number;
  readonly operatingPoints: readonly OperatingPoint[];
  /** Distance that the given share of genuine pairs stays within. */
  readonly genuineQuantiles: Readonly<Record<'0.5' | '0.9' | '0.95' | '0.99', number>>;
}

/** Accuracy figures of a list of labelled distances; both kinds of pair must occur. */
export function summarise(pairs: readonly PairDistance[]): AccuracySummary {
  const genuine = sortedDistances(pairs, true);
  const impostor = sortedDistances(pairs, false);
  if (genuine.length === 0 || impostor.length === 0) throw new Error('both genuine and impostor pairs are needed');
  const limits = [...genuine, ...impostor].sort(ascending);
  const best = limits.reduce((left, right) => (accuracyAt(right) > accuracyAt(left) ? right : left));
  const equal = limits.reduce((left, right) => (imbalanceAt(right) < imbalanceAt(left) ? right : left));
  return {
    genuine: genuine.length,
    impostor: impostor.length,
    accuracy: accuracyAt(best),
    bestLimit: best,
    equalErrorRate: (shareWithin(impostor, equal) + 1 - shareWithin(genuine, equal)) / 2,
    operatingPoints: [1e-2, 1e-3, 1e-4].map((falseAccepts) => operatingPoint(genuine, impostor, falseAccepts)),
    genuineQuantiles: {
      '0.5': quantile(genuine, 0.5),
      '0.9': quantile(genuine, 0.9),
      '0.95': quantile(genuine, 0.95),
      '0.99': quantile(genuine, 0.99),
    },
  };

  function accuracyAt(limit: number): number {
    return (shareWithin(genuine, limit) + 1 - shareWithin(impostor, limit)) / 2;
  }
  function imbalanceAt(limit: number): number {
    return Math.abs(shareWithin(impostor, limit) - (1 - shareWithin(genuine, limit)));
  }
}

function operatingPoint(genuine: readonly number[], impostor: readonly number[], falseAccepts: number): OperatingPoint {
  // The first impostor that must not be accepted; a distance equal to the limit is not accepted.
  const limit = impostor[Math.floor(falseAccepts * impostor.length)] ?? 0;
  const accepted = genuine.filter((distance) => distance < limit).length / genuine.length;
  return { falseAccepts, accepted, limit };
}

function sortedDistances(pairs: readonly PairDistance[], same: boolean): number[] {
  return pairs.flatMap((pair) => (pair.same === same ? [pair.distance] : [])).sort(ascending);
}

function ascending(left: number, right: number): number {
  return left - right;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** Share of a sorted list that is at most `limit`, by bisection. */
function shareWithin(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low / sorted.length;
}
