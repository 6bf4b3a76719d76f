import { flag, integerList, text, textList } from './graph-model-schema.ts';
import type { GraphNode } from './graph-model-schema.ts';
import type { ArithmeticOperator, Filters, NetLayers, Value } from './net-layers.ts';
import type { FloatTensor } from './onnx-graph.ts';
import type { SlidingWindow } from './sliding-window.ts';
import { convolutionFilters, depthwiseFilters } from './tensor-layout.ts';

/** What an operator finds while its graph is converted. */
export interface GraphScope {
  readonly layers: NetLayers;
  /** The value that an earlier node computed; throws when there is none. */
  value(name: string | undefined): Value;
  /** A constant of the graph; throws when there is none. */
  weight(name: string | undefined): FloatTensor;
  isWeight(name: string | undefined): boolean;
}

type Operator = (scope: GraphScope, node: GraphNode) => Value;

/** Operators by their TensorFlow name. A graph with any other is refused. */
export const graphOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['Identity', (scope, node) => scope.value(node.input[0])],
  ['Conv2D', convolution],
  ['_FusedConv2D', convolution],
  ['DepthwiseConv2dNative', depthwiseConvolution],
  ['FusedDepthwiseConv2dNative', depthwiseConvolution],
  ['Add', arithmetic('Add')],
  ['AddV2', arithmetic('Add')],
  ['BiasAdd', arithmetic('Add')],
  ['Mul', arithmetic('Mul')],
  ['Minimum', arithmetic('Min')],
  ['Maximum', arithmetic('Max')],
  ['Relu', (scope, node) => scope.layers.activation('Relu', scope.value(node.input[0]))],
  ['Relu6', (scope, node) => scope.layers.relu6(scope.value(node.input[0]))],
  ['Sigmoid', (scope, node) => scope.layers.activation('Sigmoid', scope.value(node.input[0]))],
  ['Softmax', (scope, node) => scope.layers.softmax(scope.value(node.input[0]))],
  ['Prelu', (scope, node) => scope.layers.prelu(scope.value(node.input[0]), scope.weight(node.input[1]))],
  ['MaxPool', maximumPool],
  ['Pad', pad],
  ['Reshape', (scope, node) => scope.layers.reshape(scope.value(node.input[0]), integers(scope, node.input[1]))],
  ['ConcatV2', concatenate],
  ['MatMul', matrixProduct],
  ['_FusedMatMul', matrixProduct],
  ['Mean', mean],
]);

function convolution(scope: GraphScope, node: GraphNode): Value {
  const filters = convolutionFilters(scope.weight(node.input[1]));
  return convolved(scope, node, { filters });
}

function depthwiseConvolution(scope: GraphScope, node: GraphNode): Value {
  const filters = depthwiseFilters(scope.weight(node.input[1]));
  return convolved(scope, node, { filters, depthwise: true });
}

function convolved(scope: GraphScope, node: GraphNode, filters: Filters): Value {
  const { bias, activate } = fusedOperators(scope, node);
  return activate(scope.layers.convolution(scope.value(node.input[0]), { ...filters, bias }, windowSteps(node)));
}

interface FusedOperators {
  readonly bias: FloatTensor | undefined;
  readonly activate: (sum: Value) => Value;
}

/** What a fused node does behind its main operator: nothing, or a bias and perhaps an activation. */
function fusedOperators(scope: GraphScope, node: GraphNode): FusedOperators {
  const [first, activation, ...others] = textList(node, 'fused_ops');
  if (first === undefined) return { bias: undefined, activate: (sum) => sum };
  if (first !== 'BiasAdd' || others.length > 0) throw new Error(`${node.name}: fused ${first} is not supported`);
  return { bias: scope.weight(node.input[2]), activate: (sum) => activated(scope, node, activation, sum) };
}

function activated(scope: GraphScope, node: GraphNode, activation: string | undefined, sum: Value): Value {
  switch (activation) {
    case undefined:
      return sum;
    case 'Relu':
    case 'Sigmoid':
      return scope.layers.activation(activation, sum);
    case 'Relu6':
      return scope.layers.relu6(sum);
    case 'Prelu':
      return scope.layers.prelu(sum, scope.weight(node.input[3]));
    default:
      throw new Error(`${node.name}: fused ${activation} is not supported`);
  }
}

function windowSteps(node: GraphNode): Omit<SlidingWindow, 'kernel'> {
  const [, vertical = 1, horizontal = 1] = integerList(node, 'strides');
  const padding = text(node, 'padding');
  if (integerList(node, 'dilations').some((step) => step !== 1)) throw new Error(`${node.name} is dilated`);
  if (!['', 'NHWC'].includes(text(node, 'data_format'))) throw new Error(`${node.name} has its channels first`);
  if (padding !== 'SAME' && padding !== 'VALID') throw new Error(`${node.name}: padding ${padding} is not supported`);
  return { strides: [vertical, horizontal], padding };
}

function maximumPool(scope: GraphScope, node: GraphNode): Value {
  const [, height = 0, width = 0] = integerList(node, 'ksize');
  const window: SlidingWindow = { ...windowSteps(node), kernel: [height, width] };
  return scope.layers.pool('MaxPool', scope.value(node.input[0]), window);
}

/** All these operators give the same result with their sides exchanged. */
function arithmetic(operator: ArithmeticOperator): Operator {
  return (scope, { input: [left, right] }) => {
    if (scope.isWeight(right)) return scope.layers.combineConstant(operator, scope.value(left), scope.weight(right));
    if (scope.isWeight(left)) return scope.layers.combineConstant(operator, scope.value(right), scope.weight(left));
    return scope.layers.combine(operator, scope.value(left), scope.value(right));
  };
}

function pad(scope: GraphScope, node: GraphNode): Value {
  const amounts = integers(scope, node.input[1]);
  if ((amounts[0] ?? 0) + (amounts[1] ?? 0) > 0) throw new Error(`${node.name} pads the batch`);
  // Channels are the last dimension of the source and the first of a picture here.
  const dimensions = [3, 1, 2];
  const at = (offset: number): number[] => dimensions.map((dimension) => amounts[2 * dimension + offset] ?? 0);
  return scope.layers.pad(scope.value(node.input[0]), at(0), at(1));
}

function concatenate(scope: GraphScope, node: GraphNode): Value {
  const [axis] = integers(scope, node.input.at(-1));
  if (axis !== 3 && axis !== -1) throw new Error(`${node.name}: only channels can be concatenated`);
  return scope.layers.concatenateChannels(node.input.slice(0, -1).map((name) => scope.value(name)));
}

function matrixProduct(scope: GraphScope, node: GraphNode): Value {
  if (flag(node, 'transpose_a') || flag(node, 'transpose_b')) throw new Error(`${node.name} transposes a side`);
  const { bias, activate } = fusedOperators(scope, node);
  const product = scope.layers.matrixProduct(scope.value(node.input[0]), scope.weight(node.input[1]));
  return activate(bias ? scope.layers.combineConstant('Add', product, bias) : product);
}

function mean(scope: GraphScope, node: GraphNode): Value {
  const axes = integers(scope, node.input[1]).toSorted();
  if (String(axes) !== '1,2') throw new Error(`${node.name}: only the mean over height and width is supported`);
  return scope.layers.pictureMean(scope.value(node.input[0]), flag(node, 'keep_dims'));
}

function integers(scope: GraphScope, name: string | undefined): number[] {
  return [...scope.weight(name).data];
}
