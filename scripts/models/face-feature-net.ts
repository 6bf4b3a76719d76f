import { NetLayers } from './net-layers.ts';
import type { Value } from './net-layers.ts';
import type { FloatTensor, TensorPort } from './onnx-graph.ts';
import { convolutionFilters, depthwiseFilters } from './tensor-layout.ts';

type Weights = ReadonlyMap<string, FloatTensor>;

export interface FaceFeatureNetPlan {
  readonly name: string;
  readonly inputShape: readonly [number | 'batch', number, number, number];
  readonly output: TensorPort;
  /** Whether the output's numbers are made probabilities. */
  readonly softmax: boolean;
}

const blockNames = ['dense0', 'dense1', 'dense2', 'dense3'] as const;
const layersOfBlock = ['conv0', 'conv1', 'conv2', 'conv3'] as const;

/**
 * Builds one of the nets that consist of four dense blocks of separable convolutions and one matrix (68 landmarks,
 * expressions). The library keeps these nets as code, not as a graph; this is the same order of layers.
 */
export function convertFaceFeatureNet(weights: Weights, plan: FaceFeatureNetPlan): Uint8Array {
  const net = new FaceFeatureNet(weights);
  const [, channels, height, width] = plan.inputShape;
  const input: Value = { name: 'input', layout: 'picture', shape: [channels, height, width] };
  const features = blockNames.reduce<Value>((value, block) => net.block(block, value), input);
  const sums = net.classify(features);
  const output = plan.softmax ? net.layers.softmax(sums) : sums;
  net.layers.graph.rename(output.name, plan.output.name);
  return net.layers.graph.finish(plan.name, [{ name: 'input', shape: plan.inputShape }], [plan.output]);
}

class FaceFeatureNet {
  readonly layers = new NetLayers();
  readonly #weights: Weights;

  constructor(weights: Weights) {
    this.#weights = weights;
  }

  /** Halves the picture; every layer reads the sum of all layers of the block before it. */
  block(name: string, source: Value): Value {
    const [first, ...others] = layersOfBlock.map((layer) => `${name}/${layer}`);
    let sum = this.layers.activation('Relu', this.#layer(first ?? '', source, 2));
    let input = sum;
    for (const layer of others) {
      sum = this.layers.combine('Add', sum, this.#layer(layer, input, 1));
      input = this.layers.activation('Relu', sum);
    }
    return input;
  }

  classify(features: Value): Value {
    const pooled = this.layers.pool('AveragePool', features, { kernel: [7, 7], strides: [2, 2], padding: 'VALID' });
    const matrix = this.#weight('fc/weights');
    const row = this.layers.reshape(pooled, [-1, matrix.shape[0] ?? 0]);
    return this.layers.combineConstant('Add', this.layers.matrixProduct(row, matrix), this.#weight('fc/bias'));
  }

  /** A plain convolution where the block begins with a picture's colours, else a depthwise one and one of 1 × 1. */
  #layer(name: string, source: Value, stride: number): Value {
    const bias = this.#weight(`${name}/bias`);
    const step = { strides: [stride, stride], padding: 'SAME' } as const;
    const plain = this.#weights.get(`${name}/filters`);
    if (plain) return this.layers.convolution(source, { filters: convolutionFilters(plain), bias }, step);
    const depthwise = depthwiseFilters(this.#weight(`${name}/depthwise_filter`));
    const pointwise = convolutionFilters(this.#weight(`${name}/pointwise_filter`));
    const spread = this.layers.convolution(source, { filters: depthwise, depthwise: true }, step);
    return this.layers.convolution(spread, { filters: pointwise, bias }, { strides: [1, 1], padding: 'SAME' });
  }

  #weight(name: string): FloatTensor {
    const weight = this.#weights.get(name);
    if (!weight) throw new Error(`weights ${name} are missing`);
    return weight;
  }
}
