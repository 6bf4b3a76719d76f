import { asStationError } from '../contract/errors.ts';
import type { RecoveryState } from '../contract/safety-calls.ts';
import type { Result } from '../contract/station.ts';
import type { StartOptions } from '../rpc/shell-link.ts';
import { restoreBackup } from './station-recovery.ts';

type Restoring = Extract<RecoveryState, { state: 'restoring' }>;

/** One restore: says how far it is, and can be given up until the new file takes the old one's place. */
export class RestoreRun {
  readonly #abort = new AbortController();
  readonly #tell: (state: Restoring) => void;
  #state: Restoring = { state: 'restoring', canCancel: true };
  #copyingSince: number | undefined;

  constructor(tell: (state: Restoring) => void) {
    this.#tell = tell;
    tell(this.#state);
  }

  /** Whether it was given up. */
  cancel(): boolean {
    if (!this.#state.canCancel) return false;
    this.#abort.abort();
    return true;
  }

  async go(start: StartOptions, backup: string): Promise<Result<'recovery.restore'>> {
    const { signal } = this.#abort;
    try {
      const { salvaged } = await restoreBackup(start, backup, new Date(), {
        signal,
        onProgress: (percent, { doneBytes, totalBytes }) => this.#copied(percent, doneBytes, totalBytes),
        onLastStep: () => this.#now({ canCancel: false }),
      });
      return { salvaged, cancelled: false };
    } catch (cause) {
      if (signal.aborted && asStationError(cause).code === 'backup.interrupted')
        return { salvaged: 0, cancelled: true };
      throw cause;
    }
  }

  /** The rate is that of the whole copying so far: a disk is even enough, and the time left does not jump. */
  #copied(percent: number, done: number, total: number): void {
    this.#copyingSince ??= performance.now();
    const seconds = (performance.now() - this.#copyingSince) / 1000;
    this.#now({ percent, bytes: { done, total, perSecond: seconds > 0 ? Math.round(done / seconds) : 0 } });
  }

  #now(part: Partial<Restoring>): void {
    this.#state = { ...this.#state, ...part };
    this.#tell(this.#state);
  }
}
