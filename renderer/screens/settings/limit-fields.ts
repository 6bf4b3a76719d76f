import type { GateLimits } from '../../../native-bridge/contract/gates.ts';
import type { RetentionSettings } from '../../../native-bridge/contract/record-life.ts';

export type GateLimitName = keyof GateLimits;
export type Step = 'warn' | 'block';
export type KeptClass = Exclude<keyof RetentionSettings, 'completed'>;

export interface GateField {
  readonly name: GateLimitName;
  /** What one unit of the field is in the contract's unit. */
  readonly unit: number;
  /** The gate closes when the value falls, not when it grows. */
  readonly isFloor: boolean;
}

const gigabyte = 1_000_000_000;

export const gateFields: readonly GateField[] = [
  { name: 'unsentCount', unit: 1, isFloor: false },
  { name: 'unsentHours', unit: 1, isFloor: false },
  { name: 'freeBytes', unit: gigabyte, isFloor: true },
  { name: 'clockSeconds', unit: 1, isFloor: false },
  { name: 'backupHours', unit: 1, isFloor: false },
];

export const keptClasses: readonly KeptClass[] = ['drafts', 'expected', 'unused', 'pictures', 'records'];

/** The ledger of wages and people has to be kept for three years at least. */
export const leastDays: Readonly<Record<KeptClass, number>> = {
  drafts: 1,
  expected: 1,
  unused: 1,
  pictures: 1,
  records: 3 * 365,
};

export const shownLimit = (limits: GateLimits, { name, unit }: GateField, step: Step): number | null => {
  const value = limits[name][step];
  return value === undefined ? null : value / unit;
};

/** An emptied field is no limit. */
export function withLimit(limits: GateLimits, { name, unit }: GateField, step: Step, shown: number | null): GateLimits {
  const { [step]: _former, ...others } = limits[name];
  return { ...limits, [name]: shown === null ? others : { ...others, [step]: shown * unit } };
}

/** A gate that closes before it warns warns nobody. */
export function isContradictory(limits: GateLimits, { name, isFloor }: GateField): boolean {
  const { warn, block } = limits[name];
  if (warn === undefined || block === undefined) return false;
  return isFloor ? block > warn : block < warn;
}
