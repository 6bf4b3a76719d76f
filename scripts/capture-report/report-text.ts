import type { CaptureProfile } from '../../native-bridge/capture/profile.ts';
import type { CheckName } from '../../native-bridge/contract/capture.ts';
import { exactInterval } from '../accuracy/interval.ts';
import { blockedShare, recall, type Report, type Row, type Trial } from './confusion.ts';

/** Which checks spoke, the most frequent first, as "yaw 8, pitch 1". */
function spoken(trials: readonly Trial[], kind: 'failed' | 'warned'): string {
  const counts = new Map<CheckName, number>();
  for (const name of trials.flatMap((trial) => trial[kind])) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => `${name} ${count}`).join(', ') || '–';
}

function line(name: string, trials: readonly Trial[], result: string): string {
  const head = `${name.padEnd(17)} ${String(trials.length).padStart(4)}  ${result.padEnd(24)}`;
  return `${head} blocked: ${spoken(trials, 'failed')} | warned: ${spoken(trials, 'warned')}`;
}

/** A share of the trials, and between what it lies with 95 % confidence. */
function percent(share: number, { length }: readonly Trial[]): string {
  const { low, high } = exactInterval(Math.round(share * length), length);
  const [middle, ...ends] = [share, low, high].map((part) => (part * 100).toFixed(1));
  return `${middle} % (${ends.join(' to ')})`;
}

/** The confusion table: a line for each damage with the share that its own check noticed, then the good portraits. */
export function reportText({ clean, photos, rows }: Report, { name, version }: CaptureProfile): string {
  return [
    `Capture checks, profile ${name} ${version}`,
    'damage            n     noticed (95 % interval)   by which checks',
    ...rows.map((row) => line(row.degradation, row.trials, percent(recall(row), row.trials))),
    'good pictures           blocked',
    line('camera frame', clean, percent(blockedShare(clean), clean)),
    line('final photo', photos, percent(blockedShare(photos), photos)),
  ].join('\n');
}

export interface Figures {
  readonly portraits: number;
  readonly degradations: number;
  readonly leastRecall: number;
  readonly recall: Readonly<Record<string, number>>;
  readonly falseBlockFrames: number;
  readonly falseBlockPhotos: number;
}

export function figuresOf({ clean, photos, rows }: Report): Figures {
  const recalls = rows.map((row: Row) => [row.degradation, Number(recall(row).toFixed(4))] as const);
  return {
    portraits: clean.length,
    degradations: rows.length,
    leastRecall: Math.min(...recalls.map(([, value]) => value)),
    recall: Object.fromEntries(recalls),
    falseBlockFrames: blockedShare(clean),
    falseBlockPhotos: blockedShare(photos),
  };
}
