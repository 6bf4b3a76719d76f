import { asStationError } from '../contract/errors.ts';
import type { RecoveryState } from '../contract/safety-calls.ts';
import type { Result } from '../contract/station.ts';
import type { StartOptions } from '../rpc/shell-link.ts';
import type { FileJobOptions } from '../store/file-job.ts';
import { rekeyFiles, restoreBackup } from './station-recovery.ts';
import { copyingOf, WorkRate } from './work-rate.ts';

type Working = Extract<RecoveryState, { canCancel: boolean }>;

/** Work on whole data files: says how far it is, and can be given up until its last step, which replaces the old with the new. */
class FileRun {
  readonly #abort = new AbortController();
  readonly #tell: (state: Working) => void;
  readonly #rate = new WorkRate();
  #state: Working;

  constructor(state: Working['state'], tell: (state: Working) => void) {
    this.#tell = tell;
    this.#state = { state, canCancel: true };
    tell(this.#state);
  }

  /** Whether it was given up. */
  cancel(): boolean {
    if (!this.#state.canCancel) return false;
    this.#abort.abort();
    return true;
  }

  /** Undefined when it was given up. */
  protected async work<T>(job: (options: FileJobOptions) => Promise<T>): Promise<T | undefined> {
    const { signal } = this.#abort;
    try {
      return await job({
        signal,
        onProgress: (progress) => this.#now(copyingOf(progress, this.#rate)),
        onLastStep: () => this.#now({ canCancel: false }),
      });
    } catch (cause) {
      if (signal.aborted && asStationError(cause).code === 'backup.interrupted') return undefined;
      throw cause;
    }
  }

  #now(part: Partial<Pick<Working, 'percent' | 'bytes' | 'canCancel'>>): void {
    this.#state = { ...this.#state, ...part };
    this.#tell(this.#state);
  }
}

/** One restore: given up, the damaged file stays where it is. */
export class RestoreRun extends FileRun {
  constructor(tell: (state: Working) => void) {
    super('restoring', tell);
  }

  async go(start: StartOptions, backup: string): Promise<Result<'recovery.restore'>> {
    const done = await this.work((options) => restoreBackup(start, backup, new Date(), options));
    return { salvaged: done?.salvaged ?? 0, cancelled: done === undefined };
  }
}

/** One change of the data key: given up, the old key opens everything as before. */
export class RekeyRun extends FileRun {
  constructor(tell: (state: Working) => void) {
    super('rekeying', tell);
  }

  /** Whether the new key took effect. */
  async go(start: StartOptions, typed: string | undefined): Promise<boolean> {
    const done = await this.work(async (options) => {
      await rekeyFiles(start, typed, new Date(), options);
      return true;
    });
    return done === true;
  }
}
