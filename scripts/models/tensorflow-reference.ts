import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import type { ModelSource } from './source-package.ts';
import { graphModelSchema } from './graph-model-schema.ts';
import { weightsManifestSchema } from './tensorflow-weights.ts';

// The few calls of TensorFlow.js that the comparison makes; its own typings need a browser.
interface Tensor {
  data(): Promise<Float32Array>;
}
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  loadGraphModel(handler: {
    load(): Promise<object>;
  }): Promise<{ execute(input: Tensor, outputs: string[]): Tensor[] }>;
  readonly io: { decodeWeights(buffer: ArrayBuffer, weights: object): object };
}
interface FaceApi {
  readonly tf: TensorFlow;
  readonly nets: {
    readonly faceRecognitionNet: {
      loadFromWeightMap(weights: object): void;
      computeFaceDescriptor(chip: Tensor): Promise<Float32Array>;
    };
  };
}

/** Runs a graph model in the library that it was made for, on its plain CPU backend; `values` are rows of RGB floats. */
export async function runGraphModel(
  source: ModelSource,
  values: Float32Array,
  size: number,
  outputs: string[],
): Promise<Float32Array[]> {
  const tf = (await importForBrowser('@vladmandic/human/dist/tfjs.esm.js')) as TensorFlow;
  await tf.setBackend('cpu');
  const parts = graphModelSchema.parse(JSON.parse(source.topology));
  // The library reads attributes which our schema leaves out, so it gets the file's own topology.
  const { modelTopology } = JSON.parse(source.topology) as { modelTopology: object };
  const artifacts = {
    modelTopology,
    weightSpecs: parts.weightsManifest.flatMap((group) => group.weights),
    weightData: new Uint8Array(source.binary).buffer,
  };
  const model = await tf.loadGraphModel({ load: () => Promise.resolve(artifacts) });
  const results = model.execute(tf.tensor(values, [1, size, size, 3]), outputs);
  return Promise.all(results.map((result) => result.data()));
}

/** The descriptor that the face library itself computes for a chip of RGB values 0..255. */
export async function runRecognitionNet(source: ModelSource, chip: Float32Array, size: number): Promise<Float32Array> {
  const faceApi = (await importForBrowser('@vladmandic/face-api/dist/face-api.esm.js')) as FaceApi;
  const { tf, nets } = faceApi;
  await tf.setBackend('cpu');
  const [manifest] = weightsManifestSchema.parse(JSON.parse(source.topology));
  const weights = tf.io.decodeWeights(new Uint8Array(source.binary).buffer, manifest?.weights ?? []);
  nets.faceRecognitionNet.loadFromWeightMap(weights);
  return nets.faceRecognitionNet.computeFaceDescriptor(tf.tensor(chip, [size, size, 3]));
}

/** Both bundles are built for a page and look for one while they load. */
async function importForBrowser(path: string): Promise<unknown> {
  Object.assign(globalThis, {
    window: globalThis,
    document: { createElement: () => ({ getContext: () => undefined }) },
  });
  return import(pathToFileURL(resolve(import.meta.dirname, '../../node_modules', path)).href);
}
