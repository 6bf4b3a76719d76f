import { asStationError, type StationError } from '../contract/errors.ts';
import { type Backup, listBackups, type RotationRules, usualRotation } from '../store/backup-shelf.ts';
import { runFileJob } from '../store/file-job.ts';
import { readEnvelope } from '../store/key-folder.ts';
import type { Store } from '../store/open-store.ts';

export interface BackupDeskOptions {
  readonly store: Pick<Store, 'holdStill' | 'facts'>;
  readonly file: string;
  readonly key: Uint8Array;
  readonly dataFolder: string;
  /** Where backups go; made when it is not there. */
  readonly folder: string;
  readonly now: () => Date;
  readonly rules?: RotationRules;
  /** Hears of every copy that was verified, with the moment it is of. */
  readonly onVerified?: (takenAt: string) => void;
}

/** A backup is due after so many sealed records, and after a day with any change. */
const recordsUntilDue = 20;
const dayMs = 86_400_000;
const lookMs = 10 * 60_000;

/** Backs the data file up by itself. Trouble is kept as a state and tried again; it never disturbs enrolment. */
export class BackupDesk {
  readonly #options: BackupDeskOptions;
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #trouble: StationError | undefined;

  constructor(options: BackupDeskOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Every verified backup, newest first. */
  get backups(): Backup[] {
    return listBackups(this.#options.folder);
  }

  /** Makes one now, after the one under way; rejects with what it met. */
  async make(): Promise<void> {
    await this.#running;
    this.#running ??= this.#backUp().finally(() => (this.#running = undefined));
    await this.#running;
    if (this.#trouble !== undefined) throw this.#trouble;
  }

  get trouble(): StationError | undefined {
    return this.#trouble;
  }

  /** The newest verified backup. */
  get last(): Backup | undefined {
    return this.backups[0];
  }

  start(): void {
    this.look();
    this.#timer = setInterval(() => this.look(), lookMs);
  }

  /** Begins a backup when one is due. After trouble the next try is that of the timer. */
  look(): void {
    if (this.#running !== undefined || this.#abort.signal.aborted || !this.#isDue()) return;
    this.#running = this.#backUp().finally(() => (this.#running = undefined));
  }

  /** Ends a backup under way, so that the data file may be closed. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#abort.abort();
    await this.#running;
  }

  #isDue(): boolean {
    const { store, now } = this.#options;
    const [facts, last] = [store.facts(), this.last];
    if (last === undefined) return facts.records > 0;
    if (facts.auditRows === last.facts.auditRows) return false;
    // The key of that time may be the very one that was changed because somebody got hold of it.
    const present = readEnvelope(this.#options.dataFolder)?.current.shell;
    if (present !== undefined && last.envelope?.current.shell.sealed !== present.sealed) return true;
    // A backup of the future was taken while the clock was wrong.
    const isOld = Math.abs(now().getTime() - Date.parse(last.takenAt)) >= dayMs;
    return isOld || facts.records - last.facts.records >= recordsUntilDue;
  }

  async #backUp(): Promise<void> {
    const { store, file, key, dataFolder, folder, now, rules = usualRotation } = this.#options;
    const takenAt = now().toISOString();
    try {
      const release = store.holdStill();
      try {
        const [envelope, facts] = [readEnvelope(dataFolder), store.facts()];
        await runFileJob(
          { kind: 'backup', source: file, key, folder, takenAt, facts, envelope, rules },
          { signal: this.#abort.signal },
        );
      } finally {
        release();
      }
      this.#trouble = undefined;
      this.#options.onVerified?.(takenAt);
    } catch (cause) {
      this.#trouble = asStationError(cause);
    }
  }
}
