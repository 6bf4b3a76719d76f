import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OnnxGraph, type TensorPort } from '../models/onnx-graph.ts';

/** Edge of the smallest input that a manifest may name, and what the model makes of it. */
export const testEdge = 32;
export const testLength = 48;

const input = (edge = testEdge): TensorPort => ({ name: 'data', shape: [1, 3, edge, edge] });
const output = (length = testLength): TensorPort => ({ name: 'fc1', shape: [1, length] });

/** A model that describes a picture by the mean colours of its 4 × 4 squares: no recogniser, but one in its shape. */
export function meanColourModel(edge = testEdge): Uint8Array {
  const graph = new OnnxGraph();
  const square = edge / 4;
  const pooled = graph.node('AveragePool', ['data'], {
    kernel_shape: { ints: [square, square] },
    strides: { ints: [square, square] },
  });
  graph.rename(graph.node('Reshape', [pooled, graph.integers([1, testLength])]), 'fc1');
  return graph.finish('mean colours', [input(edge)], [output()]);
}

/** A model in the right shape that gives no numbers: nought divided by nought. */
export function noNumberModel(): Uint8Array {
  const graph = new OnnxGraph();
  const square = { kernel_shape: { ints: [8, 8] }, strides: { ints: [8, 8] } };
  const pooled = graph.node('Reshape', [graph.node('AveragePool', ['data'], square), graph.integers([1, testLength])]);
  const nothing = graph.node('Mul', [pooled, graph.scalar(0)]);
  graph.rename(graph.node('Div', [nothing, nothing]), 'fc1');
  return graph.finish('no numbers', [input()], [output()]);
}

export type TestManifest = Record<string, unknown> & {
  readonly model: { readonly file: string; readonly sha256: string };
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A manifest that fits `meanColourModel`. */
export const testManifest = (model: Uint8Array): TestManifest => ({
  format: 1,
  name: '平均颜色',
  version: '1.0',
  licence: { name: 'CC0-1.0', text: 'No rights reserved.' },
  source: 'made by a test',
  model: { file: 'model.onnx', sha256: sha256(model) },
  input: { edge: testEdge, channels: 'RGB', mean: [127.5, 127.5, 127.5], scale: 1 / 128 },
  alignment: 'arcface-5',
  output: { length: testLength },
  metric: 'euclidean',
});

/** Writes a pack's folder and returns its path. */
export function writePack(
  folder: string,
  model: Uint8Array,
  change: (manifest: TestManifest) => Record<string, unknown> = (manifest) => manifest,
): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.onnx'), model);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(change(testManifest(model))));
  return folder;
}
