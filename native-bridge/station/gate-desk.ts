import { statfs } from 'node:fs/promises';
import { asStationError, type ErrorCode, StationError } from '../contract/errors.ts';
import {
  defaultGateLimits,
  type Gate,
  type GateLimits,
  gateLimitsSchema,
  lastVerifiedBackupKey,
  lastVerifiedBackupSchema,
} from '../contract/gates.ts';
import type { PlatformState } from '../contract/station.ts';
import { gatesOf, refusalOf, type StationFigures } from '../enrolment/gates.ts';
import type { Store } from '../store/open-store.ts';

export interface GateDeskOptions {
  readonly store: Pick<Store, 'records' | 'settings'>;
  readonly dataFolder: string;
  /** Practice records are not worth a backup. */
  readonly isPractice: boolean;
  readonly platform: () => PlatformState;
  readonly now: () => Date;
  /** Free bytes on a folder's disk for this user. */
  readonly freeBytes?: (folder: string) => Promise<number>;
  /** A gate has opened, closed or begun to warn. */
  readonly onChanged: () => void;
}

/** How often disk and data file are looked at, in milliseconds. */
const lookMs = 60_000;

/** What a platform says to requests whose time is wrong: it is told in words, or shows as a signature that does not fit. */
const clockRefusals: ReadonlySet<ErrorCode> = new Set(['platform.clock-wrong', 'platform.sign-refused']);

const limitsKey = 'gates.limits';
const probeKey = 'gates.probe';

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Looks after what has to be in order before a new enrolment begins. */
export class GateDesk {
  readonly #options: GateDeskOptions;
  #freeBytes: number | undefined;
  #storeTrouble: ErrorCode | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #levels = '';

  constructor(options: GateDeskOptions) {
    this.#options = options;
  }

  get limits(): GateLimits {
    return this.#options.store.settings.get(limitsKey, gateLimitsSchema) ?? defaultGateLimits;
  }

  set limits(limits: GateLimits) {
    this.#options.store.settings.set(limitsKey, { ...limits });
    this.#tellChange();
  }

  /** Every gate as it stands, the worst first. Never throws: a data file that cannot be read is a closed gate. */
  gates(): readonly Gate[] {
    try {
      return gatesOf(this.#figures(), this.limits, this.#options.now());
    } catch (cause) {
      const figures = { ...nothingKnown, storeTrouble: asStationError(cause).code };
      return gatesOf(figures, defaultGateLimits, this.#options.now());
    }
  }

  /** Throws the reason, a `gate.…` code, when no new enrolment may begin. */
  demandOpen(): void {
    const refusal = refusalOf(this.gates());
    if (refusal !== undefined) throw new StationError(refusal);
  }

  start(): void {
    // A file that cannot even be read is told by every call that needs it.
    const look = () => void this.look().catch(() => undefined);
    this.#timer = setInterval(look, lookMs);
    look();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  /** Looks at disk and data file now. */
  async look(): Promise<void> {
    const { dataFolder, freeBytes = freeBytesOf } = this.#options;
    const free = await freeBytes(dataFolder).catch(() => undefined);
    if (this.#closed) return;
    this.#freeBytes = free;
    this.#storeTrouble = this.#writeProbe();
    this.#tellChange();
  }

  /** Only a write shows whether a file can be written. */
  #writeProbe(): ErrorCode | undefined {
    try {
      this.#options.store.settings.set(probeKey, this.#options.now().toISOString());
      return undefined;
    } catch (cause) {
      return asStationError(cause).code;
    }
  }

  #tellChange(): void {
    const levels = this.gates()
      .map(({ gate, level }) => `${gate} ${level}`)
      .join();
    if (levels === this.#levels) return;
    this.#levels = levels;
    this.#options.onChanged();
  }

  #figures(): StationFigures {
    const { store, platform, isPractice } = this.#options;
    const { state, error, clockDifferenceSeconds } = platform();
    const { count, oldestSealedAt } = store.records.unsent();
    const firstSealedAt = isPractice ? undefined : store.records.firstSealedAt();
    const lastVerifiedAt = store.settings.get(lastVerifiedBackupKey, lastVerifiedBackupSchema);
    return {
      unsentCount: count,
      oldestUnsentAt: oldestSealedAt,
      freeBytes: this.#freeBytes,
      clockDifferenceSeconds,
      refusedByPlatform: state === 'trouble' && error !== undefined && clockRefusals.has(error.code),
      backup: firstSealedAt === undefined ? undefined : { lastVerifiedAt, firstSealedAt },
      storeTrouble: this.#storeTrouble,
    };
  }
}

const nothingKnown: StationFigures = {
  unsentCount: 0,
  oldestUnsentAt: undefined,
  freeBytes: undefined,
  clockDifferenceSeconds: undefined,
  refusedByPlatform: false,
  backup: undefined,
  storeTrouble: undefined,
};
