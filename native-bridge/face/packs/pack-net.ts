import type { InferenceSession } from 'onnxruntime-node';
import { enqueueInference } from '../inference-queue.ts';
import { inferenceRuntime } from '../inference-runtime.ts';
import { sessionOptions } from '../net.ts';
import { PackError } from './pack-error.ts';
import type { PackManifest } from './pack-manifest.ts';

/** A pack's model: one picture in, one descriptor out. */
export interface PackNet {
  /** `planes` are the three channels of one picture. Runs in the one queue of all inferences. */
  run(planes: Float32Array): Promise<Float32Array>;
  close(): Promise<void>;
}

interface Ports {
  readonly input: string;
  readonly output: string;
}

/** Opens a model and runs it once, to see that it takes and gives what the manifest says. Throws `PackError`. */
export async function openPackNet(model: Uint8Array, manifest: PackManifest): Promise<PackNet> {
  const runtime = await inferenceRuntime();
  const session = await runtime.InferenceSession.create(model, sessionOptions).catch((cause: unknown) => {
    throw new PackError('cannot-load', messageOf(cause), { cause });
  });
  const close = () => enqueueInference(() => session.release());
  try {
    const ports = portsOf(session, manifest);
    const run = (planes: Float32Array) => enqueueInference(() => runOnce(session, ports, planes, manifest));
    const { edge } = manifest.input;
    await run(new Float32Array(3 * edge * edge));
    return { run, close };
  } catch (cause) {
    await close();
    throw cause instanceof PackError ? cause : new PackError('shape', messageOf(cause), { cause });
  }
}

/** The runtime's messages speak of tensors only. */
const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message.slice(0, 300) : 'unknown');

function portsOf({ inputNames, outputNames }: InferenceSession, { output }: PackManifest): Ports {
  const [input, ...others] = inputNames;
  if (input === undefined || others.length > 0) throw new PackError('shape', `${inputNames.length} inputs, not one`);
  const name = output.name ?? outputNames[0];
  if (name === undefined || !outputNames.includes(name)) throw new PackError('shape', `no output ${name ?? ''}`);
  if (output.name === undefined && outputNames.length > 1)
    throw new PackError('shape', `several outputs, name one of ${outputNames.join(', ')}`);
  return { input, output: name };
}

async function runOnce(
  session: InferenceSession,
  { input, output }: Ports,
  planes: Float32Array,
  manifest: PackManifest,
): Promise<Float32Array> {
  const { edge } = manifest.input;
  const { Tensor } = await inferenceRuntime();
  const tensor = new Tensor('float32', planes, [1, 3, edge, edge]);
  const results = await session.run({ [input]: tensor }, [output]);
  tensor.dispose();
  const data = results[output]?.data;
  const descriptor = data instanceof Float32Array ? data.slice() : undefined;
  results[output]?.dispose();
  if (descriptor !== undefined && descriptor.length === manifest.output.length) return descriptor;
  throw new PackError('shape', `${output} gives ${descriptor?.length ?? 'no'} numbers, not ${manifest.output.length}`);
}
