import { describe, expect, it } from 'vitest';
import { asBitmap, bitmapAround, bitmapBytes, cardPicturePixels, rawPictureBytes } from './bitmap.ts';

const usual = { swapColours: false, flip: false };

/** Rows from the bottom up, blue first: blue tells the column, green the row. */
const raw = Uint8Array.from({ length: rawPictureBytes }, (_, at) => {
  const [row, column] = [Math.floor(at / 306), Math.floor((at % 306) / 3)];
  return [column, row, 9][at % 3] ?? 0;
});

describe('a card picture', () => {
  it('has the sizes of the makers’ documents', () => {
    expect([rawPictureBytes, bitmapBytes]).toEqual([38_556, 38_862]);
    expect(bitmapAround(raw)).toHaveLength(38_862);
  });

  it('begins at its upper left corner with red, green, blue', () => {
    const pixels = cardPicturePixels(bitmapAround(raw), usual);
    expect(pixels?.subarray(0, 6)).toEqual(Uint8Array.of(9, 125, 0, 9, 125, 1));
    expect(pixels?.subarray(-3)).toEqual(Uint8Array.of(9, 0, 101));
  });

  it('with a negative height has its upper row first', () => {
    const bitmap = Buffer.from(bitmapAround(raw));
    bitmap.writeInt32LE(-126, 22);
    expect(cardPicturePixels(bitmap, usual)?.subarray(0, 3)).toEqual(Uint8Array.of(9, 0, 0));
  });

  it('is recognised in a buffer with and without a head', () => {
    const buffer = new Uint8Array(bitmapBytes);
    buffer.set(raw);
    expect(asBitmap(buffer)).toEqual(bitmapAround(raw));
    expect(asBitmap(raw)).toEqual(bitmapAround(raw));
    expect(asBitmap(bitmapAround(raw))).toEqual(bitmapAround(raw));
  });

  it.each([
    ['mark', 0, 0x43],
    ['width', 18, 101],
    ['height', 22, 125],
    ['bits', 28, 32],
    ['offset of the rows', 10, 55],
  ])('is refused with a wrong %s', (_what, at, value) => {
    const bitmap = bitmapAround(raw);
    bitmap[at] = value;
    expect(cardPicturePixels(bitmap, usual)).toBeUndefined();
  });

  it('is refused with a wrong size or in one flat colour', () => {
    expect(cardPicturePixels(bitmapAround(raw).subarray(1), usual)).toBeUndefined();
    expect(cardPicturePixels(new Uint8Array(0), usual)).toBeUndefined();
    expect(cardPicturePixels(bitmapAround(new Uint8Array(rawPictureBytes).fill(200)), usual)).toBeUndefined();
  });
});
