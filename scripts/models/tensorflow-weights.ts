import { z } from 'zod';
import type { FloatTensor } from './onnx-graph.ts';

const quantization = z.discriminatedUnion('dtype', [
  z.object({ dtype: z.enum(['uint8', 'uint16']), scale: z.number(), min: z.number() }),
  z.object({ dtype: z.literal('float16') }),
]);

const weightEntry = z.object({
  name: z.string(),
  shape: z.array(z.number().int()),
  dtype: z.enum(['float32', 'int32']),
  quantization: quantization.optional(),
});

export const weightsManifestSchema = z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightEntry) }));

export type WeightsManifest = z.infer<typeof weightsManifestSchema>;
type WeightEntry = z.infer<typeof weightEntry>;

/**
 * Unpacks the weights of a TensorFlow.js manifest from its concatenated binary files.
 * Quantised numbers are restored as the library does: value × scale + min, rounded once to 32-bit float, or to a whole
 * number where the original was one.
 * Throws when the binary is shorter or longer than the manifest says.
 */
export function readWeights(manifest: WeightsManifest, binary: Uint8Array): Map<string, FloatTensor> {
  const tensors = new Map<string, FloatTensor>();
  let offset = 0;
  for (const entry of manifest.flatMap((group) => group.weights)) {
    const count = entry.shape.reduce((product, size) => product * size, 1);
    const end = offset + count * bytesPerValue(entry);
    tensors.set(entry.name, {
      shape: entry.shape,
      data: restore(entry, new Uint8Array(binary.subarray(offset, end)), count),
    });
    offset = end;
  }
  if (offset !== binary.length)
    throw new Error(`the weights have ${binary.length} bytes, the manifest needs ${offset}`);
  return tensors;
}

function bytesPerValue(entry: WeightEntry): number {
  return { uint8: 1, uint16: 2, float16: 2, plain: 4 }[entry.quantization?.dtype ?? 'plain'];
}

/** `bytes` starts at offset 0 of its own buffer, so that views of wider numbers are aligned. */
function restore(entry: WeightEntry, bytes: Uint8Array<ArrayBuffer>, count: number): Float32Array {
  if (bytes.length !== count * bytesPerValue(entry)) throw new Error(`the weights end before ${entry.name}`);
  const packing = entry.quantization;
  if (packing?.dtype === 'float16') return Float32Array.from(new Uint16Array(bytes.buffer), halfToFloat);
  if (packing) {
    const steps = packing.dtype === 'uint8' ? bytes : new Uint16Array(bytes.buffer);
    const scaled = (step: number): number => step * packing.scale + packing.min;
    return Float32Array.from(steps, entry.dtype === 'int32' ? (step) => Math.round(scaled(step)) : scaled);
  }
  return entry.dtype === 'int32' ? Float32Array.from(new Int32Array(bytes.buffer)) : new Float32Array(bytes.buffer);
}

/** IEEE 754 half precision to a number; exact for every finite half. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
