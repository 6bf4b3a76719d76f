import { describe, expect, it } from 'vitest';
import { bandOf, measuredLimits } from './bands.ts';
import { pipelineFingerprint } from './pipeline-fingerprint.ts';

describe('the measured limits', () => {
  it('belong to the pipeline as it is; measure again when this fails', () => {
    expect(measuredLimits.fingerprint).toBe(pipelineFingerprint);
  });

  it('leave room for a person to decide', () => {
    expect(measuredLimits.review - measuredLimits.match).toBeGreaterThan(0.1);
  });

  it('take a distance at a limit to the milder side', () => {
    const limits = { fingerprint: 'test', match: 0.3, review: 0.5 };
    const bands = [0.3, 0.31, 0.5, 0.51].map((distance) => bandOf(distance, limits));
    expect(bands).toEqual(['match', 'review', 'review', 'no-match']);
  });
});
