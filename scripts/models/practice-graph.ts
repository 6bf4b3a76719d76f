import type { FloatTensor } from './onnx-graph.ts';
import type { TensorFlowFiles } from './tensorflow-reference.ts';

/** One operator of a graph made up for a test. */
export interface PracticeNode {
  readonly op: string;
  readonly name?: string;
  readonly input: readonly string[];
  readonly attr?: Readonly<Record<string, object>>;
}

export interface PracticeGraph {
  /** [height, width, channels] of the input, whose node is called `input`. */
  readonly inputShape: readonly [number, number, number];
  readonly nodes: readonly PracticeNode[];
  readonly weights?: Readonly<Record<string, FloatTensor>>;
  /** Whole numbers such as shapes and axes, in one row, or in rows of two as an amount of padding. */
  readonly integers?: Readonly<Record<string, readonly number[] | readonly (readonly [number, number])[]>>;
}

const base64 = (value: string): string => Buffer.from(value).toString('base64');

export const attribute = {
  text: (value: string) => ({ s: base64(value) }),
  texts: (...values: string[]) => ({ list: { s: values.map(base64) } }),
  integers: (...values: number[]) => ({ list: { i: values.map(String) } }),
  flag: (value: boolean) => ({ b: value }),
} as const;

type Attributes = NonNullable<PracticeNode['attr']>;

/** How a window moves, as the graph's files say it. */
export function window(padding: 'SAME' | 'VALID', stride: number, more: Attributes = {}): Attributes {
  const steps = { strides: attribute.integers(1, stride, stride, 1), dilations: attribute.integers(1, 1, 1, 1) };
  return { ...steps, padding: attribute.text(padding), ...more };
}

/** The two files that the TensorFlow.js converter would write for a graph; the last node is called `output`. */
export function writeGraph({ inputShape, nodes, weights = {}, integers = {} }: PracticeGraph): TensorFlowFiles {
  const constants = [...Object.keys(weights), ...Object.keys(integers)].map((name) => ({
    name,
    op: 'Const',
    attr: {},
  }));
  const operators = nodes.map((node, index) => ({
    attr: {},
    ...node,
    name: node.name ?? (index === nodes.length - 1 ? 'output' : `node_${index}`),
  }));
  const entries = [
    ...Object.entries(weights).map(([name, { shape }]) => ({ name, shape, dtype: 'float32' })),
    ...Object.entries(integers).map(([name, rows]) => ({
      name,
      shape: typeof rows[0] === 'number' ? [rows.length] : [rows.length, 2],
      dtype: 'int32',
    })),
  ];
  return {
    topology: JSON.stringify({
      format: 'graph-model',
      modelTopology: { node: [placeholder(inputShape), ...constants, ...operators], versions: {} },
      weightsManifest: [{ paths: ['weights.bin'], weights: entries }],
    }),
    binary: Buffer.concat([
      ...Object.values(weights).map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
      ...Object.values(integers).map((rows) => Buffer.from(Int32Array.from(rows.flat()).buffer)),
    ]),
  };
}

function placeholder(inputShape: readonly number[]): object {
  const dim = [-1, ...inputShape].map((size) => ({ size: String(size) }));
  return { name: 'input', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim } } } };
}

/** Weights that differ from each other, −1..1, the same on every machine. */
export function practiceWeights(...shape: number[]): FloatTensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float32Array.from({ length: count }, (_, index) => Math.sin(1.7 * index + shape.length)) };
}
