import { OnnxGraph } from './onnx-graph.ts';
import type { FloatTensor } from './onnx-graph.ts';
import { placeWindow } from './sliding-window.ts';
import type { SlidingWindow } from './sliding-window.ts';
import { channelConstant, enlarged } from './tensor-layout.ts';

/** A value while its net is converted. */
export interface Value {
  readonly name: string;
  /** Pictures are held as channels, height, width; everything else in the order that the source has. */
  readonly layout: 'picture' | 'source';
  /** Sizes in that order, without the batch. */
  readonly shape: readonly number[];
  /** How many channels without meaning a picture has behind the others, none where left out. */
  readonly spareChannels?: number;
}

/** What `convolution` multiplies with: filters as ONNX orders them, [out, in / groups, height, width]. */
export interface Filters {
  readonly filters: FloatTensor;
  readonly bias?: FloatTensor | undefined;
  readonly depthwise?: boolean;
}

/**
 * The runtime computes pictures in blocks of up to sixteen channels, and only where their number fills the blocks in every
 * operator; elsewhere it turns the picture into the plain layout and back.
 */
const channelBlock = 16;

/** Builds the ONNX form of TensorFlow's layers, pictures turned to channels first. Methods throw on shapes that do not fit. */
export class NetLayers {
  readonly graph = new OnnxGraph();

  convolution(source: Value, weights: Filters, window: Omit<SlidingWindow, 'kernel'>): Value {
    const [channels, height, width] = picture(source);
    const [outChannels = 0, perGroup = 0, kernelHeight = 0, kernelWidth = 0] = weights.filters.shape;
    const isDepthwise = weights.depthwise === true;
    const group = isDepthwise ? channels : 1;
    if (perGroup * group !== channels) throw new Error(`filters for ${perGroup * group} channels meet ${channels}`);
    const { pads, size } = placeWindow({ ...window, kernel: [kernelHeight, kernelWidth] }, [height, width]);
    const heldIn = heldChannels(source);
    const heldOut = isDepthwise ? heldIn : filledBlocks(outChannels);
    const filters = enlarged(weights.filters, [heldOut, isDepthwise ? 1 : heldIn, kernelHeight, kernelWidth]);
    const inputs = [source.name, this.graph.floats(filters)];
    if (weights.bias) inputs.push(this.graph.floats(enlarged(weights.bias, [heldOut])));
    const name = this.graph.node('Conv', inputs, {
      group: { int: isDepthwise ? heldIn : 1 },
      kernel_shape: { ints: [kernelHeight, kernelWidth] },
      pads: { ints: pads },
      strides: { ints: window.strides },
    });
    return { name, layout: 'picture', shape: [outChannels, ...size], spareChannels: heldOut - outChannels };
  }

  pool(operator: 'MaxPool' | 'AveragePool', source: Value, window: SlidingWindow): Value {
    const [channels, height, width] = picture(source);
    const { pads, size } = placeWindow(window, [height, width]);
    const name = this.graph.node(operator, [source.name], {
      kernel_shape: { ints: window.kernel },
      pads: { ints: pads },
      strides: { ints: window.strides },
    });
    return { ...source, name, shape: [channels, ...size] };
  }

  activation(operator: 'Relu' | 'Sigmoid', source: Value): Value {
    return { ...source, name: this.graph.node(operator, [source.name]) };
  }

  /** Limits every number to 0..6. */
  relu6(source: Value): Value {
    return { ...source, name: this.graph.node('Clip', [source.name, this.graph.scalar(0), this.graph.scalar(6)]) };
  }

  /**
   * `slope` has one number for each channel. Written as Relu(x) − slope × Relu(−x), of which one side is always nought, so that
   * the numbers are the same to the last bit: the runtime knows convolutions and sums in its own layout of channels and
   * spreads them over its threads, and for a PRelu turns every picture into the plain layout and back.
   */
  prelu(source: Value, slope: FloatTensor): Value {
    const [channels] = picture(source);
    const { data } = channelConstant(slope, channels, 3);
    const negative = this.activation('Relu', this.#scaled(source, new Float32Array(channels).fill(-1)));
    const scaled = this.#scaled(
      negative,
      data.map((value) => -value),
    );
    return this.combine('Add', scaled, this.activation('Relu', source));
  }

  /** Every channel times its number. */
  #scaled(source: Value, factors: Float32Array): Value {
    const filters = { shape: [factors.length, 1, 1, 1], data: factors };
    return this.convolution(source, { filters, depthwise: true }, { strides: [1, 1], padding: 'VALID' });
  }

  /** Over the source's last dimension: the channels of a picture. */
  softmax(source: Value): Value {
    const axis = source.layout === 'picture' ? 1 : source.shape.length;
    const plain = this.#withoutSpare(source);
    return { ...plain, name: this.graph.node('Softmax', [plain.name], { axis: { int: axis } }) };
  }

  /** Number by number; both sides have the same shape. */
  combine(operator: ArithmeticOperator, left: Value, right: Value): Value {
    if (left.layout !== right.layout || String(left.shape) !== String(right.shape)) {
      throw new Error(`${operator} of unequal shapes ${String(left.shape)} and ${String(right.shape)}`);
    }
    const isHeldAlike = heldChannels(left) === heldChannels(right);
    const [first, second] = isHeldAlike ? [left, right] : [this.#withoutSpare(left), this.#withoutSpare(right)];
    return { ...first, name: this.graph.node(operator, [first.name, second.name]) };
  }

  /** With one number, or one for each entry of the source's last dimension. */
  combineConstant(operator: ArithmeticOperator, left: Value, constant: FloatTensor): Value {
    const [channels, dimensions] =
      left.layout === 'picture' ? [left.shape[0], left.shape.length] : [left.shape.at(-1), 1];
    if (constant.data.length === 1) {
      return { ...left, name: this.graph.node(operator, [left.name, this.graph.floats(constant)]) };
    }
    const right = channelConstant(constant, channels ?? 0, dimensions);
    const held = enlarged(right, [(channels ?? 0) + (left.spareChannels ?? 0), ...right.shape.slice(1)]);
    return { ...left, name: this.graph.node(operator, [left.name, this.graph.floats(held)]) };
  }

  /** A row of numbers times a [in, out] matrix. */
  matrixProduct(source: Value, matrix: FloatTensor): Value {
    const [rows, columns = 0] = matrix.shape;
    if (source.layout !== 'source' || String(source.shape) !== String([rows])) {
      throw new Error(`a matrix of ${String(matrix.shape)} meets ${source.layout} of ${String(source.shape)}`);
    }
    const name = this.graph.node('MatMul', [source.name, this.graph.floats(matrix)]);
    return { name, layout: 'source', shape: [columns] };
  }

  /** The mean of every channel: a 1 × 1 picture, or a row of numbers. */
  pictureMean(source: Value, keepPicture: boolean): Value {
    const [channels] = picture(source);
    const name = this.graph.node('ReduceMean', [this.#withoutSpare(source).name], {
      axes: { ints: [2, 3] },
      keepdims: { int: keepPicture ? 1 : 0 },
    });
    if (keepPicture) return { name, layout: 'picture', shape: [channels, 1, 1] };
    return { name, layout: 'source', shape: [channels] };
  }

  /** Pictures of one size behind each other, channel by channel. */
  concatenateChannels(sources: readonly Value[]): Value {
    const pictures = sources.map(picture);
    const [, height = 0, width = 0] = pictures[0] ?? [];
    if (pictures.some((shape) => shape[1] !== height || shape[2] !== width))
      throw new Error('pictures of unequal size');
    const name = this.graph.node(
      'Concat',
      sources.map((source) => this.#withoutSpare(source).name),
      { axis: { int: 1 } },
    );
    return { name, layout: 'picture', shape: [pictures.reduce((sum, [count]) => sum + count, 0), height, width] };
  }

  /** Adds zeros before and after; both lists go over channels, height and width. */
  pad(source: Value, before: readonly number[], after: readonly number[]): Value {
    if ([before, after].every(([, ...sides]) => sides.every((amount) => amount === 0))) {
      return this.#withMoreChannels(source, before[0] ?? 0, after[0] ?? 0);
    }
    const plain = this.#withoutSpare(source);
    const amounts = this.graph.integers([0, ...before, 0, ...after]);
    const shape = picture(plain).map((size, index) => size + (before[index] ?? 0) + (after[index] ?? 0));
    return { ...plain, name: this.graph.node('Pad', [plain.name, amounts]), shape };
  }

  /** Channels of zeros, by a convolution that copies the others: it stays in the runtime's own layout, where Pad leaves it. */
  #withMoreChannels(source: Value, before: number, after: number): Value {
    const [channels] = picture(source);
    const shape = [before + channels + after, channels, 1, 1];
    const data = new Float32Array((before + channels + after) * channels);
    for (let channel = 0; channel < channels; channel++) data[(before + channel) * channels + channel] = 1;
    return this.convolution(source, { filters: { shape, data } }, { strides: [1, 1], padding: 'VALID' });
  }

  /** Reads the numbers in the source's order into another shape; `target` holds the batch first and may hold one −1. */
  reshape(source: Value, target: readonly number[]): Value {
    const shape = this.graph.integers(target);
    const plain = this.#withoutSpare(source);
    const ordered =
      source.layout === 'picture'
        ? this.graph.node('Transpose', [plain.name], { perm: { ints: [0, 2, 3, 1] } })
        : plain.name;
    const name = this.graph.node('Reshape', [ordered, shape]);
    return { name, layout: 'source', shape: shapeWithoutBatch(source, target) };
  }

  #withoutSpare(source: Value): Value {
    const { spareChannels = 0, ...plain } = source;
    if (spareChannels === 0) return plain;
    const [start, end, axis] = [[0], [picture(source)[0]], [1]].map((values) => this.graph.integers(values));
    return { ...plain, name: this.graph.node('Slice', [source.name, start ?? '', end ?? '', axis ?? '']) };
  }
}

/** Names are ONNX's. */
export type ArithmeticOperator = 'Add' | 'Mul' | 'Min' | 'Max';

/** The sizes of a picture; throws for anything else. */
export function picture(value: Value): readonly [channels: number, height: number, width: number] {
  const [channels, height, width] = value.shape;
  if (value.layout !== 'picture' || channels === undefined || height === undefined || width === undefined) {
    throw new Error(`${value.name} is not a picture`);
  }
  return [channels, height, width];
}

function heldChannels(value: Value): number {
  return (value.shape[0] ?? 0) + (value.spareChannels ?? 0);
}

/** Fewer channels than a block are the first picture's colours or a result, and are left. */
function filledBlocks(channels: number): number {
  return channels < channelBlock ? channels : Math.ceil(channels / channelBlock) * channelBlock;
}

function shapeWithoutBatch(source: Value, target: readonly number[]): number[] {
  const [, ...sizes] = target;
  const known = product(sizes.filter((size) => size !== -1));
  const shape = sizes.map((size) => (size === -1 ? product(source.shape) / known : size));
  if (product(shape) !== product(source.shape)) {
    throw new Error(`${String(source.shape)} cannot be read as ${String(target)}`);
  }
  return shape;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}
