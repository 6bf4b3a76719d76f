import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { browMiddle, cheekAreas } from '../face-area.ts';
import type { FaceArea } from '../face-area.ts';
import type { CheckDefinition } from './judge.ts';

/** Edge of the blocks of JPEG and of the camera's Motion JPEG. */
const BLOCK = 8;
/** Differences below this many levels at the blocks' inside are rounding: a flat picture has no blocks to see. */
const ROUNDING = 0.7;

/** Standard deviation of the noise on skin in grey levels, after Immerkær's estimator. */
export const noise: CheckDefinition = {
  name: 'noise',
  unit: 'level',
  measure: ({ face, image }) => {
    const value = face && noiseIn(image, [...cheekAreas(face), browMiddle(face)]);
    return value === undefined ? undefined : { value };
  },
  prompt: () => 'more-light',
};

/** Steps between neighbouring pixels at the borders of 8 × 8 blocks over those inside the blocks, around the face. */
export const compression: CheckDefinition = {
  name: 'compression',
  unit: 'ratio',
  measure: ({ face, image }) => {
    const value = face && blockiness(image, face);
    return value === undefined ? undefined : { value };
  },
  prompt: () => 'better-camera',
};

function noiseIn(image: RgbImage, areas: readonly FaceArea[]): number | undefined {
  const { data, width } = image;
  let [sum, count] = [0, 0];
  for (const area of areas) {
    const { left, right, top, bottom } = boundsOf(image, area);
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        sum += Math.abs(secondDifference(data, (y * width + x) * 3 + 1, width * 3));
        count += 1;
      }
    }
  }
  return count === 0 ? undefined : (Math.sqrt(Math.PI / 2) / 6) * (sum / count);
}

/** The mask 1 −2 1, −2 4 −2, 1 −2 1: nothing on slopes and edges, all of the noise. */
function secondDifference(data: Uint8Array, at: number, row: number): number {
  const corners = data[at - row - 3]! + data[at - row + 3]! + data[at + row - 3]! + data[at + row + 3]!;
  const sides = data[at - row]! + data[at + row]! + data[at - 3]! + data[at + 3]!;
  return corners - 2 * sides + 4 * data[at]!;
}

function boundsOf({ width, height }: RgbImage, { centre, halfWidth, halfHeight }: FaceArea) {
  return {
    left: Math.max(1, Math.round(centre.x - halfWidth)),
    right: Math.min(width - 1, Math.round(centre.x + halfWidth)),
    top: Math.max(1, Math.round(centre.y - halfHeight)),
    bottom: Math.min(height - 1, Math.round(centre.y + halfHeight)),
  };
}

function blockiness(image: RgbImage, { box }: FaceGeometry): number | undefined {
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const { left, right, top, bottom } = boundsOf(image, {
    centre,
    halfWidth: box.width / 2,
    halfHeight: box.height / 2,
  });
  const { data, width } = image;
  const steps = new Float64Array(BLOCK);
  const counts = new Float64Array(BLOCK);
  for (let y = top; y < bottom; y += 2) {
    for (let x = left; x < right; x += 1) {
      const at = (y * width + x) * 3 + 1;
      const place = x % BLOCK;
      steps[place] = steps[place]! + Math.abs(data[at]! - data[at - 3]!);
      counts[place] = counts[place]! + 1;
    }
  }
  const means = Array.from(steps, (sum, place) => sum / counts[place]!);
  const [border, ...inside] = means;
  const usual = inside.reduce((sum, mean) => sum + mean, 0) / inside.length;
  return Number.isNaN(usual) ? undefined : border! / Math.max(ROUNDING, usual);
}
