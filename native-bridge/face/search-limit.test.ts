import { describe, expect, it } from 'vitest';
import { searchFingerprint } from './photo-descriptor.ts';
import { pipelineFingerprint } from './pipeline-fingerprint.ts';
import { measuredSearchLimits, searchLimitFor } from './search-limit.ts';

describe('the limits of the search', () => {
  it('were measured with the pipeline that ships', () => {
    expect(measuredSearchLimits.fingerprint).toBe(searchFingerprint({ fingerprint: pipelineFingerprint }));
  });

  it.each([
    [0, 0.31],
    [300, 0.31],
    [301, 0.29],
    [10_000, 0.24],
    [100_000, 0.24],
  ])('among %i people ask for a distance of %f', (people, distance) => {
    expect(searchLimitFor(people, measuredSearchLimits)).toBe(distance);
  });

  it('find nobody where none was measured', () => {
    expect(searchLimitFor(10, { fingerprint: 'any', steps: [] })).toBe(0);
  });
});
