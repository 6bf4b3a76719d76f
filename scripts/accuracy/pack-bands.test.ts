import { describe, expect, it } from 'vitest';
import type { Measurement } from './measure.ts';
import { bandsForManifest } from './pack-bands.ts';

function measurement(crossed: Float64Array | undefined): Measurement {
  const genuine = Array.from({ length: 500 }, (_, index) => ({ distance: 0.5 + index / 1000, same: true }));
  return {
    distances: [...genuine, { distance: Number.POSITIVE_INFINITY, same: true }, { distance: 1.2, same: false }],
    pictures: 0,
    notDetected: [],
    notCompared: 1,
    cross: crossed && {
      distances: crossed,
      firstPeople: new Uint32Array(crossed.length),
      secondPeople: new Uint32Array(crossed.length),
      people: 2,
    },
  };
}

const bandsIn = (lines: readonly string[]): unknown => JSON.parse(lines.at(-1)?.replace('  "bands": ', '') ?? '');

describe('limits for a manifest', () => {
  const strangers = Float64Array.from({ length: 20_000 }, (_, index) => 0.6 + index / 20_000);

  it('let at most one in ten thousand strangers match and all but two in a thousand people be looked at', () => {
    const bands = bandsIn(bandsForManifest(measurement(strangers), 'euclidean', 'name'));
    expect(bands).toEqual({ fingerprint: 'name', match: 0.6001, review: 0.998 });
  });

  it('are told in the terms of the metric', () => {
    const bands = bandsIn(bandsForManifest(measurement(strangers), 'cosine', 'name')) as { match: number };
    expect(bands.match).toBeCloseTo(1 - 0.6001 ** 2 / 2, 4);
  });

  it('say where only the listed strangers were looked at', () => {
    expect(bandsForManifest(measurement(undefined), 'euclidean', 'name')[0]).toContain('of those listed only');
  });
});
