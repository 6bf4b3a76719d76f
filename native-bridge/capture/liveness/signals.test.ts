import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../../face/types.ts';
import { testFace } from '../test-face.ts';
import { patternOf } from './pattern.ts';
import { hintsOf, watchSignals } from './signals.ts';

const edge = 200;

/** A grey square whose brightness at a place is given; noise with a fixed seed lies over it. */
function square(light: (x: number, y: number) => number, seed = 1): RgbImage {
  let state = seed;
  const data = new Uint8Array(edge * edge * 3);
  for (let pixel = 0; pixel < edge * edge; pixel++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const value = light(pixel % edge, Math.floor(pixel / edge)) + ((state >> 16) % 7) - 3;
    data.fill(Math.min(255, Math.max(0, value)), 3 * pixel, 3 * pixel + 3);
  }
  return { width: edge, height: edge, data };
}

const whole = { x: 0, y: 0, width: edge, height: edge };
const skin = (x: number, y: number) => 150 + 40 * Math.sin(x / 31) * Math.cos(y / 43);
/** The grid of a screen where it beats against that of the camera: a wave of a few pixels. */
const filmedOff = (x: number, y: number) => skin(x, y) + 7 * Math.sin((2 * Math.PI * x) / 5.1);

describe('a fine regular pattern', () => {
  it('stands out where there is one, in either direction, and does not in skin and noise', () => {
    expect(patternOf(square(skin), whole)).toBeLessThan(3);
    expect(patternOf(square(filmedOff), whole)).toBeGreaterThan(8);
    expect(
      patternOf(
        square((x, y) => filmedOff(y, x)),
        whole,
      ),
    ).toBeGreaterThan(8);
  });

  it('is not looked for in a face that is too small or cut off', () => {
    expect(patternOf(square(filmedOff), { x: -80, y: 0, width: 100, height: 100 })).toBe(0);
  });
});

describe('what the pictures say by themselves', () => {
  it('counts the longest run of equal frames', () => {
    const signals = watchSignals();
    const [one, other] = [square(skin, 1), square(skin, 2)];
    for (const image of [one, other, other, other, one, one]) signals.look(image);
    expect(signals.summary()).toMatchObject({ frames: 6, identicalFrames: 3, hints: ['identical-frames'] });
  });

  it('finds nothing in frames that differ by noise only', () => {
    const signals = watchSignals();
    for (let seed = 1; seed < 8; seed++) signals.look(square(skin, seed));
    expect(signals.summary()).toEqual({ frames: 7, identicalFrames: 1, hints: [] });
  });

  it('takes the median of the frames that were looked at closer', () => {
    const signals = watchSignals();
    const face = testFace();
    for (const antispoof of [0.1, 0.9, 0.8]) signals.lookCloser(square(skin), face, { antispoof });
    expect(signals.summary()).toMatchObject({ antispoof: 0.8 });
    expect(signals.summary().liveness).toBeUndefined();
  });

  it('hints at low scores only where both nets agree', () => {
    const measured = { frames: 10, identicalFrames: 1 };
    expect(hintsOf({ ...measured, antispoof: 0.1, liveness: 0.9 })).toEqual([]);
    expect(hintsOf({ ...measured, antispoof: 0.1, liveness: 0.1 })).toEqual(['low-scores']);
    expect(hintsOf({ ...measured, pattern: 8 })).toEqual(['screen-pattern']);
  });
});
