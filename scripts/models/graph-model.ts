import { declaredShape } from './graph-model-schema.ts';
import type { GraphModel, GraphNode } from './graph-model-schema.ts';
import { graphOperators } from './graph-operators.ts';
import type { GraphScope } from './graph-operators.ts';
import { NetLayers } from './net-layers.ts';
import type { Value } from './net-layers.ts';
import type { FloatTensor, TensorPort } from './onnx-graph.ts';

export interface GraphModelPlan {
  readonly name: string;
  /** [batch, channels, height, width]; must be what the graph itself declares. */
  readonly inputShape: readonly [number | 'batch', number, number, number];
  /** Source node → public output name and its shape. */
  readonly outputs: readonly { readonly node: string; readonly port: TensorPort }[];
}

/**
 * Translates a TensorFlow.js graph model (batch, height, width, channels) into an ONNX model whose input is
 * [batch, channels, height, width]; outputs keep the source's order of numbers. Throws on an operator it does not know.
 */
export function convertGraphModel(
  model: GraphModel,
  weights: ReadonlyMap<string, FloatTensor>,
  plan: GraphModelPlan,
): Uint8Array {
  const conversion = new GraphConversion(weights, plan);
  for (const node of inExecutionOrder(model.modelTopology.node)) conversion.add(node);
  for (const { node, port } of plan.outputs) conversion.publish(node, port);
  return conversion.layers.graph.finish(
    plan.name,
    [{ name: 'input', shape: plan.inputShape }],
    plan.outputs.map((output) => output.port),
  );
}

class GraphConversion implements GraphScope {
  readonly layers = new NetLayers();
  readonly #values = new Map<string, Value>();
  readonly #weights: ReadonlyMap<string, FloatTensor>;
  readonly #plan: GraphModelPlan;

  constructor(weights: ReadonlyMap<string, FloatTensor>, plan: GraphModelPlan) {
    this.#weights = weights;
    this.#plan = plan;
  }

  add(node: GraphNode): void {
    if (node.op !== 'Const') this.#values.set(node.name, this.#convert(node));
  }

  publish(node: string, port: TensorPort): void {
    const found = this.value(node);
    const sizes = port.shape.slice(1).map(Number);
    const value = found.layout === 'picture' ? this.layers.reshape(found, [-1, ...sizes]) : found;
    if (String(value.shape) !== String(sizes)) throw new Error(`${port.name} has the shape ${String(value.shape)}`);
    this.layers.graph.rename(value.name, port.name);
  }

  value(name: string | undefined): Value {
    const value = this.#values.get(name ?? '');
    if (!value) throw new Error(`node ${name ?? '(none)'} is used before it is computed`);
    return value;
  }

  weight(name: string | undefined): FloatTensor {
    const weight = this.#weights.get(name ?? '');
    if (!weight) throw new Error(`weights ${name ?? '(none)'} are missing`);
    return weight;
  }

  isWeight(name: string | undefined): boolean {
    return this.#weights.has(name ?? '');
  }

  #convert(node: GraphNode): Value {
    if (node.op === 'Placeholder') return this.#input(node);
    const operator = graphOperators.get(node.op);
    if (!operator) throw new Error(`operator ${node.op} (${node.name}) is not supported`);
    return operator(this, node);
  }

  #input(node: GraphNode): Value {
    const [batch, channels, height, width] = this.#plan.inputShape;
    const declared = declaredShape(node);
    if (String(declared) !== String([batch === 'batch' ? -1 : batch, height, width, channels])) {
      throw new Error(`${this.#plan.name} declares an input of ${String(declared)}`);
    }
    return { name: 'input', layout: 'picture', shape: [channels, height, width] };
  }
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
