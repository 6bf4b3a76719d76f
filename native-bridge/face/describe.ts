import { chipEdge, chipTarget } from './align.ts';
import { descriptorLength } from './descriptor.ts';
import { eyeDistance, landmarkPoints } from './landmarks.ts';
import { modelCatalogue } from './model-catalogue.ts';
import { requireOutput } from './net.ts';
import type { Net } from './net.ts';
import { PicturePyramid } from './picture-pyramid.ts';
import { centroid } from './similarity.ts';
import type { RgbImage } from './types.ts';

/**
 * `quick` reads the face four times with small shifts and scales, as is right for one of several frames. `thorough`
 * reads it ten times, as is worth it for the one photo of a card. What either gains is in docs/accuracy.md.
 */
export type DescriptionEffort = 'quick' | 'thorough';

/** Names how chips become one descriptor; part of what a limit of distance is measured for. */
export const averagingName = 'card-10.live-4.unit';

const { normalisation } = modelCatalogue['face-recognition'].input;

/** How a chip is cut: the face's size in it, its shift in eye distances, and whether it is turned left to right. */
interface Reading {
  readonly scale: number;
  readonly right: number;
  readonly down: number;
  readonly isMirrored: boolean;
}

const reading = (scale: number, right: number, down: number, isMirrored: boolean): Reading => ({
  scale,
  right,
  down,
  isMirrored,
});
const bothWays = (scale: number, right: number, down: number): Reading[] => [
  reading(scale, right, down, false),
  reading(scale, right, down, true),
];

const readings: Readonly<Record<DescriptionEffort, readonly Reading[]>> = {
  quick: [reading(1, 0, -0.05, false), reading(1, 0, 0.05, true), reading(0.9, 0, 0, false), reading(1.05, 0, 0, true)],
  thorough: [
    ...bothWays(1, 0, 0),
    ...bothWays(0.93, 0, 0),
    ...bothWays(1.07, 0, 0),
    ...bothWays(1, 0.06, 0.06),
    ...bothWays(1, -0.06, -0.06),
  ],
};

/** 128 numbers that lie close together for pictures of one person; the mean over several readings of the face. */
export async function describeFace(
  net: Net,
  image: RgbImage,
  landmarks: Float32Array,
  effort: DescriptionEffort,
): Promise<Float32Array> {
  const cut = readings[effort];
  const pyramid = PicturePyramid.of(image);
  const chip = 3 * chipEdge * chipEdge;
  const planes = new Float32Array(cut.length * chip);
  for (const [index, reading] of cut.entries()) {
    const target = { ...chipTarget(varied(landmarks, reading)), normalisation, isMirrored: reading.isMirrored };
    pyramid.read(target, planes.subarray(index * chip, (index + 1) * chip));
  }
  const descriptors = requireOutput(await net.run(planes, cut.length), 'descriptor');
  const mean = new Float32Array(descriptorLength);
  for (const [index, value] of descriptors.entries()) mean[index % descriptorLength]! += value / cut.length;
  return mean;
}

function varied(landmarks: Float32Array, { scale, right, down }: Reading): Float32Array {
  const { x, y } = centroid(landmarkPoints(landmarks));
  const distance = eyeDistance(landmarks);
  return landmarks.map((value, index) => {
    const [centre, shift] = index % 2 === 0 ? [x, right] : [y, down];
    return centre + (value - centre) * scale + shift * distance;
  });
}
