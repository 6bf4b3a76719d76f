import { describe, expect, it } from 'vitest';
import { middlePart } from './frame.ts';

describe('middlePart', () => {
  it('is the whole picture for its own proportions', () => {
    expect(middlePart({ width: 1280, height: 720 }, { width: 16, height: 9 })).toEqual({
      x: 0,
      y: 0,
      width: 1280,
      height: 720,
    });
  });

  it('keeps the height of a wide picture for a portrait', () => {
    const part = middlePart({ width: 1280, height: 720 }, { width: 102, height: 126 });
    expect(part).toEqual({ x: 349, y: 0, width: 583, height: 720 });
  });

  it('keeps the width of a tall picture', () => {
    expect(middlePart({ width: 200, height: 400 }, { width: 1, height: 1 })).toEqual({
      x: 0,
      y: 100,
      width: 200,
      height: 200,
    });
  });
});
