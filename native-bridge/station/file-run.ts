import { asStationError } from '../contract/errors.ts';
import type { RecoveryState } from '../contract/safety-calls.ts';
import type { Result } from '../contract/station.ts';
import type { StartOptions } from '../rpc/shell-link.ts';
import { restoreBackup } from './station-recovery.ts';
import { copyingOf, WorkRate } from './work-rate.ts';

type Restoring = Extract<RecoveryState, { state: 'restoring' }>;

/** One restore: says how far it is, and can be given up until the new file takes the old one's place. */
export class RestoreRun {
  readonly #abort = new AbortController();
  readonly #tell: (state: Restoring) => void;
  readonly #rate = new WorkRate();
  #state: Restoring = { state: 'restoring', canCancel: true };

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
        onProgress: (progress) => this.#now(copyingOf(progress, this.#rate)),
        onLastStep: () => this.#now({ canCancel: false }),
      });
      return { salvaged, cancelled: false };
    } catch (cause) {
      if (signal.aborted && asStationError(cause).code === 'backup.interrupted')
        return { salvaged: 0, cancelled: true };
      throw cause;
    }
  }

  #now(part: Partial<Restoring>): void {
    this.#state = { ...this.#state, ...part };
    this.#tell(this.#state);
  }
}
