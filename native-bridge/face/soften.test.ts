import { describe, expect, it } from 'vitest';
import { softened } from './soften.ts';

const grey = (width: number, height: number, levels: readonly number[]) => ({
  width,
  height,
  data: Uint8Array.from(levels.flatMap((level) => [level, level, level])),
});

describe('softening a picture', () => {
  it('spreads a point over its neighbours', () => {
    const point = grey(3, 3, [0, 0, 0, 0, 180, 0, 0, 0, 0]);
    expect(softened(point)).toEqual(grey(3, 3, [5, 20, 5, 20, 80, 20, 5, 20, 5]));
  });

  it('leaves an even picture as it is, up to its edges', () => {
    const even = grey(
      4,
      2,
      Array.from({ length: 8 }, () => 77),
    );
    expect(softened(even)).toEqual(even);
  });

  it('does not mix colours', () => {
    const row = { width: 2, height: 1, data: Uint8Array.from([60, 0, 0, 0, 0, 120]) };
    expect([...softened(row).data]).toEqual([50, 0, 20, 10, 0, 100]);
  });
});
