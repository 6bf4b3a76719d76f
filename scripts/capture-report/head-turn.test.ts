import { describe, expect, it } from 'vitest';
import { testFace } from '../../native-bridge/capture/test-face.ts';
import { paintPicture } from '../../native-bridge/capture/test-picture.ts';
import type { RgbImage } from '../../native-bridge/face/types.ts';
import { headTurned } from './head-turn.ts';

const [width, height] = [321, 240];
const face = testFace({ at: { x: width / 2, y: 110 }, eyeDistance: 60 });
/** A dark upright line in the middle of the face, at the height of the eyes only, in a picture that differs everywhere. */
const picture = paintPicture(width, height, (x, y) => (x === 160 && y < 115 ? 0 : 120 + ((x * 13 + y * 7) % 60)));

const mirrored = ({ data }: RgbImage): RgbImage =>
  paintPicture(width, height, (x, y) => {
    const at = (y * width + width - 1 - x) * 3;
    return [data[at]!, data[at + 1]!, data[at + 2]!];
  });

function darkestColumn({ data }: RgbImage, y: number): number {
  const row = Array.from({ length: width }, (_, x) => data[(y * width + x) * 3]!);
  return row.indexOf(Math.min(...row));
}

describe('a head turned for the report', () => {
  it('shows its middle further to the side to which it is turned, the further the more it is turned', () => {
    const places = [-30, -15, 0, 15, 30].map((degrees) => darkestColumn(headTurned(picture, face, degrees), 100));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(places).size).toBe(5);
    expect(places[2]).toBe(160);
  });

  it('is turned to one side as to the other', () => {
    const left = headTurned(picture, face, 25);
    const right = mirrored(headTurned(mirrored(picture), face, -25));
    expect(left.data.every((level, index) => Math.abs(level - right.data[index]!) <= 1)).toBe(true);
  });

  it('leaves the picture beside the head alone', () => {
    const { data } = headTurned(picture, face, 25);
    expect(data.slice(0, 60)).toEqual(picture.data.slice(0, 60));
  });
});
