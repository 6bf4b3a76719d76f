import { StationError } from '../contract/errors.ts';
import type { WorkbookProgress, WorkbookStep } from '../contract/sheet.ts';
import { WorkRate } from './work-rate.ts';

/** Rows of the step under way. */
export interface RowCount {
  readonly done: number;
  readonly total: number;
}

/** What work on a spreadsheet is given: how it is ended, and where it says how far it is. */
export interface WorkbookRun {
  readonly signal: AbortSignal;
  readonly at: (step: WorkbookStep, rows?: RowCount) => void;
}

/** What is over sooner is told of nobody, or a small list would flash by; afterwards as often. In milliseconds. */
const tellEveryMs = 500;

/** Where one work is, with the rate of the step that it is in: the steps differ too much for one rate of them all. */
class Progress {
  readonly #steps: readonly WorkbookStep[];
  #step: WorkbookStep;
  #rate = new WorkRate();
  #rows: WorkbookProgress['rows'];

  constructor([first, ...rest]: readonly [WorkbookStep, ...WorkbookStep[]]) {
    this.#steps = [first, ...rest];
    this.#step = first;
  }

  at(step: WorkbookStep, rows: RowCount | undefined): void {
    if (step !== this.#step) this.#rate = new WorkRate();
    this.#step = step;
    this.#rows = rows && { ...rows, perSecond: this.#rate.perSecond(rows.done) };
  }

  get now(): WorkbookProgress {
    const rows = this.#rows;
    const number = this.#steps.indexOf(this.#step) + 1;
    return { step: this.#step, number, steps: this.#steps.length, ...(rows && { rows }) };
  }
}

/** One spreadsheet at a time is read or written; the person at the desk may give it up. */
export class WorkbookDesk {
  readonly #tell: (progress: WorkbookProgress) => void;
  #stop: AbortController | undefined;

  constructor(tell: (progress: WorkbookProgress) => void) {
    this.#tell = tell;
  }

  /**
   * Runs work on a spreadsheet, which takes these steps. Throws `workbook.busy` while another is in work,
   * `workbook.cancelled` when it was given up.
   */
  async run<T>(steps: readonly [WorkbookStep, ...WorkbookStep[]], work: (run: WorkbookRun) => Promise<T>): Promise<T> {
    if (this.#stop !== undefined) throw new StationError('workbook.busy');
    const { signal } = (this.#stop = new AbortController());
    const progress = new Progress(steps);
    const timer = setInterval(() => this.#tell(progress.now), tellEveryMs);
    try {
      return await work({ signal, at: (step, rows) => progress.at(step, rows) });
    } catch (cause) {
      throw signal.aborted ? new StationError('workbook.cancelled') : cause;
    } finally {
      clearInterval(timer);
      this.#stop = undefined;
    }
  }

  cancel(): void {
    this.#stop?.abort();
  }
}
