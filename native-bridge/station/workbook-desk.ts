import { StationError } from '../contract/errors.ts';
import type { WorkbookProgress, WorkbookState, WorkbookStep, WorkbookSubject } from '../contract/sheet.ts';
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

/** A work as it is asked for: what it is about, the steps that it takes, and the size of the file that is read. */
export interface WorkbookTask {
  readonly subject: WorkbookSubject;
  readonly steps: readonly [WorkbookStep, ...WorkbookStep[]];
  readonly fileBytes?: number;
}

export const readingTask = (subject: WorkbookSubject, file: Uint8Array): WorkbookTask => ({
  subject,
  steps: ['opening', 'checking'],
  fileBytes: file.length,
});

/** What is over sooner is told of nobody, or a small list would flash by; afterwards as often. In milliseconds. */
const tellEveryMs = 500;

/** Where one work is, with the rate of the step that it is in: the steps differ too much for one rate of them all. */
class Progress {
  readonly #task: WorkbookTask;
  readonly #begunAt = performance.now();
  #step: WorkbookStep;
  #rate = new WorkRate();
  #rows: WorkbookProgress['rows'];

  constructor(task: WorkbookTask) {
    this.#task = task;
    [this.#step] = task.steps;
  }

  at(step: WorkbookStep, rows: RowCount | undefined): void {
    if (step !== this.#step) this.#rate = new WorkRate();
    this.#step = step;
    this.#rows = rows && { ...rows, perSecond: this.#rate.perSecond(rows.done) };
  }

  get now(): WorkbookProgress {
    const { subject, steps, fileBytes } = this.#task;
    return {
      subject,
      seconds: Math.floor((performance.now() - this.#begunAt) / 1000),
      ...(fileBytes !== undefined && { fileBytes }),
      ...{ step: this.#step, number: steps.indexOf(this.#step) + 1, steps: steps.length },
      ...(this.#rows && { rows: this.#rows }),
    };
  }
}

/** One spreadsheet at a time is read or written; the person at the desk may give it up. */
export class WorkbookDesk {
  readonly #tell: (state: WorkbookState) => void;
  #stop: AbortController | undefined;
  #state: WorkbookState = {};

  constructor(tell: (state: WorkbookState) => void) {
    this.#tell = tell;
  }

  /** As it was told last. */
  get state(): WorkbookState {
    return this.#state;
  }

  /**
   * Runs work on a spreadsheet, which takes these steps. Throws `workbook.busy` while another is in work,
   * `workbook.cancelled` when it was given up.
   */
  async run<T>(task: WorkbookTask, work: (run: WorkbookRun) => Promise<T>): Promise<T> {
    if (this.#stop !== undefined) throw new StationError('workbook.busy');
    const { signal } = (this.#stop = new AbortController());
    const progress = new Progress(task);
    const timer = setInterval(() => this.#now({ progress: progress.now }), tellEveryMs);
    try {
      return await work({ signal, at: (step, rows) => progress.at(step, rows) });
    } catch (cause) {
      throw signal.aborted ? new StationError('workbook.cancelled') : cause;
    } finally {
      clearInterval(timer);
      this.#stop = undefined;
      if (this.#state.progress !== undefined) this.#now({});
    }
  }

  #now(state: WorkbookState): void {
    this.#state = state;
    this.#tell(state);
  }

  cancel(): void {
    this.#stop?.abort();
  }
}
