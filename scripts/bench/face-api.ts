/*
 * The library whose weights the station uses, as its own documentation runs it in Node without a native TensorFlow: on
 * the WASM backend with SIMD. That backend has no threads in Node.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';

const require = createRequire(import.meta.url);
const library = dirname(require.resolve('@vladmandic/face-api/package.json'));
const wasmFolder = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist');

interface Tensor {
  dispose(): void;
}
interface Net {
  loadFromWeightMap(weights: object): void;
}
interface Detection {
  withFaceLandmarks(): Detection;
  withFaceDescriptor(): Promise<{ readonly descriptor: Float32Array } | undefined>;
}
// The few calls of the library that the measurement makes; its own typings need a browser.
interface FaceApi {
  readonly tf: {
    setWasmPaths(folder: string, useFetch: boolean): void;
    setBackend(name: string): Promise<boolean>;
    getBackend(): string;
    tensor3d(values: Uint8Array, shape: readonly number[], type: 'int32'): Tensor;
    readonly io: { decodeWeights(buffer: ArrayBuffer, specifications: object): object };
  };
  readonly nets: Readonly<Record<'ssdMobilenetv1' | 'faceLandmark68Net' | 'faceRecognitionNet', Net>>;
  detectSingleFace(image: Tensor): Detection;
  euclideanDistance(left: Float32Array, right: Float32Array): number;
}

export interface Peer {
  /** From two picture files to the distance of their largest faces; NaN when one shows none. */
  verify(first: Uint8Array, second: Uint8Array): Promise<number>;
}

const models = {
  ssdMobilenetv1: 'ssd_mobilenetv1_model',
  faceLandmark68Net: 'face_landmark_68_model',
  faceRecognitionNet: 'face_recognition_model',
} as const;

/** The bundle is built for a page: it looks for one while it loads, and fetches its WASM file from an address. */
function pretendToBeAPage(): void {
  Object.assign(globalThis, {
    window: globalThis,
    document: { createElement: () => ({ getContext: () => undefined }) },
    __dirname: wasmFolder,
    require,
    fetch: async (file: string) => new Response(await readFile(file)),
  });
}

async function loadModel(faceApi: FaceApi, net: keyof typeof models): Promise<void> {
  const path = join(library, 'model', models[net]);
  const [group] = JSON.parse(await readFile(`${path}-weights_manifest.json`, 'utf8')) as [{ weights: object }];
  const bytes = new Uint8Array(await readFile(`${path}.bin`));
  faceApi.nets[net].loadFromWeightMap(faceApi.tf.io.decodeWeights(bytes.buffer, group.weights));
}

/** Decoding is not the library's business in Node; it gets the station's decoder. */
const decode = (picture: Uint8Array) => sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });

async function describe(
  faceApi: FaceApi,
  { data, info }: Awaited<ReturnType<typeof decode>>,
): Promise<Float32Array | undefined> {
  const image = faceApi.tf.tensor3d(data, [info.height, info.width, 3], 'int32');
  const found = await faceApi.detectSingleFace(image).withFaceLandmarks().withFaceDescriptor();
  image.dispose();
  return found?.descriptor;
}

export async function openPeer(): Promise<Peer> {
  pretendToBeAPage();
  const faceApi = (await import(pathToFileURL(join(library, 'dist', 'face-api.esm.js')).href)) as FaceApi;
  faceApi.tf.setWasmPaths(join(wasmFolder, '/'), true);
  await faceApi.tf.setBackend('wasm');
  if (faceApi.tf.getBackend() !== 'wasm') throw new Error('the WASM backend did not start');
  for (const net of Object.keys(models) as (keyof typeof models)[]) await loadModel(faceApi, net);
  return {
    verify: async (first, second) => {
      const [firstImage, secondImage] = await Promise.all([decode(first), decode(second)]);
      const left = await describe(faceApi, firstImage);
      const right = await describe(faceApi, secondImage);
      return left && right ? faceApi.euclideanDistance(left, right) : NaN;
    },
  };
}
