import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySimilarity, fitSimilarity, invertSimilarity } from './similarity.ts';
import { regionToPicture } from './square-region.ts';

const number = fc.double({ min: -500, max: 500, noNaN: true });
const similarity = fc
  .record({ a: number, b: number, dx: number, dy: number })
  .filter(({ a, b }) => Math.hypot(a, b) > 0.1);
const corners = [
  { x: 0, y: 0 },
  { x: 3, y: 1 },
  { x: -2, y: 5 },
];

describe('similarity', () => {
  it('is recovered from the points it moved', () => {
    fc.assert(
      fc.property(similarity, (given) => {
        const fitted = fitSimilarity(
          corners,
          corners.map((point) => applySimilarity(given, point)),
        );
        for (const key of ['a', 'b', 'dx', 'dy'] as const) expect(fitted[key]).toBeCloseTo(given[key], 6);
      }),
    );
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(similarity, (given) => {
        const back = applySimilarity(invertSimilarity(given), applySimilarity(given, { x: 7, y: -4 }));
        expect(back.x).toBeCloseTo(7, 4);
        expect(back.y).toBeCloseTo(-4, 4);
      }),
    );
  });

  it('places a region so that its middle is its centre and its upper edge lies turned clockwise', () => {
    const region = { centreX: 100, centreY: 50, size: 40, angle: Math.PI / 2 };
    const toPicture = regionToPicture(region, 10);
    const middle = applySimilarity(toPicture, { x: 5, y: 5 });
    expect(middle.x).toBeCloseTo(100);
    expect(middle.y).toBeCloseTo(50);
    const upperMiddle = applySimilarity(toPicture, { x: 5, y: 0 });
    expect(upperMiddle.x).toBeCloseTo(120);
    expect(upperMiddle.y).toBeCloseTo(50);
  });
});
