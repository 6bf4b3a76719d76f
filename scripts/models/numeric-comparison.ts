import { InferenceSession, Tensor } from 'onnxruntime-node';

/** Rows of pixels as channel planes. */
export function toPlanes(pixels: Float32Array, channels: number): Float32Array {
  const plane = pixels.length / channels;
  return pixels.map((_, index) => pixels[(index % plane) * channels + Math.floor(index / plane)] ?? 0);
}

export interface OnnxNet {
  /** Runs the net once and returns its outputs by name. */
  run(input: Float32Array, shape: readonly number[]): Promise<ReadonlyMap<string, Float32Array>>;
  close(): Promise<void>;
}

/** Opens a model file's bytes on one thread: tests run beside each other and would only wait for each other's threads. */
export async function openOnnx(model: Uint8Array): Promise<OnnxNet> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  return {
    run: async (input, shape) => {
      const results = await session.run({ input: new Tensor('float32', input, shape) });
      return new Map(
        Object.entries(results).map(([name, { data }]) => [name, Float32Array.from(data as Float32Array)]),
      );
    },
    close: () => session.release(),
  };
}

/** The largest distance of two numbers at the same place; infinite when the lists differ in length or hold no numbers. */
export function largestDifference(left: Float32Array, right: Float32Array): number {
  if (left.length !== right.length || left.length === 0) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const [index, value] of left.entries()) {
    const difference = Math.abs(value - (right[index] ?? Number.NaN));
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, difference);
  }
  return largest;
}
