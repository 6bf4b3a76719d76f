/** Numbers in a descriptor of the built-in net; distance and mean take those of other nets too. */
export const descriptorLength = 128;

/**
 * Distance of two descriptors' directions: 0 for the same picture, about 0.57 between strangers, 2 at most. The length
 * of a descriptor depends on sharpness and light and not on the person; leaving it out accepts more genuine pairs at
 * the same share of false ones (95 instead of 93 of 100 at 1 in 1,000).
 */
export function descriptorDistance(left: Float32Array, right: Float32Array): number {
  const [unitLeft, unitRight] = [unit(left), unit(right)];
  let sum = 0;
  for (let index = 0; index < unitLeft.length; index++) {
    sum += ((unitLeft[index] ?? 0) - (unitRight[index] ?? 0)) ** 2;
  }
  return Math.sqrt(sum);
}

/** The direction of the mean of directions, so that no picture weighs more than another. */
export function meanDescriptor(descriptors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(descriptors[0]?.length ?? descriptorLength);
  for (const descriptor of descriptors.map(unit)) {
    for (let index = 0; index < mean.length; index++) mean[index]! += descriptor[index] ?? 0;
  }
  return unit(mean);
}

/** Faces have descriptors of length 1.2 to 1.7; far outside lies only what is no face, or a broken computation. */
export function isNormalDescriptor(descriptor: Float32Array): boolean {
  const length = lengthOf(descriptor);
  return length > 0.8 && length < 2.2;
}

function unit(descriptor: Float32Array): Float32Array {
  const length = lengthOf(descriptor);
  return descriptor.map((value) => value / length);
}

function lengthOf(descriptor: Float32Array): number {
  return Math.sqrt(descriptor.reduce((sum, value) => sum + value * value, 0));
}
