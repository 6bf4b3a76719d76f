import type { Detection } from './detection.ts';
import type { Rgb } from './resample.ts';
import type { RgbImage } from './types.ts';

/**
 * Where GA 461 puts the face in the 358 × 441 frame of an identity-card photo, as parts of the frame: the face is 207
 * wide and centred, the eyes at most 234 from the top. The eye and chin heights within these limits are the usual ones.
 */
const faceWidth = 207 / 358;
const eyeHeight = 0.5;
const eyeDistance = 0.44 * faceWidth;

/** The face as GA 461 says it must lie, for a card photo in which the detector finds none. */
export function nominalCardFace({ width, height }: RgbImage): Detection {
  const eyeY = eyeHeight * height;
  const half = (eyeDistance * width) / 2;
  const edge = faceWidth * width;
  return {
    box: { x: (width - edge) / 2, y: eyeY - 0.35 * edge, width: edge, height: edge },
    score: 0,
    keypoints: [
      { x: width / 2 - half, y: eyeY },
      { x: width / 2 + half, y: eyeY },
    ],
  };
}

/** Mean colour of the picture's left, right and upper border, which is background in a card photo. */
export function borderColour({ width, height, data }: RgbImage): Rgb {
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  const add = (x: number, y: number): void => {
    const at = 3 * (y * width + x);
    for (const channel of [0, 1, 2] as const) sum[channel] += data[at + channel] ?? 0;
    count++;
  };
  for (let x = 0; x < width; x++) add(x, 0);
  for (let y = 0; y < height / 2; y++) {
    add(0, y);
    add(width - 1, y);
  }
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}
