import { chipEdge, cutChip } from './align.ts';
import { descriptorLength } from './descriptor.ts';
import { eyeDistance, landmarkPoints } from './landmarks.ts';
import { modelCatalogue } from './model-catalogue.ts';
import { requireOutput } from './net.ts';
import type { Net } from './net.ts';
import { centroid } from './similarity.ts';
import type { RgbImage } from './types.ts';

/**
 * `quick` reads the face once, as is right for one of several frames. `thorough` reads it five times with small shifts
 * and scales, as is worth it for the one photo of a card: about one genuine pair in a hundred more is accepted.
 */
export type DescriptionEffort = 'quick' | 'thorough';

/** Names how chips become one descriptor; part of what a limit of distance is measured for. */
export const averagingName = 'card-5+mirror.live-1+mirror.unit';

const chipNormalisation = modelCatalogue['face-recognition'].input.normalisation;

/** How the chip is cut anew for a thorough description; the shift, in eye distances, goes both right and down. */
const variations: Readonly<Record<DescriptionEffort, readonly { readonly scale: number; readonly shift: number }[]>> = {
  quick: [{ scale: 1, shift: 0 }],
  thorough: [
    { scale: 1, shift: 0 },
    { scale: 0.93, shift: 0 },
    { scale: 1.07, shift: 0 },
    { scale: 1, shift: 0.06 },
    { scale: 1, shift: -0.06 },
  ],
};

/** 128 numbers that lie close together for pictures of one person; the mean over face chips and their mirror images. */
export async function describeFace(
  net: Net,
  image: RgbImage,
  landmarks: Float32Array,
  effort: DescriptionEffort,
): Promise<Float32Array> {
  const chips = variations[effort].map(({ scale, shift }) =>
    cutChip(image, varied(landmarks, scale, shift), chipNormalisation),
  );
  return describeChips(net, chips);
}

/** The mean descriptor of aligned chips whose colour planes are normalised already. */
export async function describeChips(net: Net, chips: readonly Float32Array[]): Promise<Float32Array> {
  const all = chips.flatMap((chip) => [chip, mirrored(chip)]);
  const planes = new Float32Array(all.length * 3 * chipEdge * chipEdge);
  for (const [index, chip] of all.entries()) planes.set(chip, index * chip.length);
  const descriptors = requireOutput(await net.run(planes, all.length), 'descriptor');
  const mean = new Float32Array(descriptorLength);
  for (const [index, value] of descriptors.entries()) mean[index % descriptorLength]! += value / all.length;
  return mean;
}

function varied(landmarks: Float32Array, scale: number, shift: number): Float32Array {
  const { x, y } = centroid(landmarkPoints(landmarks));
  const offset = shift * eyeDistance(landmarks);
  return landmarks.map((value, index) => {
    const centre = index % 2 === 0 ? x : y;
    return centre + (value - centre) * scale + offset;
  });
}

function mirrored(chip: Float32Array): Float32Array {
  return chip.map((_, index) => chip[index - 2 * (index % chipEdge) + chipEdge - 1] ?? 0);
}
