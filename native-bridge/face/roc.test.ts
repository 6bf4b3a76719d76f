import { describe, expect, it } from 'vitest';
import { summarise } from './roc.ts';

const same = (...distances: number[]) => distances.map((distance) => ({ distance, same: true }));
const different = (...distances: number[]) => distances.map((distance) => ({ distance, same: false }));

describe('accuracy figures', () => {
  it('are perfect for lists that do not overlap', () => {
    const summary = summarise([...same(0.1, 0.2), ...different(0.8, 0.9)]);
    expect(summary).toMatchObject({ genuine: 2, impostor: 2, accuracy: 1, equalErrorRate: 0 });
    expect(summary.bestLimit).toBe(0.2);
  });

  it('are those counted by hand for lists that overlap', () => {
    // At 0.4 three of four genuine and one of four impostors are accepted.
    const summary = summarise([...same(0.1, 0.2, 0.4, 0.6), ...different(0.3, 0.7, 0.8, 0.9)]);
    expect(summary.accuracy).toBe(0.875);
    expect(summary.equalErrorRate).toBe(0.25);
    expect(summary.operatingPoints[0]).toEqual({ falseAccepts: 0.01, accepted: 0.5, limit: 0.3 });
    expect(summary.genuineQuantiles['0.5']).toBe(0.4);
  });

  it('need both kinds of pair', () => {
    expect(() => summarise(same(0.1))).toThrow('both');
  });
});
