import type { FloatTensor } from './onnx-graph.ts';

/** Reorders a tensor's dimensions: dimension i of the result is dimension `order[i]` of the source. */
export function transpose(tensor: FloatTensor, order: readonly number[]): FloatTensor {
  const strides = rowMajorStrides(tensor.shape);
  const shape = order.map((dimension) => tensor.shape[dimension] ?? 1);
  const sourceStrides = order.map((dimension) => strides[dimension] ?? 0);
  const resultStrides = rowMajorStrides(shape);
  const data = new Float32Array(tensor.data.length);
  for (let index = 0; index < data.length; index++) {
    data[index] = tensor.data[sourceIndex(index, resultStrides, sourceStrides)] ?? 0;
  }
  return { shape, data };
}

function sourceIndex(index: number, resultStrides: readonly number[], sourceStrides: readonly number[]): number {
  let rest = index;
  let source = 0;
  for (const [dimension, stride] of resultStrides.entries()) {
    source += Math.floor(rest / stride) * (sourceStrides[dimension] ?? 0);
    rest %= stride;
  }
  return source;
}

function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = (strides[i + 1] ?? 1) * (shape[i + 1] ?? 1);
  return strides;
}

/** TensorFlow's [height, width, in, out] filters as ONNX's [out, in, height, width]. */
export function convolutionFilters(filters: FloatTensor): FloatTensor {
  return transpose(filters, [3, 2, 0, 1]);
}

/** TensorFlow's depthwise [height, width, channels, 1] filters as ONNX's [channels, 1, height, width]. */
export function depthwiseFilters(filters: FloatTensor): FloatTensor {
  if (filters.shape[3] !== 1) throw new Error('only a depth multiplier of 1 is supported');
  return transpose(filters, [2, 3, 0, 1]);
}

/** A constant with one number for each channel, shaped so that it broadcasts over `dimensions` sizes with channels first. */
export function channelConstant(constant: FloatTensor, channels: number, dimensions: number): FloatTensor {
  if (constant.data.length !== channels || constant.shape.at(-1) !== channels) {
    throw new Error(`a constant of ${String(constant.shape)} does not fit ${channels} channels`);
  }
  return { shape: [channels, ...new Array<number>(dimensions - 1).fill(1)], data: constant.data };
}
