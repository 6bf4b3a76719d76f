import { ProtobufWriter } from './protobuf-writer.ts';

/** A dense tensor of weights; `data.length` is the product of `shape`. */
export interface FloatTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type Attribute = { readonly ints: readonly number[] } | { readonly int: number };

/** A named input or output; 'batch' marks the one dimension that callers choose. */
export interface TensorPort {
  readonly name: string;
  readonly shape: readonly (number | 'batch')[];
}

// Numbers of onnx.proto (ONNX 1.13, IR version 8). Opset 13 is the oldest that has every operator in the form used here.
const irVersion = 8;
const opset = 13;
const tensorFloat = 1;
const tensorInt64 = 7;
const attributeInt = 2;
const attributeInts = 7;

/** Collects operators and weights in the order given and writes them as one ONNX model; equal calls give equal bytes. */
export class OnnxGraph {
  readonly #nodes: ProtobufWriter[] = [];
  readonly #initialisers: ProtobufWriter[] = [];
  #count = 0;

  /** Appends one operator with a single output and returns that output's name. */
  node(operator: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const output = `${operator.toLowerCase()}_${++this.#count}`;
    this.#nodes.push(nodeMessage(operator, inputs, output, attributes));
    return output;
  }

  /** Gives the value `from` a second, public name. */
  rename(from: string, to: string): void {
    this.#nodes.push(nodeMessage('Identity', [from], to, {}));
  }

  floats(tensor: FloatTensor): string {
    return this.#initialiser(tensorFloat, tensor.shape, littleEndianBytes(tensor.data));
  }

  integers(values: readonly number[]): string {
    return this.#initialiser(tensorInt64, [values.length], littleEndianBytes(BigInt64Array.from(values.map(BigInt))));
  }

  scalar(value: number): string {
    return this.floats({ shape: [], data: Float32Array.of(value) });
  }

  /** The finished model file. */
  finish(name: string, inputs: readonly TensorPort[], outputs: readonly TensorPort[]): Uint8Array {
    const graph = new ProtobufWriter();
    for (const node of this.#nodes) graph.bytes(1, node);
    graph.bytes(2, name);
    for (const initialiser of this.#initialisers) graph.bytes(5, initialiser);
    for (const input of inputs) graph.bytes(11, portMessage(input));
    for (const output of outputs) graph.bytes(12, portMessage(output));
    const operatorSet = new ProtobufWriter().bytes(1, '').integer(2, opset);
    return new ProtobufWriter().integer(1, irVersion).bytes(7, graph).bytes(8, operatorSet).finish();
  }

  #initialiser(type: number, shape: readonly number[], raw: Uint8Array): string {
    const name = `weights_${this.#initialisers.length + 1}`;
    const message = new ProtobufWriter();
    for (const size of shape) message.integer(1, size);
    this.#initialisers.push(message.integer(2, type).bytes(8, name).bytes(9, raw));
    return name;
  }
}

function nodeMessage(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, Attribute>>,
): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const input of inputs) message.bytes(1, input);
  message.bytes(2, output).bytes(3, output).bytes(4, operator);
  for (const [name, value] of Object.entries(attributes)) message.bytes(5, attributeMessage(name, value));
  return message;
}

function attributeMessage(name: string, value: Attribute): ProtobufWriter {
  const message = new ProtobufWriter().bytes(1, name);
  if ('int' in value) return message.integer(3, value.int).integer(20, attributeInt);
  for (const item of value.ints) message.integer(8, item);
  return message.integer(20, attributeInts);
}

function portMessage(port: TensorPort): ProtobufWriter {
  const shape = new ProtobufWriter();
  for (const size of port.shape) {
    shape.bytes(1, size === 'batch' ? new ProtobufWriter().bytes(2, size) : new ProtobufWriter().integer(1, size));
  }
  const tensor = new ProtobufWriter().integer(1, tensorFloat).bytes(2, shape);
  return new ProtobufWriter().bytes(1, port.name).bytes(2, new ProtobufWriter().bytes(1, tensor));
}

/** Every platform the station runs on stores numbers little-endian, as ONNX's raw data does. */
function littleEndianBytes(values: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
