import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { decodePracticePortrait, encodePracticePortrait } from './practice-portrait.ts';

/** A photograph that ships with a development dependency; the face is that of the middle person. */
const PHOTOGRAPH = join(import.meta.dirname, '../../node_modules/@vladmandic/face-api/demo/sample1.jpg');
const FACE = { left: 766, top: 320, width: 332, height: 408 };

async function greyPixels(picture: Uint8Array): Promise<Buffer> {
  return sharp(picture).resize(102, 126, { fit: 'cover' }).greyscale().raw().toBuffer();
}

it('a photographed face keeps its detail', async () => {
  const face = await sharp(PHOTOGRAPH).extract(FACE).jpeg({ quality: 95 }).toBuffer();
  const result = await decodePracticePortrait(await encodePracticePortrait(face));
  if (result.kind !== 'portrait') throw new Error(`not a portrait: ${result.kind}`);
  const [before, after] = [await greyPixels(face), await greyPixels(result.png)];
  const squares = before.reduce((sum, value, index) => sum + (value - (after[index] ?? 0)) ** 2, 0);
  const decibels = 10 * Math.log10((255 * 255 * before.length) / squares);
  // WebP of the same size reaches 33 dB on this face; below that the coder would not be worth its boxes.
  expect(decibels).toBeGreaterThan(34);
});
