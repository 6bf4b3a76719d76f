import { chipEdge, cutChip } from './align.ts';
import { descriptorLength, meanDescriptor } from './descriptor.ts';
import { requireOutput } from './net.ts';
import type { Net } from './net.ts';
import type { RgbImage } from './types.ts';

/** Names how chips become one descriptor; part of what a limit of distance is measured for. */
export const averagingName = 'chip+mirror';

const chipNormalisation = { offset: [122.782, 117.001, 104.298], scale: 1 / 255 } as const;

/** 128 numbers that lie close together for pictures of one person; the mean over the face chip and its mirror image. */
export async function describeFace(net: Net, image: RgbImage, landmarks: Float32Array): Promise<Float32Array> {
  return describeChip(net, cutChip(image, landmarks, chipNormalisation));
}

/** The descriptor of an aligned chip whose colour planes are normalised already. */
export async function describeChip(net: Net, chip: Float32Array): Promise<Float32Array> {
  const pair = new Float32Array(2 * chip.length);
  pair.set(chip);
  pair.set(mirrored(chip), chip.length);
  const descriptors = requireOutput(await net.run(pair, 2), 'descriptor');
  return meanDescriptor([descriptors.subarray(0, descriptorLength), descriptors.subarray(descriptorLength)]);
}

function mirrored(chip: Float32Array): Float32Array {
  return chip.map((_, index) => chip[index - 2 * (index % chipEdge) + chipEdge - 1] ?? 0);
}
