import { describe, expect, it } from 'vitest';
import { crossValidatedAccuracy } from './folds.ts';
import type { PairDistance } from './roc.ts';

const pairs = (same: boolean, ...distances: number[]): PairDistance[] =>
  distances.map((distance) => ({ distance, same }));

describe('cross-validated accuracy', () => {
  it('takes ten equal blocks of the file as its folds', () => {
    const block = [...pairs(true, 0.2, 0.3), ...pairs(false, 0.7, 0.8)];
    const result = crossValidatedAccuracy(Array.from({ length: 10 }, () => block).flat());
    expect(result).toMatchObject({ accuracy: 1, folds: 10, division: 'blocks', standardError: 0 });
    expect(result?.limits).toEqual({ low: 0.5, high: 0.5 });
  });

  it('deals pairs that are sorted by kind', () => {
    const close = Array.from({ length: 30 }, (_, index) => 0.1 + index / 100);
    const far = Array.from({ length: 30 }, (_, index) => 0.6 + index / 100);
    const result = crossValidatedAccuracy([...pairs(true, ...close), ...pairs(false, ...far)]);
    expect(result).toMatchObject({ accuracy: 1, folds: 10, division: 'dealt' });
  });

  it('judges a fold by a limit that the fold had no say in', () => {
    // Each fold alone would be right with a limit of its own; the other fold's limit is wrong for one of its pairs.
    const result = crossValidatedAccuracy([...pairs(true, 0.1, 0.5), ...pairs(false, 0.3, 0.7)]);
    expect(result).toMatchObject({ accuracy: 0.5, folds: 2, limits: { low: 0.2 } });
    expect(result?.limits.high).toBeCloseTo(0.6);
  });

  it('is not given for a single pair of a kind', () => {
    expect(crossValidatedAccuracy([...pairs(true, 0.1), ...pairs(false, 0.8, 0.9)])).toBeUndefined();
  });
});
