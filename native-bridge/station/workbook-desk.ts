import { StationError } from '../contract/errors.ts';

/** One spreadsheet at a time is read or written; the person at the desk may give it up. */
export class WorkbookDesk {
  #stop: AbortController | undefined;

  /** Runs work on a spreadsheet. Throws `workbook.busy` while another is in work. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#stop !== undefined) throw new StationError('workbook.busy');
    const stop = new AbortController();
    this.#stop = stop;
    try {
      return await work(stop.signal);
    } finally {
      this.#stop = undefined;
    }
  }

  cancel(): void {
    this.#stop?.abort();
  }
}
