import { describe, expect, it } from 'vitest';
import { fuzzReader, measureHeavyStreams } from './reader-fuzz.ts';
import { streamKinds } from './reader-streams.ts';

describe('random bytes to the parser of the readers’ protocol', () => {
  it.each([1, 467, 20_260_101])('from seed %i break no promise', (seed) => {
    const result = fuzzReader(seed, 3000);
    expect(result.worstHeldBytes).toBeLessThanOrEqual(8192);
    expect([result.found, result.refused]).toEqual([750, 188]);
    expect(result.answers).toBeGreaterThan(result.found);
    expect(streamKinds.filter((kind) => result.kinds[kind] === 0)).toEqual([]);
  });

  it('are the same for the same seed', () => {
    const [one, other] = [fuzzReader(5, 500), fuzzReader(5, 500)];
    expect({ ...one, megabytesPerSecond: 0 }).toEqual({ ...other, megabytesPerSecond: 0 });
  });

  it('are measured on every kind of heavy stream', () => {
    const figures = Object.values(measureHeavyStreams(100_000, 1));
    expect(figures).toHaveLength(5);
    expect(Math.min(...figures)).toBeGreaterThan(0);
  });
});
