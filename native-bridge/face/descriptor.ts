export const descriptorLength = 128;

/** Euclidean distance; 0 for the same picture, about 0.8 between strangers. */
export function descriptorDistance(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += ((left[index] ?? 0) - (right[index] ?? 0)) ** 2;
  return Math.sqrt(sum);
}

export function meanDescriptor(descriptors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(descriptorLength);
  for (const descriptor of descriptors) {
    for (let index = 0; index < mean.length; index++) mean[index]! += (descriptor[index] ?? 0) / descriptors.length;
  }
  return mean;
}

/** Faces have descriptors of length 1.2 to 1.7; far outside lies only what is no face, or a broken computation. */
export function isNormalDescriptor(descriptor: Float32Array): boolean {
  const length = Math.hypot(...descriptor);
  return length > 0.8 && length < 2.2;
}
