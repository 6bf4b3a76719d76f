import { z } from 'zod';
import { weightsManifestSchema } from './tensorflow-weights.ts';

const attribute = z.object({
  s: z.string().optional(),
  b: z.boolean().optional(),
  list: z.object({ i: z.array(z.string()).optional(), s: z.array(z.string()).optional() }).optional(),
  shape: z.object({ dim: z.array(z.object({ size: z.string() })).optional() }).optional(),
});

const graphNode = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attribute).default({}),
});

/** The parts of a TensorFlow.js graph model that the conversion reads. */
export const graphModelSchema = z.object({
  format: z.literal('graph-model'),
  modelTopology: z.object({ node: z.array(graphNode) }),
  weightsManifest: weightsManifestSchema,
});

export type GraphModel = z.infer<typeof graphModelSchema>;
export type GraphNode = z.infer<typeof graphNode>;

/** A list of integers such as strides, empty when the attribute is absent. */
export function integerList(node: GraphNode, name: string): number[] {
  return (node.attr[name]?.list?.i ?? []).map(Number);
}

/** A text attribute, empty when it is absent; the format stores text as Base64. */
export function text(node: GraphNode, name: string): string {
  return decode(node.attr[name]?.s ?? '');
}

export function textList(node: GraphNode, name: string): string[] {
  return (node.attr[name]?.list?.s ?? []).map(decode);
}

/** A switch, off when the attribute is absent. */
export function flag(node: GraphNode, name: string): boolean {
  return node.attr[name]?.b ?? false;
}

/** The sizes that a placeholder declares, −1 where the caller chooses. */
export function declaredShape(node: GraphNode): number[] {
  return (node.attr['shape']?.shape?.dim ?? []).map(({ size }) => Number(size));
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
