import { chipEdge, chipTarget } from './align.ts';
import { descriptorLength } from './descriptor.ts';
import { eyeDistance, landmarkPoints } from './landmarks.ts';
import { modelCatalogue } from './model-catalogue.ts';
import { requireOutput } from './net.ts';
import type { Net } from './net.ts';
import { PicturePyramid } from './picture-pyramid.ts';
import { centroid } from './similarity.ts';
import { mirroredPlanes } from './resample.ts';
import type { RgbImage } from './types.ts';

/**
 * `brief` reads the face as it is and turned left to right, which is enough for two sharp pictures of it. `quick` reads
 * it four times with small shifts and scales, as is right for a frame beside the photo of a card. `thorough` reads it
 * ten times, as is worth it for that photo. What each gains is in docs/accuracy.md.
 */
export type DescriptionEffort = 'brief' | 'quick' | 'thorough';

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
  brief: bothWays(1, 0, 0),
  quick: [reading(1, 0, -0.05, false), reading(1, 0, 0.05, true), reading(0.9, 0, 0, false), reading(1.05, 0, 0, true)],
  thorough: [
    ...bothWays(1, 0, 0),
    ...bothWays(0.93, 0, 0),
    ...bothWays(1.07, 0, 0),
    ...bothWays(1, 0.06, 0.06),
    ...bothWays(1, -0.06, -0.06),
  ],
};

/** How many times a face is read. */
export const readingCount = (effort: DescriptionEffort): number => readings[effort].length;

/** A face and the picture that shows it. */
export interface ShownFace {
  readonly image: RgbImage;
  readonly landmarks: Float32Array;
}

const chipLength = 3 * chipEdge * chipEdge;
/** Several faces share a run, which reads the net's weights once; what a run holds in memory stays bounded. */
const mostChipsInRun = 10;

/** For each face 128 numbers that lie close together for pictures of one person; the mean over several readings of it. */
export async function describeFaces(
  net: Net,
  faces: readonly ShownFace[],
  effort: DescriptionEffort,
): Promise<Float32Array[]> {
  const facesInRun = Math.floor(mostChipsInRun / readingCount(effort));
  const described: Float32Array[] = [];
  for (let first = 0; first < faces.length; first += facesInRun) {
    described.push(...(await describeInOneRun(net, faces.slice(first, first + facesInRun), readings[effort])));
  }
  return described;
}

async function describeInOneRun(net: Net, faces: readonly ShownFace[], cut: readonly Reading[]) {
  const part = <Memory extends ArrayBufferLike>(all: Float32Array<Memory>, index: number, length: number) =>
    all.subarray(index * cut.length * length, (index + 1) * cut.length * length);
  const outputs = await net.run(faces.length * cut.length, (planes) => {
    for (const [index, face] of faces.entries()) cutChips(face, cut, part(planes, index, chipLength));
  });
  const descriptors = requireOutput(outputs, 'descriptor');
  return faces.map((_, index) => meanOfReadings(part(descriptors, index, descriptorLength), cut.length));
}

function cutChips({ image, landmarks }: ShownFace, cut: readonly Reading[], planes: Float32Array<ArrayBuffer>): void {
  const pyramid = PicturePyramid.of(image);
  for (const [index, reading] of cut.entries()) {
    const chip = planes.subarray(index * chipLength, (index + 1) * chipLength);
    const before = cut[index - 1];
    if (before && isMirrorImage(before, reading)) {
      chip.set(mirroredPlanes(planes.subarray((index - 1) * chipLength, index * chipLength), chipEdge));
    } else {
      pyramid.read({ ...chipTarget(varied(landmarks, reading)), normalisation, isMirrored: reading.isMirrored }, chip);
    }
  }
}

function meanOfReadings(descriptors: Float32Array, count: number): Float32Array {
  const mean = new Float32Array(descriptorLength);
  for (const [index, value] of descriptors.entries()) mean[index % descriptorLength]! += value / count;
  return mean;
}

function isMirrorImage(left: Reading, right: Reading): boolean {
  const isCutAlike = left.scale === right.scale && left.right === right.right && left.down === right.down;
  return isCutAlike && left.isMirrored !== right.isMirrored;
}

function varied(landmarks: Float32Array, { scale, right, down }: Reading): Float32Array {
  const { x, y } = centroid(landmarkPoints(landmarks));
  const distance = eyeDistance(landmarks);
  return landmarks.map((value, index) => {
    const [centre, shift] = index % 2 === 0 ? [x, right] : [y, down];
    return centre + (value - centre) * scale + shift * distance;
  });
}
