import { integerList, text, textList } from './graph-model-schema.ts';
import type { GraphModel, GraphNode } from './graph-model-schema.ts';
import { OnnxGraph } from './onnx-graph.ts';
import type { FloatTensor, TensorPort } from './onnx-graph.ts';
import { channelSlope, convolutionFilters, depthwiseFilters } from './tensor-layout.ts';

/** A value while it is converted: pictures as channels, height, width; `undefined` once flattened to the source's order. */
interface Value {
  readonly name: string;
  readonly picture: readonly [channels: number, height: number, width: number] | undefined;
}

export interface GraphModelPlan {
  readonly name: string;
  /** Edge of the square input in pixels. */
  readonly inputSize: number;
  readonly batch: number | 'batch';
  /** Source node → public output name and its shape. */
  readonly outputs: readonly { readonly node: string; readonly port: TensorPort }[];
}

/**
 * Translates a TensorFlow.js graph model (batch, height, width, channels) into an ONNX model whose input is
 * [batch, 3, size, size]; outputs keep the source's order of numbers. Throws on an operator it does not know.
 */
export function convertGraphModel(
  model: GraphModel,
  weights: ReadonlyMap<string, FloatTensor>,
  plan: GraphModelPlan,
): Uint8Array {
  const conversion = new GraphConversion(weights, plan.inputSize);
  for (const node of inExecutionOrder(model.modelTopology.node)) conversion.add(node);
  for (const { node, port } of plan.outputs) conversion.publish(node, port.name);
  const input: TensorPort = { name: 'input', shape: [plan.batch, 3, plan.inputSize, plan.inputSize] };
  return conversion.graph.finish(
    plan.name,
    [input],
    plan.outputs.map((output) => output.port),
  );
}

class GraphConversion {
  readonly graph = new OnnxGraph();
  readonly #values = new Map<string, Value>();
  readonly #weights: ReadonlyMap<string, FloatTensor>;
  readonly #inputSize: number;

  constructor(weights: ReadonlyMap<string, FloatTensor>, inputSize: number) {
    this.#weights = weights;
    this.#inputSize = inputSize;
  }

  add(node: GraphNode): void {
    if (node.op === 'Const') return;
    this.#values.set(node.name, this.#convert(node));
  }

  publish(node: string, name: string): void {
    this.graph.rename(this.#value(node).name, name);
  }

  #convert(node: GraphNode): Value {
    switch (node.op) {
      case 'Placeholder':
        return { name: 'input', picture: [3, this.#inputSize, this.#inputSize] };
      case 'Identity':
        return this.#value(node.input[0]);
      case '_FusedConv2D':
        return this.#fusedConvolution(node);
      case 'DepthwiseConv2dNative':
        return this.#convolution(node, depthwiseFilters(this.#weight(node.input[1])), undefined, true);
      case 'AddV2':
        return this.#sum(node);
      case 'Relu':
      case 'Sigmoid':
        return this.#activation(node.op, this.#value(node.input[0]));
      case 'Prelu':
        return this.#prelu(this.#value(node.input[0]), node.input[1]);
      case 'MaxPool':
        return this.#maximumPool(node);
      case 'Pad':
        return this.#pad(node);
      case 'Reshape':
        return this.#reshape(node);
      default:
        throw new Error(`operator ${node.op} (${node.name}) is not supported`);
    }
  }

  #fusedConvolution(node: GraphNode): Value {
    const [first, activation, ...others] = textList(node, 'fused_ops');
    if (first !== 'BiasAdd' || others.length > 0) throw new Error(`fused operators of ${node.name} are not supported`);
    const filters = convolutionFilters(this.#weight(node.input[1]));
    const sum = this.#convolution(node, filters, this.#weight(node.input[2]), false);
    if (activation === undefined) return sum;
    if (activation === 'Relu') return this.#activation('Relu', sum);
    if (activation === 'Prelu') return this.#prelu(sum, node.input[3]);
    throw new Error(`fused activation ${activation} is not supported`);
  }

  #convolution(node: GraphNode, filters: FloatTensor, bias: FloatTensor | undefined, depthwise: boolean): Value {
    const source = this.#value(node.input[0]);
    const [channels, height, width] = picture(source);
    const [outChannels = 0, , kernelHeight = 0, kernelWidth = 0] = filters.shape;
    const window = slidingWindow(node, [height, width], [kernelHeight, kernelWidth]);
    const inputs = [source.name, this.graph.floats(filters)];
    if (bias) inputs.push(this.graph.floats(bias));
    const name = this.graph.node('Conv', inputs, {
      group: { int: depthwise ? channels : 1 },
      kernel_shape: { ints: [kernelHeight, kernelWidth] },
      pads: { ints: window.pads },
      strides: { ints: window.strides },
    });
    return { name, picture: [outChannels, ...window.size] };
  }

  #sum(node: GraphNode): Value {
    const left = this.#value(node.input[0]);
    const right = this.#value(node.input[1]);
    if (String(left.picture) !== String(right.picture)) throw new Error(`${node.name} adds tensors of unequal shape`);
    return { name: this.graph.node('Add', [left.name, right.name]), picture: left.picture };
  }

  #activation(operator: 'Relu' | 'Sigmoid', source: Value): Value {
    return { name: this.graph.node(operator, [source.name]), picture: source.picture };
  }

  #prelu(source: Value, slope: string | undefined): Value {
    const slopeName = this.graph.floats(channelSlope(this.#weight(slope)));
    return { name: this.graph.node('PRelu', [source.name, slopeName]), picture: source.picture };
  }

  #maximumPool(node: GraphNode): Value {
    const source = this.#value(node.input[0]);
    const [channels, height, width] = picture(source);
    const [, kernelHeight = 0, kernelWidth = 0] = integerList(node, 'ksize');
    const window = slidingWindow(node, [height, width], [kernelHeight, kernelWidth]);
    const name = this.graph.node('MaxPool', [source.name], {
      kernel_shape: { ints: [kernelHeight, kernelWidth] },
      pads: { ints: window.pads },
      strides: { ints: window.strides },
    });
    return { name, picture: [channels, ...window.size] };
  }

  /** Zero padding; both models only use it to widen the channels before a residual sum. */
  #pad(node: GraphNode): Value {
    const source = this.#value(node.input[0]);
    const [channels, height, width] = picture(source);
    const before: number[] = [];
    const after: number[] = [];
    const amounts = this.#weight(node.input[1]).data;
    for (const dimension of [0, 3, 1, 2]) {
      before.push(amounts[dimension * 2] ?? 0);
      after.push(amounts[dimension * 2 + 1] ?? 0);
    }
    const grow = (index: number): number => (before[index] ?? 0) + (after[index] ?? 0);
    const name = this.graph.node('Pad', [source.name, this.graph.integers([...before, ...after])]);
    return { name, picture: [channels + grow(1), height + grow(2), width + grow(3)] };
  }

  #reshape(node: GraphNode): Value {
    const source = this.#value(node.input[0]);
    const shape = this.graph.integers([...this.#weight(node.input[1]).data]);
    const ordered = source.picture
      ? this.graph.node('Transpose', [source.name], { perm: { ints: [0, 2, 3, 1] } })
      : source.name;
    return { name: this.graph.node('Reshape', [ordered, shape]), picture: undefined };
  }

  #value(name: string | undefined): Value {
    const value = this.#values.get(name ?? '');
    if (!value) throw new Error(`node ${name ?? '(none)'} is used before it is computed`);
    return value;
  }

  #weight(name: string | undefined): FloatTensor {
    const weight = this.#weights.get(name ?? '');
    if (!weight) throw new Error(`weights ${name ?? '(none)'} are missing`);
    return weight;
  }
}

function picture(value: Value): readonly [number, number, number] {
  if (!value.picture) throw new Error(`${value.name} is not a picture any more`);
  return value.picture;
}

interface SlidingWindow {
  readonly strides: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
  readonly size: readonly [height: number, width: number];
}

function slidingWindow(
  node: GraphNode,
  source: readonly [number, number],
  kernel: readonly [number, number],
): SlidingWindow {
  const [, strideY = 1, strideX = 1] = integerList(node, 'strides');
  if (integerList(node, 'dilations').some((step) => step !== 1)) throw new Error(`${node.name} is dilated`);
  const same = text(node, 'padding') === 'SAME';
  const vertical = slide(source[0], kernel[0], strideY, same);
  const horizontal = slide(source[1], kernel[1], strideX, same);
  return {
    strides: [strideY, strideX],
    pads: [vertical.before, horizontal.before, vertical.after, horizontal.after],
    size: [vertical.size, horizontal.size],
  };
}

/** TensorFlow's SAME puts the odd padding row behind; VALID has none. */
function slide(source: number, kernel: number, stride: number, same: boolean) {
  if (!same) return { before: 0, after: 0, size: Math.floor((source - kernel) / stride) + 1 };
  const size = Math.ceil(source / stride);
  const total = Math.max((size - 1) * stride + kernel - source, 0);
  const before = Math.floor(total / 2);
  return { before, after: total - before, size };
}

/** The file lists nodes in any order; this returns them so that every input comes before its user. */
function inExecutionOrder(nodes: readonly GraphNode[]): GraphNode[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const ordered = new Set<GraphNode>();
  const visit = (node: GraphNode): void => {
    if (ordered.has(node)) return;
    for (const input of node.input) {
      const source = byName.get(input);
      if (source) visit(source);
    }
    ordered.add(node);
  };
  for (const node of nodes) visit(node);
  return [...ordered];
}
