import { describe, expect, it } from 'vitest';
import { resample } from './resample.ts';
import { paintPicture } from './test-picture.ts';

const plan = { centre: { x: 150, y: 100 }, width: 120, height: 80, angle: 0, eye: { x: 0.5, y: 0.5 } };
const ramp = paintPicture(300, 200, (x, y) => [(x * 200) / 300 + 20, (y * 200) / 200 + 20, 77]);

/** The ramp's colour at a point of the frame; pixel centres lie at halves. */
const rampAt = (x: number, y: number): number[] => [((x - 0.5) * 200) / 300 + 20, y - 0.5 + 20, 77];

describe('resampling', () => {
  it('returns the very pixels when neither turned nor scaled', () => {
    const { data } = resample(ramp, plan, 120, 80);
    const expected = Array.from({ length: 120 * 80 }, (_, index) => {
      const at = ((60 + Math.floor(index / 120)) * 300 + 90 + (index % 120)) * 3;
      return [...ramp.data.subarray(at, at + 3)];
    });
    expect([...data]).toEqual(expected.flat());
  });

  it.each([
    [0, 60],
    [8, 60],
    [-8, 120],
    [30, 90],
    [8, 200],
  ])('turned by %d degrees to %d pixels, every colour comes from its own place', (angle, width) => {
    const height = (width * 2) / 3;
    const { data } = resample(ramp, { ...plan, angle }, width, height);
    const turn = (angle * Math.PI) / 180;
    for (let index = 0; index < width * height; index += 1) {
      const dx = (((index % width) + 0.5) / width - 0.5) * 120;
      const dy = ((Math.floor(index / width) + 0.5) / height - 0.5) * 80;
      const x = 150 + dx * Math.cos(turn) - dy * Math.sin(turn);
      const y = 100 + dx * Math.sin(turn) + dy * Math.cos(turn);
      rampAt(x, y).forEach((level, channel) => {
        if (Math.abs(data[index * 3 + channel]! - level) > 1.6) expect(data[index * 3 + channel]).toBeCloseTo(level, 0);
      });
    }
  });

  it('does not alias: fine stripes become even grey when the picture gets smaller', () => {
    const stripes = paintPicture(300, 200, (x) => (x % 2 === 0 ? 0 : 255));
    const { data } = resample(stripes, plan, 40, 27);
    expect(Math.max(...data) - Math.min(...data)).toBeLessThan(12);
  });

  it('repeats the edge outside of the frame', () => {
    const half = paintPicture(300, 200, (x) => (x < 4 ? 200 : 50));
    const { data } = resample(half, { ...plan, centre: { x: 30, y: 100 } }, 120, 80);
    expect([data[0], data[3 * 119]]).toEqual([200, 50]);
  });
});
