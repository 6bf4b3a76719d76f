import { OnnxGraph } from './onnx-graph.ts';
import type { FloatTensor } from './onnx-graph.ts';
import { convolutionFilters } from './tensor-layout.ts';

/** Edge of the face chip in pixels. */
export const chipSize = 150;
export const descriptorLength = 128;

type Weights = ReadonlyMap<string, FloatTensor>;

interface Value {
  readonly name: string;
  readonly channels: number;
  readonly size: number;
}

interface ConvolutionPlan {
  readonly prefix: string;
  readonly stride: 1 | 2;
  readonly relu: boolean;
}

/** The residual stages behind the first convolution; `_down` halves the edge. */
const stages: readonly string[] = [
  ...['conv32_1', 'conv32_2', 'conv32_3'],
  ...['conv64_down', 'conv64_1', 'conv64_2', 'conv64_3'],
  ...['conv128_down', 'conv128_1', 'conv128_2'],
  ...['conv256_down', 'conv256_1', 'conv256_2', 'conv256_down_out'],
];

/**
 * Builds the 29-layer residual net that turns face chips into descriptors.
 * Input [batch, 3, 150, 150]: RGB 0..255 minus the channel means, divided by 255. Output [batch, 128].
 */
export function convertRecognitionNet(weights: Weights): Uint8Array {
  const net = new RecognitionNet(weights);
  const features = stages.reduce((value, stage) => net.stage(stage, value), net.stem());
  net.descriptor(features);
  return net.graph.finish(
    'face-recognition',
    [{ name: 'input', shape: ['batch', 3, chipSize, chipSize] }],
    [{ name: 'descriptor', shape: ['batch', descriptorLength] }],
  );
}

class RecognitionNet {
  readonly graph = new OnnxGraph();
  readonly #weights: Weights;

  constructor(weights: Weights) {
    this.#weights = weights;
  }

  stem(): Value {
    const source = { name: 'input', channels: 3, size: chipSize };
    const first = this.#convolution(source, { prefix: 'conv32_down', stride: 2, relu: true });
    const name = this.graph.node('MaxPool', [first.name], {
      kernel_shape: { ints: [3, 3] },
      strides: { ints: [2, 2] },
    });
    return { ...first, name, size: Math.floor((first.size - 3) / 2) + 1 };
  }

  stage(name: string, source: Value): Value {
    const down = name.includes('_down');
    const inner = this.#convolution(source, { prefix: `${name}/conv1`, stride: down ? 2 : 1, relu: true });
    const branch = this.#convolution(inner, { prefix: `${name}/conv2`, stride: 1, relu: false });
    const shortcut = down ? this.#halved(source) : source;
    const channels = Math.max(branch.channels, shortcut.channels);
    const size = Math.max(branch.size, shortcut.size);
    const sum = this.graph.node('Add', [
      this.#zeroPadded(shortcut, channels, size),
      this.#zeroPadded(branch, channels, size),
    ]);
    return { name: this.graph.node('Relu', [sum]), channels, size };
  }

  descriptor(features: Value): void {
    const mean = this.graph.node('ReduceMean', [features.name], { axes: { ints: [2, 3] }, keepdims: { int: 0 } });
    this.graph.rename(this.graph.node('MatMul', [mean, this.graph.floats(this.#weight('fc'))]), 'descriptor');
  }

  #convolution(source: Value, plan: ConvolutionPlan): Value {
    const { filters, bias } = this.#scaledConvolution(plan.prefix);
    const [channels = 0, , kernel = 0] = filters.shape;
    const pad = plan.stride === 1 ? (kernel - 1) / 2 : 0;
    const sum = this.graph.node('Conv', [source.name, this.graph.floats(filters), this.graph.floats(bias)], {
      kernel_shape: { ints: [kernel, kernel] },
      pads: { ints: [pad, pad, pad, pad] },
      strides: { ints: [plan.stride, plan.stride] },
    });
    const name = plan.relu ? this.graph.node('Relu', [sum]) : sum;
    return { name, channels, size: Math.floor((source.size + 2 * pad - kernel) / plan.stride) + 1 };
  }

  /** Folds the per-channel scale and shift that follow every convolution into its filters and bias. */
  #scaledConvolution(prefix: string): { filters: FloatTensor; bias: FloatTensor } {
    const filters = convolutionFilters(this.#weight(`${prefix}/conv/filters`));
    const bias = this.#weight(`${prefix}/conv/bias`);
    const scale = this.#weight(`${prefix}/scale/weights`).data;
    const shift = this.#weight(`${prefix}/scale/biases`).data;
    const perChannel = filters.data.length / scale.length;
    return {
      filters: {
        shape: filters.shape,
        data: filters.data.map((value, index) => value * (scale[Math.floor(index / perChannel)] ?? 0)),
      },
      bias: {
        shape: bias.shape,
        data: bias.data.map((value, index) => value * (scale[index] ?? 0) + (shift[index] ?? 0)),
      },
    };
  }

  #halved(source: Value): Value {
    const name = this.graph.node('AveragePool', [source.name], {
      kernel_shape: { ints: [2, 2] },
      strides: { ints: [2, 2] },
    });
    return { name, channels: source.channels, size: Math.floor(source.size / 2) };
  }

  #zeroPadded(source: Value, channels: number, size: number): string {
    if (source.channels === channels && source.size === size) return source.name;
    const grow = [0, channels - source.channels, size - source.size, size - source.size];
    return this.graph.node('Pad', [source.name, this.graph.integers([0, 0, 0, 0, ...grow])]);
  }

  #weight(name: string): FloatTensor {
    const weight = this.#weights.get(name);
    if (!weight) throw new Error(`weights ${name} are missing`);
    return weight;
  }
}
