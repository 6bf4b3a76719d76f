import { describe, expect, it } from 'vitest';
import { exactInterval } from './interval.ts';

describe('the exact range of a share', () => {
  // R 4.3: binom.test(count, trials)$conf.int
  it.each([
    [1, 10, 0.002529, 0.445016],
    [5, 10, 0.187086, 0.812914],
    [594, 600, 0.978359, 0.99632],
  ])('of %i in %i is from %f to %f', (count, trials, low, high) => {
    const interval = exactInterval(count, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('is as narrow as the normal approximation for large numbers', () => {
    const { low, high } = exactInterval(500_000, 1_000_000);
    expect(low).toBeCloseTo(0.5 - 1.96 * 0.0005, 5);
    expect(high).toBeCloseTo(0.5 + 1.96 * 0.0005, 5);
  });

  it('follows the rule of three where nothing or everything was seen', () => {
    expect(exactInterval(0, 600)).toEqual({ low: 0, high: 0.005 });
    expect(exactInterval(600, 600)).toEqual({ low: 0.995, high: 1 });
    expect(exactInterval(0, 2)).toEqual({ low: 0, high: 1 });
  });

  it('says nothing without trials', () => {
    expect(exactInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});
