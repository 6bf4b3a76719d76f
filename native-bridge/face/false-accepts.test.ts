import { describe, expect, it } from 'vitest';
import { measuredLimits } from './bands.ts';
import { falseAcceptRange, type FalseAcceptTable, measuredFalseAccepts } from './false-accepts.ts';
import { pipelineFingerprint } from './pipeline-fingerprint.ts';

const table: FalseAcceptTable = {
  fingerprint: 'test',
  dataSets: ['invented'],
  people: 100,
  pairs: 9900,
  unseen: { below: 0.25, atMost: 0.0003 },
  rows: [
    { distance: 0.3, atLeast: 0.001, atMost: 0.003 },
    { distance: 0.4, atLeast: 0.01, atMost: 0.02 },
  ],
};

describe('the range of false accepts', () => {
  it.each([
    [0.3, { atLeast: 0.001, atMost: 0.003 }],
    [0.35, { atLeast: 0.001, atMost: 0.02 }],
    [0.27, { atMost: 0.003 }],
    [0.9, { atLeast: 0.01, atMost: 1 }],
  ])('at %f holds whatever the rate between the rows is', (distance, range) => {
    expect(falseAcceptRange(distance, 'test', table)).toEqual(range);
  });

  it('is an upper bound, not nought, where no stranger was as close', () => {
    expect(falseAcceptRange(0.1, 'test', table)).toEqual({ atMost: 0.0003 });
  });

  it('is refused for another pipeline', () => {
    expect(falseAcceptRange(0.3, 'another', table)).toBeUndefined();
  });
});

describe('the measured table', () => {
  it('belongs to the pipeline as it is; measure again when this fails', () => {
    expect(measuredFalseAccepts.fingerprint).toBe(pipelineFingerprint);
  });

  it('rises with the distance and never claims less than it saw', () => {
    const { rows, unseen } = measuredFalseAccepts;
    for (const [index, row] of rows.entries()) {
      expect(row.atLeast).toBeLessThan(row.atMost);
      const before = rows[index - 1];
      if (!before) continue;
      expect(row.distance).toBeGreaterThan(before.distance);
      expect(row.atLeast).toBeGreaterThanOrEqual(before.atLeast);
      expect(row.atMost).toBeGreaterThanOrEqual(before.atMost);
    }
    expect(unseen.atMost).toBeLessThanOrEqual(rows[0]?.atMost ?? 0);
    expect(unseen.atMost).toBeGreaterThan(3 / measuredFalseAccepts.pairs - 1e-9);
  });

  it('keeps a match under one stranger in a thousand', () => {
    expect(falseAcceptRange(measuredLimits.match, pipelineFingerprint)?.atMost).toBeLessThan(1e-3);
  });
});
