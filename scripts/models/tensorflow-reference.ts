import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { z } from 'zod';
import { weightsManifestSchema } from './tensorflow-weights.ts';

// The few calls of TensorFlow.js that the comparison makes; its own typings need a browser.
interface Tensor {
  data(): Promise<Float32Array>;
}
interface GraphModel {
  execute(input: Tensor, outputs: readonly string[]): Tensor | Tensor[];
}
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  loadGraphModel(handler: { load(): Promise<object> }): Promise<GraphModel>;
  readonly io: { decodeWeights(buffer: ArrayBuffer, weights: object): object };
}
interface FaceNet {
  loadFromWeightMap(weights: object): void;
}
interface FeatureNet extends FaceNet {
  forward(picture: Tensor): Promise<Tensor>;
}
interface FaceApi {
  readonly tf: TensorFlow;
  readonly nets: {
    readonly faceRecognitionNet: FaceNet & { computeFaceDescriptor(chip: Tensor): Promise<Float32Array> };
    readonly faceLandmark68Net: FeatureNet;
    readonly faceExpressionNet: FeatureNet;
  };
}

/** What TensorFlow.js needs of a model's two files. */
export interface TensorFlowFiles {
  readonly topology: string;
  readonly binary: Uint8Array;
}

/** Runs a net in the library that it was made for. Input and outputs are in that library's order: rows of pixels. */
export type ReferenceNet = (input: Float32Array, shape: readonly number[]) => Promise<readonly Float32Array[]>;

/**
 * Both packages carry the code of the WASM backend but not its binaries, which it would fetch from the network: so this
 * is TensorFlow.js' plain CPU backend.
 */
const backend = 'cpu';

const graphFile = z.object({ modelTopology: z.looseObject({}), weightsManifest: weightsManifestSchema });

/** Opens a graph model; the net gives the values of the named nodes. */
export async function openGraphReference(files: TensorFlowFiles, nodes: readonly string[]): Promise<ReferenceNet> {
  const tf = (await importForBrowser('@vladmandic/human/dist/tfjs.esm.js')) as TensorFlow;
  await tf.setBackend(backend);
  const { modelTopology, weightsManifest } = graphFile.parse(JSON.parse(files.topology));
  const artifacts = {
    modelTopology,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: new Uint8Array(files.binary).buffer,
  };
  const model = await tf.loadGraphModel({ load: () => Promise.resolve(artifacts) });
  return async (input, shape) => {
    const results = [model.execute(tf.tensor(input, shape), nodes)].flat();
    return Promise.all(results.map((result) => result.data()));
  };
}

/** Opens one of the face library's own nets, which takes RGB pixels of 0..255 and normalises them itself. */
export async function openFaceApiReference(files: TensorFlowFiles, name: keyof FaceApi['nets']): Promise<ReferenceNet> {
  const { tf, nets } = (await importForBrowser('@vladmandic/face-api/dist/face-api.esm.js')) as FaceApi;
  await tf.setBackend(backend);
  const [manifest] = weightsManifestSchema.parse(JSON.parse(files.topology));
  nets[name].loadFromWeightMap(tf.io.decodeWeights(new Uint8Array(files.binary).buffer, manifest?.weights ?? []));
  return async (input, shape) => {
    const picture = tf.tensor(input, shape.slice(1));
    if (name === 'faceRecognitionNet') return [await nets[name].computeFaceDescriptor(picture)];
    return [await (await nets[name].forward(picture)).data()];
  };
}

/** Both bundles are built for a page and look for one while they load. */
async function importForBrowser(path: string): Promise<unknown> {
  Object.assign(globalThis, {
    window: globalThis,
    document: { createElement: () => ({ getContext: () => undefined }) },
  });
  return import(pathToFileURL(resolve(import.meta.dirname, '../../node_modules', path)).href);
}
