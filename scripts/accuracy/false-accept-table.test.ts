import { describe, expect, it } from 'vitest';
import { type CrossPairs, crossPairs } from './cross-pairs.ts';
import { falseAcceptTable } from './false-accept-table.ts';

const origin = { fingerprint: 'test', dataSets: ['invented'] };

/** Distances 0.2 to 0.8 by a rule without pattern for 60 people on either side. */
function manyPairs(): CrossPairs {
  const side = Array.from({ length: 60 }, (_, index) => ({
    person: `${index}`,
    descriptor: Float32Array.of(index),
  }));
  return crossPairs(
    side,
    side,
    ([left = 0], [right = 0]) => 0.2 + (0.6 * ((left * 37 + right * 101 + left * right) % 97)) / 97,
  );
}

describe('the table of false accepts', () => {
  const pairs = manyPairs();
  const table = falseAcceptTable(pairs, origin);

  it('counts every pair of two people and none of one', () => {
    expect(table).toMatchObject({ ...origin, people: 60, pairs: 60 * 59 });
  });

  it('holds the share that was seen between its bounds', () => {
    for (const { distance, atLeast, atMost } of table.rows) {
      const seen = pairs.distances.filter((value) => value < distance).length / pairs.distances.length;
      expect(atLeast).toBeLessThanOrEqual(seen);
      expect(atMost).toBeGreaterThanOrEqual(seen);
    }
  });

  it('bounds what was not seen by the rule of three or more', () => {
    expect(table.unseen.below).toBeCloseTo(Math.min(...pairs.distances), 3);
    expect(table.unseen.atMost).toBeGreaterThanOrEqual(8.47e-4);
  });

  it('bounds what was seen no tighter than what was not', () => {
    expect(table.rows[0]?.atMost).toBeGreaterThanOrEqual(table.unseen.atMost);
  });

  it('is the same for the same pairs', () => {
    expect(falseAcceptTable(pairs, origin)).toEqual(table);
  });
});
