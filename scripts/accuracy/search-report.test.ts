import { describe, expect, it } from 'vitest';
import { per100, searchFigures, searchReport } from './search-report.ts';

describe('what a search among many would find', () => {
  it('grows with the number of strangers as independent chances do', () => {
    expect(per100(1e-6, 10_000)).toBeCloseTo(0.995, 3);
    expect(per100(0.5, 2)).toBeCloseTo(75);
    expect(per100(0, 100_000)).toBe(0);
  });

  it('counts strangers within the limit and people beyond it', () => {
    const strangers = Float64Array.from({ length: 100_000 }, (_, index) => 0.25 + index / 100_000);
    const genuine = Float64Array.of(0.1, 0.2, 0.3, Number.POSITIVE_INFINITY);
    const figures = searchFigures(genuine, strangers, 0.251);
    expect(figures).toMatchObject({ falseFindings: 100, missed: 0.5 });
    expect(figures.falsePer100[0]?.expected).toBeCloseTo(per100(0.001, 300));
    expect(figures.shareAtMost).toBeGreaterThan(0.001);
  });

  it('gives only a bound where no stranger was as close', () => {
    const { falsePer100, shareAtMost } = searchFigures(Float64Array.of(0.1), new Float64Array(70_000).fill(0.5), 0.3);
    // The rule of three, seven pairs weighing as one.
    expect(shareAtMost).toBeCloseTo(3e-4);
    expect(falsePer100.every(({ expected, atMost }) => expected === 0 && atMost > 0)).toBe(true);
  });

  it('is told in one line for each limit', () => {
    const cross = { distances: Float64Array.of(0.5), firstPeople: Uint32Array.of(0), secondPeople: Uint32Array.of(1) };
    const lines = searchReport({
      distances: [{ distance: 0.27, same: true }],
      pictures: 2,
      notDetected: [],
      notCompared: 0,
      cross: { ...cross, people: 2 },
    });
    expect(lines.find((line) => line.startsWith('  0.27'))).toContain('missed 100.0 %');
    expect(lines.find((line) => line.startsWith('  0.28'))).toContain('missed 0.0 %');
  });
});
