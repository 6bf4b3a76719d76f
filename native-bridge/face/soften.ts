import type { RgbImage } from './types.ts';

/** Names the softening of card photos; part of what a limit of distance is measured for. */
export const softeningName = 'card-softened';

/**
 * Softens a picture by the weights 1, 4, 1 along rows and columns (a Gaussian of 0.6 pixels). The kilobyte of a card
 * photo leaves steps and ripples that enlarging would turn into features of the face; what they cost in accuracy is in
 * docs/accuracy.md.
 */
export function softened({ width, height, data }: RgbImage): RgbImage {
  const line = 3 * width;
  const alongRows = new Float32Array(data.length);
  for (let start = 0; start < data.length; start += line) {
    const end = start + line;
    for (let index = start; index < end; index++) {
      const left = data[index < start + 3 ? index : index - 3]!;
      const right = data[index >= end - 3 ? index : index + 3]!;
      alongRows[index] = (left + 4 * data[index]! + right) / 6;
    }
  }
  const result = new Uint8Array(data.length);
  for (let index = 0; index < data.length; index++) {
    const above = alongRows[index < line ? index : index - line]!;
    const below = alongRows[index >= data.length - line ? index : index + line]!;
    result[index] = (above + 4 * alongRows[index]! + below) / 6 + 0.5;
  }
  return { width, height, data: result };
}
