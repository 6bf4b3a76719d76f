import type { FloatTensor } from './onnx-graph.ts';

/** Reorders a tensor's dimensions: dimension i of the result is dimension `order[i]` of the source. */
export function transpose(tensor: FloatTensor, order: readonly number[]): FloatTensor {
  const strides = rowMajorStrides(tensor.shape);
  const shape = order.map((dimension) => tensor.shape[dimension] ?? 1);
  const data = new Float32Array(tensor.data.length);
  let to = 0;
  const sourceStrides = order.map((dimension) => strides[dimension] ?? 0);
  eachEntry(shape, sourceStrides, (from) => {
    data[to++] = tensor.data[from] ?? 0;
  });
  return { shape, data };
}

/** Visits the entries of a shape in their order and tells each one's place in a tensor of other strides. */
function eachEntry(shape: readonly number[], strides: readonly number[], visit: (place: number) => void): void {
  const walk = (dimension: number, place: number): void => {
    if (dimension === shape.length) return visit(place);
    const [size = 0, stride = 0] = [shape[dimension], strides[dimension]];
    for (let index = 0; index < size; index++) walk(dimension + 1, place + index * stride);
  };
  walk(0, 0);
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

/** The same tensor with zeros behind its entries in every dimension that `shape` makes larger. */
export function enlarged(tensor: FloatTensor, shape: readonly number[]): FloatTensor {
  if (String(tensor.shape) === String(shape)) return tensor;
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  let from = 0;
  eachEntry(tensor.shape, rowMajorStrides(shape), (to) => {
    data[to] = tensor.data[from++] ?? 0;
  });
  return { shape, data };
}
