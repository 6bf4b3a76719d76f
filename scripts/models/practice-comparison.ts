import { graphModelSchema } from './graph-model-schema.ts';
import { convertGraphModel } from './graph-model.ts';
import { largestDifference, openOnnx, toPlanes } from './numeric-comparison.ts';
import { type PracticeGraph, writeGraph } from './practice-graph.ts';
import { openGraphReference } from './tensorflow-reference.ts';
import { readWeights } from './tensorflow-weights.ts';

/** The numbers reach 100, where neighbouring 32-bit floats are 8e-6 apart. */
export const tolerance = 1e-4;
const batch = 2;

/** The ONNX model of a practice graph whose output has the given sizes without the batch. */
export function convertPractice(graph: PracticeGraph, outputShape: readonly number[]): Uint8Array {
  const { topology, binary } = writeGraph(graph);
  const model = graphModelSchema.parse(JSON.parse(topology));
  const [height, width, depth] = graph.inputShape;
  return convertGraphModel(model, readWeights(model.weightsManifest, binary), {
    name: 'practice',
    inputShape: ['batch', depth, height, width],
    outputs: [{ node: 'output', port: { name: 'output', shape: ['batch', ...outputShape] } }],
  });
}

/** The largest difference between what the library computes from the graph and what its converted form computes. */
export async function differenceFromLibrary(graph: PracticeGraph, outputShape: readonly number[]): Promise<number> {
  const [height, width, depth] = graph.inputShape;
  const input = practiceInput(graph.inputShape);
  const reference = await openGraphReference(writeGraph(graph), ['output']);
  const [expected = new Float32Array()] = await reference(input, [batch, height, width, depth]);
  const net = await openOnnx(convertPractice(graph, outputShape));
  const actual = await net.run(toPlanesEach(input, depth), [batch, depth, height, width]);
  await net.close();
  return largestDifference(actual.get('output') ?? new Float32Array(), expected);
}

/** Two pictures of numbers around zero that exceed Relu6's limit on both sides. */
function practiceInput([height, width, depth]: readonly [number, number, number]): Float32Array {
  return Float32Array.from({ length: batch * height * width * depth }, (_, index) => 8 * Math.sin(0.9 * index));
}

/** Rows of pixels, several pictures one behind the other, as channel planes. */
function toPlanesEach(pixels: Float32Array, depth: number): Float32Array {
  const size = pixels.length / batch;
  const planes = new Float32Array(pixels.length);
  for (let start = 0; start < pixels.length; start += size) {
    planes.set(toPlanes(pixels.slice(start, start + size), depth), start);
  }
  return planes;
}
