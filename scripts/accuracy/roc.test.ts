import { describe, expect, it } from 'vitest';
import { bestLimit, equalErrorRate, operatingPoint, sortDistances } from './roc.ts';

const same = (...distances: number[]) => distances.map((distance) => ({ distance, same: true }));
const different = (...distances: number[]) => distances.map((distance) => ({ distance, same: false }));

describe('accuracy figures', () => {
  it('are perfect for lists that do not overlap', () => {
    const sorted = sortDistances([...same(0.2, 0.1), ...different(0.8, 0.9)]);
    expect(equalErrorRate(sorted)).toEqual({ rate: 0, limit: 0.2 });
    expect(bestLimit(sorted)).toBe(0.5);
    expect(operatingPoint(sorted, 1e-2)).toMatchObject({ limit: 0.8, falseAccepts: 0, trueAcceptRate: 1 });
  });

  it('are those counted by hand for lists that overlap', () => {
    // Up to 0.4 three of four genuine and one of four impostors are accepted.
    const sorted = sortDistances([...same(0.1, 0.2, 0.4, 0.6), ...different(0.3, 0.7, 0.8, 0.9)]);
    expect(bestLimit(sorted)).toBeCloseTo(0.65);
    expect(equalErrorRate(sorted)).toEqual({ rate: 0.25, limit: 0.4 });
    expect(operatingPoint(sorted, 0.01)).toMatchObject({ limit: 0.3, falseAccepts: 0, trueAccepts: 2 });
    expect(operatingPoint(sorted, 0.25)).toMatchObject({ limit: 0.7, falseAccepts: 1, trueAccepts: 4 });
  });

  it('claim no smaller share of false accepts than the impostors can show', () => {
    const point = operatingPoint(sortDistances([...same(0.1), ...different(0.5, 0.6, 0.7)]), 1e-3);
    expect(point.falseAcceptRate).toEqual({ low: 0, high: 1 });
  });

  it('count a genuine pair that could not be compared as refused', () => {
    const sorted = sortDistances([...same(0.1, Infinity), ...different(0.5, 0.6)]);
    expect(operatingPoint(sorted, 1e-2).trueAcceptRate).toBe(0.5);
    expect(bestLimit(sorted)).toBeCloseTo(0.3);
  });
});
