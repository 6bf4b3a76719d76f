import type { InferenceSession } from 'onnxruntime-node';
import { enqueueInference } from './inference-queue.ts';
import { inferenceRuntime } from './inference-runtime.ts';

/** Writes every number of a net's input; what an earlier run left in it is otherwise taken for pictures. */
export type FillPlanes = (planes: Float32Array<ArrayBuffer>) => void;

/** A loaded model with one input called `input` of shape [count, channels, edge, edge]. */
export interface Net {
  readonly edge: number;
  /**
   * Runs one batch of `count` pictures, whose planes `fill` writes one behind the other when the batch's turn has come.
   * Returns a copy of each named output.
   */
  run(count: number, fill: FillPlanes): Promise<ReadonlyMap<string, Float32Array>>;
  close(): Promise<void>;
}

/** Two threads: the nets are small, more threads cost more in waiting than they gain, and the desk must stay responsive. */
export const sessionOptions: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 2,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  // An arena would keep the memory of the largest batch for good, and is no faster here.
  enableCpuMemArena: false,
  // Between the many short operators of a run the second thread waits awake for a moment, since waking it takes as long as an
  // operator: 24 instead of 28 ms for the nets of a pair. Only for a moment, because where the camera's page needs that
  // core a thread that keeps waiting takes it from whom it waits for: 65 ms instead of 45, and 40 without any waiting.
  extra: { session: { intra_op: { allow_spinning: '1', spin_duration_us: '10' }, force_spinning_stop: '1' } },
};

/** Creates a session from a model file's bytes and runs it once, so that the first frame is not slower than the others. */
export async function openNet(model: Uint8Array, edge: number, channels = 3): Promise<Net> {
  const runtime = await inferenceRuntime();
  const session = await runtime.InferenceSession.create(model, sessionOptions);
  const input = reusedInput(channels * edge * edge);
  const net: Net = {
    edge,
    run: (count, fill) => {
      return enqueueInference(async () => {
        const planes = input(count);
        fill(planes);
        return runOnce(session, planes, [count, channels, edge, edge]);
      });
    },
    close: () => enqueueInference(() => session.release()),
  };
  await net.run(1, (planes) => planes.fill(0));
  return net;
}

/**
 * One piece of memory for all runs of a net, as large as the largest batch so far: runs come one after the other, and new
 * memory for each frame would be work for the system and for the collector.
 */
function reusedInput(length: number): (count: number) => Float32Array<ArrayBuffer> {
  let held = new Float32Array(length);
  return (count) => {
    if (held.length < count * length) held = new Float32Array(count * length);
    return held.subarray(0, count * length);
  };
}

async function runOnce(
  session: InferenceSession,
  planes: Float32Array,
  shape: readonly number[],
): Promise<ReadonlyMap<string, Float32Array>> {
  const { Tensor } = await inferenceRuntime();
  const input = new Tensor('float32', planes, shape);
  const results = await session.run({ input });
  input.dispose();
  const outputs = new Map<string, Float32Array>();
  for (const [name, tensor] of Object.entries(results)) {
    if (tensor.data instanceof Float32Array) outputs.set(name, tensor.data.slice());
    tensor.dispose();
  }
  return outputs;
}

/** An output that the model is known to have. */
export function requireOutput(outputs: ReadonlyMap<string, Float32Array>, name: string): Float32Array {
  const output = outputs.get(name);
  if (!output) throw new Error(`the model has no output ${name}`);
  return output;
}
