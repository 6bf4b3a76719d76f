import { join } from 'node:path';
import { z } from 'zod';
import { asStationError, StationError } from '../contract/errors.ts';
import type { Argument } from '../contract/station.ts';
import type { TransferJob, TransferPlace, TransferSelection, TransferState } from '../contract/transfer-calls.ts';
import type { Store } from '../store/open-store.ts';
import { cancelled, type TransferWork } from '../store/transfer/export-package.ts';
import type { Receiver } from '../store/transfer/key-wrap.ts';
import type { Selection } from '../store/transfer/selection.ts';
import { stationCode, stationOfCode } from './station-code.ts';
import { demandFolder, type Drive, placeAt } from './transfer-places.ts';
import { WorkRate } from './work-rate.ts';

export interface TransferDeskOptions {
  readonly store: Store;
  readonly practice: boolean;
  readonly operator: () => string;
  /** Runs work while nothing is being sent. */
  readonly exclusive: <T>(work: () => T | Promise<T>) => Promise<T>;
  readonly drives: () => Promise<Drive[]>;
  readonly onJob: (job: TransferJob) => void;
  /** Records came, went or changed their state. */
  readonly onRecordsChanged: () => void;
}

const folderSetting = 'transfer.folder';
const dayMs = 24 * 60 * 60 * 1000;
const mostListed = 50;
/** With two photos each they have to fit one message. */
const mostConflicts = 20;

type Report = Pick<TransferJob, 'exported' | 'imported'>;

/** Days are China's, whatever the clock of the machine is set to. */
function selectionOf(selection: TransferSelection): Selection {
  if (selection.kind !== 'day') return selection;
  const from = new Date(`${selection.day}T00:00:00+08:00`);
  return { kind: 'between', from, until: new Date(from.getTime() + dayMs) };
}

/** Packages on removable drives: one export or import at a time, with its progress. */
export class TransferDesk {
  readonly #options: TransferDeskOptions;
  #job: TransferJob | undefined;
  #running: Promise<void> | undefined;
  #stop = new AbortController();
  #rate = new WorkRate();

  constructor(options: TransferDeskOptions) {
    this.#options = options;
  }

  get #transfers() {
    return this.#options.store.transfers;
  }

  state(): TransferState {
    const { name, fingerprint, ...keys } = this.#transfers.own();
    const stations = this.#transfers
      .stations()
      .map((station) => ({ ...station, outcomes: this.#transfers.outcomesFor(station.fingerprint) }));
    const own = { name, fingerprint, code: stationCode({ name, ...keys }) };
    return { own, stations, ...(this.#job && { job: this.#job }) };
  }

  trust(code: string): void {
    this.#transfers.trust(stationOfCode(code), this.#options.operator());
  }

  async places(): Promise<TransferPlace[]> {
    const folder = this.#options.store.settings.get(folderSetting, z.string());
    const drives = (await this.#options.drives()).map((drive) => placeAt(drive, 'removable'));
    const named = folder === undefined ? [] : [placeAt({ path: folder, label: folder }, 'folder')];
    return (await Promise.all([...drives, ...named])).filter((place) => place !== undefined);
  }

  async setFolder(folder: string | undefined): Promise<void> {
    if (folder !== undefined) await demandFolder(folder);
    this.#options.store.settings.set(folderSetting, folder);
  }

  preview({ kind, selection }: Argument<'transfer.preview'>) {
    const { records, bytes } = this.#transfers.preview(kind, selectionOf(selection));
    return { records: records.length, bytes };
  }

  async export({ place, kind, selection, passphrase, station }: Argument<'transfer.export'>): Promise<TransferJob> {
    const folder = await this.#folderOf(place);
    const receiver: Receiver = { passphrase, station: station === undefined ? undefined : this.#known(station) };
    const request = { kind, receiver, folder, practice: this.#options.practice, actor: this.#options.operator() };
    const selected = { selection: selection && selectionOf(selection) };
    return this.#begin('export', async (work) => ({
      exported: await this.#transfers.export({ ...request, ...selected }, work),
    }));
  }

  async resume({ place, id }: Argument<'transfer.resume'>): Promise<TransferJob> {
    const request = { id, folder: await this.#folderOf(place), actor: this.#options.operator() };
    return this.#begin('export', async (work) => ({ exported: await this.#transfers.resume(request, work) }));
  }

  async import({ place, file, passphrase, trust }: Argument<'transfer.import'>): Promise<TransferJob> {
    const path = join(await this.#folderOf(place), file);
    const request = { path, passphrase, trust, practice: this.#options.practice, actor: this.#options.operator() };
    return this.#begin('import', async (work) => ({ imported: await this.#transfers.import(request, work) }));
  }

  async inspect({ place, file }: Argument<'transfer.inspect'>) {
    return this.#transfers.inspect(join(await this.#folderOf(place), file));
  }

  list() {
    return this.#transfers.list(mostListed);
  }

  async takeBack(id: string): Promise<number> {
    this.#demandIdle();
    const records = await this.#options.exclusive(() => this.#transfers.takeBack(id, this.#options.operator()));
    this.#options.onRecordsChanged();
    return records;
  }

  conflicts() {
    return this.#transfers.conflicts(mostConflicts);
  }

  settleConflict({ reason, ...conflict }: Argument<'transfer.settle-conflict'>): void {
    this.#transfers.settleConflict(conflict, reason, this.#options.operator());
  }

  rename(name: string): void {
    this.#transfers.rename(name);
  }

  /** Ends the work after the record in hand; it can be gone on with. */
  stop(): void {
    this.#stop.abort();
  }

  /** Gives an export up, with nothing left on the medium; of an import what is in stays. */
  cancel(): void {
    this.#stop.abort(cancelled);
  }

  async close(): Promise<void> {
    this.stop();
    await this.#running;
  }

  /** Only a place that is offered this moment is taken, never a path of the page's own. */
  async #folderOf(place: string): Promise<string> {
    const offered = await this.places();
    if (!offered.some(({ id }) => id === place)) throw new StationError('transfer.no-place');
    return place;
  }

  #known(fingerprint: string) {
    const station = this.#transfers.stations().find((known) => known.fingerprint === fingerprint);
    if (station === undefined) throw new StationError('store.not-found', 'station');
    const { name, signingKey, sealingKey } = station;
    return { name, signingKey, sealingKey };
  }

  #demandIdle(): void {
    if (this.#running !== undefined) throw new StationError('transfer.busy');
  }

  #begin(kind: TransferJob['work'], run: (work: TransferWork) => Promise<Report>): TransferJob {
    this.#demandIdle();
    [this.#stop, this.#rate] = [new AbortController(), new WorkRate()];
    const job = this.#tell({ work: kind, state: 'running', done: 0, total: 0 });
    const work = {
      onProgress: (done: number, total: number) => this.#progress(done, total),
      signal: this.#stop.signal,
    };
    this.#running = this.#options
      .exclusive(() => run(work))
      .then(
        (report) => this.#end({ state: 'done', ...report }),
        (cause: unknown) => this.#end({ state: 'failed', error: reportOf(asStationError(cause)) }),
      );
    return job;
  }

  #tell(job: TransferJob): TransferJob {
    this.#job = job;
    this.#options.onJob(job);
    return job;
  }

  /** The page is told of every hundredth, not of every record. */
  #progress(done: number, total: number): void {
    if (this.#job === undefined) return;
    const perSecond = this.#rate.perSecond(done);
    const step = Math.max(1, Math.floor(total / 100));
    const shown = this.#job.total === total && done < this.#job.done + step && done < total;
    if (!shown) this.#tell({ ...this.#job, done, total, ...(perSecond > 0 && { perSecond }) });
  }

  #end(part: Partial<TransferJob>): void {
    this.#running = undefined;
    if (this.#job !== undefined) this.#tell({ ...this.#job, ...part });
    this.#options.onRecordsChanged();
  }
}

const reportOf = ({ code, detail }: StationError) => ({ code, ...(detail !== undefined && { detail }) });
