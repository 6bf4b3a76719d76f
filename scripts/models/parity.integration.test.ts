import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp, { type Region } from 'sharp';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { requireModelFolder } from '../../native-bridge/face/model-folder.ts';
import { readModelSource } from './source-package.ts';
import { runGraphModel, runRecognitionNet } from './tensorflow-reference.ts';

// Measured on the numbers as the pipeline uses them: probabilities, and positions as parts of the input's edge. Raw logits
// reach -390 and pixels 250, where 32-bit floats summed in another order differ by more than this.
const tolerance = 1e-4;
const minutes = 60_000;
const root = join(import.meta.dirname, '../..');
const picture = join(root, 'node_modules/@vladmandic/face-api/demo/sample1.jpg');
const humanSource = (name: string) => readModelSource('@vladmandic/human', `models/${name}.json`, `models/${name}.bin`);

/** A part of a photograph as rows of RGB numbers 0..255. */
async function readPixels(size: number, part: Region): Promise<Float32Array> {
  const pixels = await sharp(picture).extract(part).resize(size, size, { fit: 'fill' }).removeAlpha().raw().toBuffer();
  return Float32Array.from(pixels);
}

function toPlanes(pixels: Float32Array): Float32Array {
  const plane = pixels.length / 3;
  return pixels.map((_, index) => pixels[(index % plane) * 3 + Math.floor(index / plane)] ?? 0);
}

async function runOnnx(name: string, values: Float32Array, size: number): Promise<InferenceSession.OnnxValueMapType> {
  const session = await InferenceSession.create(join(await requireModelFolder(), `${name}.onnx`));
  const results = await session.run({ input: new Tensor('float32', values, [1, 3, size, size]) });
  await session.release();
  return results;
}

function values(results: InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const data = results[name]?.data;
  if (!(data instanceof Float32Array)) throw new Error(`no output ${name}`);
  return data;
}

function largestDifference(left: Float32Array, right: Float32Array): number {
  expect(left.length).toBe(right.length);
  return left.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (right[index] ?? Number.NaN))), 0);
}

const noValues = new Float32Array();
const probability = (logit: number): number => 1 / (1 + Math.exp(-logit));

const wholePicture = { left: 0, top: 0, width: 1280, height: 1280 };
const oneFace = { left: 700, top: 250, width: 320, height: 320 };

// The library, loaded twice in one process, complains about every operator.
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));

describe('converted models against the library they come from', () => {
  it('finds the same boxes', { timeout: 3 * minutes }, async () => {
    const pixels = (await readPixels(256, wholePicture)).map((value) => value / 127.5 - 1);
    const names = ['Identity', 'Identity_2', 'Identity_1', 'Identity_3'];
    const expected = await runGraphModel(await humanSource('blazeface'), pixels, 256, names);
    const actual = await runOnnx('blazeface', toPlanes(pixels), 256);
    for (const [index, output] of ['fine_scores', 'fine_boxes', 'coarse_scores', 'coarse_boxes'].entries()) {
      const asUsed = output.endsWith('scores') ? probability : (pixel: number) => pixel / 256;
      const difference = largestDifference(
        values(actual, output).map(asUsed),
        (expected[index] ?? noValues).map(asUsed),
      );
      expect(difference, output).toBeLessThan(tolerance);
    }
  });

  it('places the same mesh', { timeout: 3 * minutes }, async () => {
    const pixels = (await readPixels(192, oneFace)).map((value) => value / 255);
    const expected = await runGraphModel(await humanSource('facemesh'), pixels, 192, ['Identity_1', 'Identity_2']);
    const actual = await runOnnx('facemesh', toPlanes(pixels), 192);
    expect(largestDifference(values(actual, 'face_flag'), expected[0] ?? noValues)).toBeLessThan(tolerance);
    const scaled = (positions: Float32Array): Float32Array => positions.map((value) => value / 192);
    const difference = largestDifference(scaled(values(actual, 'mesh')), scaled(expected[1] ?? noValues));
    expect(difference).toBeLessThan(tolerance);
  });

  it('computes the same descriptor', { timeout: 3 * minutes }, async () => {
    const pixels = await readPixels(150, oneFace);
    const source = await readModelSource(
      '@vladmandic/face-api',
      'model/face_recognition_model-weights_manifest.json',
      'model/face_recognition_model.bin',
    );
    const means = [122.782, 117.001, 104.298];
    const prepared = pixels.map((value, index) => (value - (means[index % 3] ?? 0)) / 255);
    const expected = await runRecognitionNet(source, pixels, 150);
    const actual = await runOnnx('face-recognition', toPlanes(prepared), 150);
    expect(largestDifference(values(actual, 'descriptor'), expected)).toBeLessThan(tolerance);
  });
});
