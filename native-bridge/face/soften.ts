import type { RgbImage } from './types.ts';

/** Names the softening of card photos; part of what a limit of distance is measured for. */
export const softeningName = 'card-softened';

/**
 * Softens a picture by the weights 1, 4, 1 along rows and columns (a Gaussian of 0.6 pixels). The kilobyte of a card
 * photo leaves steps and ripples that enlarging would turn into features of the face; what they cost in accuracy is in
 * docs/accuracy.md.
 */
export function softened({ width, height, data }: RgbImage): RgbImage {
  const alongRows = new Float32Array(data.length);
  const result = new Uint8Array(data.length);
  const line = 3 * width;
  for (let index = 0; index < data.length; index++) {
    const column = index % line;
    const left = column < 3 ? index : index - 3;
    const right = column >= line - 3 ? index : index + 3;
    alongRows[index] = (data[left]! + 4 * data[index]! + data[right]!) / 6;
  }
  for (let index = 0; index < data.length; index++) {
    const above = index < line ? index : index - line;
    const below = index >= (height - 1) * line ? index : index + line;
    result[index] = Math.round((alongRows[above]! + 4 * alongRows[index]! + alongRows[below]!) / 6);
  }
  return { width, height, data: result };
}
