import { exactInterval, type Interval } from './interval.ts';
import { bestLimit, type PairDistance, sortDistances } from './roc.ts';

const wantedFolds = 10;

export interface CrossValidatedAccuracy {
  /** Share of right answers at limits that were chosen on the other folds. */
  readonly accuracy: number;
  readonly range: Interval;
  /** Standard error over the folds. */
  readonly standardError: number;
  readonly folds: number;
  /** `blocks`: as the file has them one behind the other; `dealt`: each kind of pair cut up by its position. */
  readonly division: 'blocks' | 'dealt';
  /** Smallest and largest limit that was chosen. */
  readonly limits: Interval;
}

/**
 * Accuracy by cross-validation. Ten blocks of the file are used as they are where each holds as many pairs of either
 * kind as the others (the layout of Labeled Faces in the Wild), else both kinds are dealt to the folds by position.
 * Returns `undefined` when there are too few pairs for two folds.
 */
export function crossValidatedAccuracy(pairs: readonly PairDistance[]): CrossValidatedAccuracy | undefined {
  const blocks = blocksOf(pairs);
  const folds = blocks ?? dealt(pairs);
  if (folds.length < 2) return undefined;
  const results = folds.map((fold) => resultOf(fold, folds.filter((other) => other !== fold).flat()));
  const right = results.reduce((sum, result) => sum + result.right, 0);
  const limits = results.map((result) => result.limit);
  return {
    accuracy: right / pairs.length,
    range: exactInterval(right, pairs.length),
    standardError: standardError(results.map((result, index) => result.right / (folds[index]?.length ?? 1))),
    folds: folds.length,
    division: blocks ? 'blocks' : 'dealt',
    limits: { low: Math.min(...limits), high: Math.max(...limits) },
  };
}

function resultOf(fold: readonly PairDistance[], others: readonly PairDistance[]): { right: number; limit: number } {
  const limit = bestLimit(sortDistances(others));
  return { right: fold.filter(({ distance, same }) => distance < limit === same).length, limit };
}

function blocksOf(pairs: readonly PairDistance[]): PairDistance[][] | undefined {
  if (pairs.length % wantedFolds !== 0) return undefined;
  const folds = cut(pairs, wantedFolds);
  const genuine = folds.map((fold) => fold.filter((pair) => pair.same).length);
  const [first = 0] = genuine;
  const isEven = first > 0 && first < (folds[0]?.length ?? 0) && genuine.every((count) => count === first);
  return isEven ? folds : undefined;
}

function dealt(pairs: readonly PairDistance[]): PairDistance[][] {
  const kinds = [true, false].map((same) => pairs.filter((pair) => pair.same === same));
  const count = Math.min(wantedFolds, ...kinds.map((kind) => kind.length));
  const [genuine = [], impostor = []] = kinds.map((kind) => cut(kind, count));
  return genuine.map((fold, index) => [...fold, ...(impostor[index] ?? [])]);
}

/** Parts of a list one behind the other, as equal in length as can be. */
function cut(pairs: readonly PairDistance[], count: number): PairDistance[][] {
  const start = (index: number): number => Math.floor((index * pairs.length) / count);
  return Array.from({ length: count }, (_, index) => pairs.slice(start(index), start(index + 1)));
}

function standardError(shares: readonly number[]): number {
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const squares = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0);
  return Math.sqrt(squares / (shares.length - 1) / shares.length);
}
