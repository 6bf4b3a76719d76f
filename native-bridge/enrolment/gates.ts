import type { ErrorCode } from '../contract/errors.ts';
import type { Gate, GateLevel, GateLimits, GateName } from '../contract/gates.ts';

/** What the gates judge by; what is not known is undefined. */
export interface StationFigures {
  readonly unsentCount: number;
  readonly oldestUnsentAt: string | undefined;
  readonly freeBytes: number | undefined;
  readonly clockDifferenceSeconds: number | undefined;
  /** The platform refuses requests in a way that a wrong clock explains. */
  readonly refusedByPlatform: boolean;
  /** Absent where there is nothing to be backed up. */
  readonly backup: { readonly lastVerifiedAt: string | undefined; readonly firstSealedAt: string } | undefined;
  /** The data file cannot be read or written. */
  readonly storeTrouble: ErrorCode | undefined;
}

const hourMs = 3_600_000;

/** 0 when the moment lies ahead: a clock that was set back makes nothing old. */
const hoursSince = (instant: string, now: Date) => Math.max(0, (now.getTime() - Date.parse(instant)) / hourMs);

interface Limits {
  readonly warn?: number | undefined;
  readonly block?: number | undefined;
}

function gate(name: GateName, value: number | undefined, { warn, block }: Limits, level: GateLevel): Gate {
  return {
    gate: name,
    level,
    ...(value !== undefined && { value }),
    ...(warn !== undefined && { warnAt: warn }),
    ...(block !== undefined && { blockAt: block }),
  };
}

/** The more, the worse: at a limit it holds. */
function upwards(name: GateName, value: number | undefined, limits: Limits): Gate {
  const { warn = Infinity, block = Infinity } = limits;
  const amount = value ?? 0;
  return gate(name, value, limits, amount >= block ? 'block' : amount >= warn ? 'warn' : 'ok');
}

/** The less, the worse: below a limit it holds. */
function downwards(name: GateName, value: number | undefined, limits: Limits): Gate {
  const { warn = 0, block = 0 } = limits;
  const amount = value ?? Infinity;
  return gate(name, value, limits, amount < block ? 'block' : amount < warn ? 'warn' : 'ok');
}

/** A wrong clock alone spoils nothing, as the platform's own is used where it counts; refused requests do. */
function clock(figures: StationFigures, limits: Limits): Gate {
  const { clockDifferenceSeconds, refusedByPlatform } = figures;
  const value = clockDifferenceSeconds && Math.abs(clockDifferenceSeconds);
  const found = upwards('clock', value, limits);
  return found.level === 'block' && !refusedByPlatform ? { ...found, level: 'warn' } : found;
}

/** Without any backup yet the time counts from the first record. */
function backup({ backup: kept }: StationFigures, limits: Limits, now: Date): Gate {
  const since = kept?.lastVerifiedAt ?? kept?.firstSealedAt;
  return upwards('backup', since === undefined ? undefined : hoursSince(since, now), limits);
}

/** Every gate as it stands at `now`, the worst first; of equals in the order of their names in the contract. */
export function gatesOf(figures: StationFigures, limits: GateLimits, now: Date): readonly Gate[] {
  const { unsentCount, oldestUnsentAt, freeBytes, storeTrouble } = figures;
  const age = oldestUnsentAt === undefined ? undefined : hoursSince(oldestUnsentAt, now);
  const gates: readonly Gate[] = [
    { gate: 'store', level: storeTrouble === undefined ? 'ok' : 'block' },
    downwards('disk', freeBytes, limits.freeBytes),
    upwards('unsent-count', unsentCount, limits.unsentCount),
    upwards('unsent-age', age, limits.unsentHours),
    clock(figures, limits.clockSeconds),
    backup(figures, limits.backupHours, now),
  ];
  const rank: Readonly<Record<GateLevel, number>> = { block: 0, warn: 1, ok: 2 };
  return gates.toSorted((a, b) => rank[a.level] - rank[b.level]);
}

/** Why no new enrolment may begin; undefined when one may. */
export function refusalOf([worst]: readonly Gate[]): ErrorCode | undefined {
  return worst?.level === 'block' ? `gate.${worst.gate}` : undefined;
}
