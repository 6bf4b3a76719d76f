import type { Gate } from '../../../native-bridge/contract/gates.ts';

const gigabyte = 1e9;

/** A gate's figure for reading: gigabytes with one digit after the point, everything else whole. */
export function shownValue({ gate, value = 0 }: Pick<Gate, 'gate' | 'value'>): string {
  if (gate === 'disk') return (Math.floor((value / gigabyte) * 10) / 10).toFixed(1);
  return String(Math.floor(value));
}
