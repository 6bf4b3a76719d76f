import { isDeepStrictEqual } from 'node:util';
import { asStationError, type StationError } from '../contract/errors.ts';
import type { BackupState } from '../contract/safety-calls.ts';
import { allBackups, backupPlaces, type BackupPlaces, lookAtPlaces } from '../store/backup-places.ts';
import { type Backup, listBackups, removeLeftovers, type RotationRules, usualRotation } from '../store/backup-shelf.ts';
import { type FileJobProgress, runFileJob } from '../store/file-job.ts';
import { readEnvelope } from '../store/key-folder.ts';
import type { Store } from '../store/open-store.ts';
import { copyingOf, WorkRate } from './work-rate.ts';

type BackupProgress = Pick<BackupState, 'percent' | 'bytes'>;

export interface BackupDeskOptions {
  readonly store: Pick<Store, 'holdStill' | 'facts'>;
  readonly file: string;
  readonly key: Uint8Array;
  readonly dataFolder: string;
  readonly now: () => Date;
  readonly rules?: RotationRules;
  /** Hears of every copy that was verified, with the moment it is of. */
  readonly onVerified?: (takenAt: string) => void;
  /** A backup began, went on or ended, or the chosen place came or went. */
  readonly onChanged?: () => void;
}

/** A backup is due after so many sealed records, and after a day with any change. */
const recordsUntilDue = 20;
const dayMs = 86_400_000;
const lookMs = 10 * 60_000;

/** How often is looked whether the chosen place was plugged in or pulled out, in milliseconds. */
const placeLookMs = 15_000;

/**
 * Backs the data file up by itself, to the chosen place while that is there and to the data folder's own meanwhile.
 * Trouble is kept as a state and tried again; it never disturbs enrolment.
 */
export class BackupDesk {
  readonly #options: BackupDeskOptions;
  readonly #abort = new AbortController();
  #running: Promise<void> | undefined;
  #cancel = new AbortController();
  #wasCancelled = false;
  #progress: BackupProgress | undefined;
  #timers: readonly NodeJS.Timeout[] = [];
  #trouble: StationError | undefined;
  /** As they were at the last look; nobody who only wants to know waits for a drive. */
  #places: BackupPlaces;

  constructor(options: BackupDeskOptions) {
    this.#options = options;
    this.#places = backupPlaces(options.dataFolder, () => false);
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Of the bytes that the backup under way has copied; after 100 percent the copy is checked. */
  get progress(): BackupProgress | undefined {
    return this.#progress;
  }

  /** The chosen place is not plugged in. Nothing is wrong then: backups go on in the data folder. */
  get isAway(): boolean {
    return this.#places.second?.isThere === false;
  }

  get places(): BackupPlaces {
    return this.#places;
  }

  /** Every verified backup, newest first. */
  get backups(): Backup[] {
    return allBackups(this.#places);
  }

  /** Makes one now, after the one under way; rejects with what it met. False when it was cancelled. */
  async make(): Promise<boolean> {
    await this.#running;
    await this.#begin();
    if (this.#trouble !== undefined) throw this.#trouble;
    return !this.#wasCancelled;
  }

  /** Gives the backup under way up. What is due is tried again with the timer. */
  cancel(): void {
    this.#cancel.abort();
  }

  get trouble(): StationError | undefined {
    return this.#trouble;
  }

  /** The newest verified backup. */
  get last(): Backup | undefined {
    return this.backups[0];
  }

  start(): void {
    void this.lookAtPlace().then(() => this.look());
    this.#timers = [setInterval(() => this.look(), lookMs), setInterval(() => void this.lookAtPlace(), placeLookMs)];
  }

  /** Begins a backup when one is due. After trouble the next try is that of the timer. */
  look(): void {
    if (this.#running !== undefined || this.#abort.signal.aborted || !this.#isDue()) return;
    void this.#begin();
  }

  /** Catches up at once on a place that is back. */
  async lookAtPlace(): Promise<void> {
    const former = this.#places;
    this.#places = await lookAtPlaces(this.#options.dataFolder);
    if (this.#abort.signal.aborted || isDeepStrictEqual(former, this.#places)) return;
    this.#changed();
    this.look();
  }

  /** Ends a backup under way, so that the data file may be closed. */
  async close(): Promise<void> {
    this.#timers.forEach((timer) => clearInterval(timer));
    this.#abort.abort();
    await this.#running;
  }

  #changed(): void {
    this.#options.onChanged?.();
  }

  #begin(): Promise<void> {
    this.#running ??= this.#backUp().finally(() => {
      this.#running = this.#progress = undefined;
      this.#changed();
    });
    return this.#running;
  }

  /** The places to try, the first that takes a backup is enough. */
  #targets(): readonly string[] {
    const { own, second } = this.#places;
    return second?.isThere === true ? [second.folder, own] : [own];
  }

  #isDue(): boolean {
    const { store, now } = this.#options;
    const [target = ''] = this.#targets();
    const [facts, last] = [store.facts(), listBackups(target)[0]];
    if (last === undefined) return facts.records > 0;
    if (facts.auditRows === last.facts.auditRows) return false;
    // What was made on the other place while this one was away; or under a key that was changed because somebody got hold of it.
    if (this.last?.name !== last.name || this.#hasOtherKey(last)) return true;
    // A backup of the future was taken while the clock was wrong.
    const isOld = Math.abs(now().getTime() - Date.parse(last.takenAt)) >= dayMs;
    return isOld || facts.records - last.facts.records >= recordsUntilDue;
  }

  #hasOtherKey({ envelope }: Backup): boolean {
    const present = readEnvelope(this.#options.dataFolder)?.current.shell.sealed;
    return present !== undefined && envelope?.current.shell.sealed !== present;
  }

  async #backUp(): Promise<void> {
    this.#trouble = undefined;
    [this.#cancel, this.#wasCancelled] = [new AbortController(), false];
    this.#places = await lookAtPlaces(this.#options.dataFolder);
    for (const folder of this.#targets()) {
      try {
        await this.#backUpTo(folder);
        return;
      } catch (cause) {
        if (this.#cancel.signal.aborted) return this.#clearAfterCancel(folder);
        // The chosen place's trouble is told although the other one has a backup.
        this.#trouble ??= asStationError(cause);
      }
      if (this.#abort.signal.aborted) return;
    }
  }

  #clearAfterCancel(folder: string): void {
    this.#wasCancelled = true;
    try {
      removeLeftovers(folder);
    } catch {
      // The place may be gone; the next backup there removes it.
    }
  }

  async #backUpTo(folder: string): Promise<void> {
    const { store, file, key, dataFolder, now, rules = usualRotation } = this.#options;
    const takenAt = now().toISOString();
    const release = store.holdStill();
    const rate = new WorkRate();
    const signal = AbortSignal.any([this.#abort.signal, this.#cancel.signal]);
    try {
      const [envelope, facts] = [readEnvelope(dataFolder), store.facts()];
      const job = { kind: 'backup', source: file, key, folder, takenAt, facts, envelope, rules } as const;
      await runFileJob(job, { signal, onProgress: (progress) => this.#goneOn(progress, rate) });
    } finally {
      release();
    }
    this.#options.onVerified?.(takenAt);
  }

  #goneOn(progress: FileJobProgress, rate: WorkRate): void {
    this.#progress = copyingOf(progress, rate);
    this.#changed();
  }
}
