import type { Net } from './net.ts';
import goldenOutputs from './self-test-outputs.json' with { type: 'json' };

export type TestedModel = keyof typeof goldenOutputs;

/** Share of the outputs' length. Processors differ by 1e-6; a wrong backend differs by more than 0.1. */
const tolerance = 0.01;

/** Outputs that are kept of a net, spread evenly over all it gives. */
const keptOutputs = 128;

/** A pattern of waves in the nets' value range; no picture of a person is needed to test arithmetic. */
function waves(edge: number): Float32Array {
  const plane = edge * edge;
  return Float32Array.from({ length: 3 * plane }, (_, index) => {
    const [x, y] = [index % edge, Math.floor((index % plane) / edge)];
    return 0.4 * Math.sin(x / 9 + index / plane) * Math.cos(y / (7 + Math.floor(index / plane)));
  });
}

/** What a net gives for the pattern, thinned out. */
export async function selfTestOutputs(net: Net): Promise<number[]> {
  const outputs = [...(await net.run(1, (planes) => planes.set(waves(net.edge))))].sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  const values = outputs.flatMap(([, output]) => [...output]);
  const step = Math.max(1, Math.floor(values.length / keptOutputs));
  return values.filter((_, index) => index % step === 0).slice(0, keptOutputs);
}

/** Whether a net computes on this machine what it computed when the limits were measured. */
export async function passesSelfTest(name: TestedModel, net: Net): Promise<boolean> {
  const golden: readonly number[] = goldenOutputs[name];
  const outputs = await selfTestOutputs(net);
  const difference = golden.map((value, index) => value - (outputs[index] ?? Number.NaN));
  return lengthOf(difference) < tolerance * lengthOf(golden);
}

function lengthOf(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
