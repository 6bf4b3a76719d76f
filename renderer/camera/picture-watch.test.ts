import { describe, expect, it } from 'vitest';
import { measured, PictureWatch, sampleOf } from './picture-watch.ts';

const looks = (samples: readonly (readonly [brightest: number, mark: number])[]) => {
  const watch = new PictureWatch();
  return samples.map(([brightest, mark]) => watch.look({ brightest, mark }));
};

describe('a picture that is looked at now and then', () => {
  it('is good while it changes, however little', () => {
    expect(looks(Array.from({ length: 20 }, (_, index) => [200, index % 2])).every((state) => state === 'good')).toBe(
      true,
    );
  });

  it('is black when it stays so, and good again at once', () => {
    expect(
      looks([
        [10, 1],
        [12, 2],
        [9, 3],
        [10, 4],
        [180, 5],
      ]),
    ).toEqual(['good', 'good', 'black', 'black', 'good']);
  });

  it('stands still when it stays the same, and moves again at once', () => {
    const states = looks([...Array.from({ length: 8 }, () => [200, 7] as const), [200, 8]]);
    expect(states.slice(0, 6).every((state) => state === 'good')).toBe(true);
    expect(states.slice(6)).toEqual(['frozen', 'frozen', 'good']);
  });
});

describe('what is looked at', () => {
  const pixels = (...values: readonly number[]) => new Uint8ClampedArray(values);

  it('tells pictures apart by any one value, and takes no account of opacity', () => {
    const { mark, brightest } = measured(pixels(10, 20, 30, 255, 40, 50, 60, 255));
    expect(brightest).toBe(60);
    expect(measured(pixels(10, 20, 30, 255, 40, 50, 61, 255)).mark).not.toBe(mark);
    expect(measured(pixels(10, 20, 30, 0, 40, 50, 60, 255)).mark).toBe(mark);
  });

  it('are single pixels from all over the picture', () => {
    const [width, height] = [128, 72];
    const picture = { width, height, data: new Uint8ClampedArray(4 * width * height), colorSpace: 'srgb' } as ImageData;
    const before = sampleOf(picture);
    // Each second pixel of each second row is looked at.
    picture.data[4 * (71 * width + 127)] = 90;
    expect(sampleOf(picture)).toMatchObject({ brightest: 90 });
    expect(sampleOf(picture).mark).not.toBe(before.mark);
    picture.data[4 * (71 * width + 127)] = 0;
    picture.data[4 * (70 * width + 126)] = 90;
    expect(sampleOf(picture)).toEqual(before);
  });
});
