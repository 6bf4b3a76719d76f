import { chipEdge } from './align.ts';
import { describeChips } from './describe.ts';
import { descriptorDistance } from './descriptor.ts';
import type { Net } from './net.ts';
import goldenDescriptor from './self-test-descriptor.json' with { type: 'json' };

/** Processors differ by 1e-6; a wrong backend differs by more than 0.1. */
const tolerance = 0.02;

/** A pattern of waves as colour planes in the net's value range; no picture of a person is needed to test arithmetic. */
export function selfTestChip(): Float32Array {
  const plane = chipEdge * chipEdge;
  return Float32Array.from({ length: 3 * plane }, (_, index) => {
    const [x, y] = [index % chipEdge, Math.floor((index % plane) / chipEdge)];
    return 0.4 * Math.sin(x / 9 + index / plane) * Math.cos(y / (7 + Math.floor(index / plane)));
  });
}

/** Whether the net gives the descriptor of the pattern that it gave when the limits were measured. */
export async function passesSelfTest(net: Net): Promise<boolean> {
  const descriptor = await describeChips(net, [selfTestChip()]);
  return descriptorDistance(descriptor, Float32Array.from(goldenDescriptor)) < tolerance;
}
