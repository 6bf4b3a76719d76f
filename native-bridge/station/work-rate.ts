import type { BytesProgress } from '../contract/safety-calls.ts';
import type { FileJobProgress } from '../store/file-job.ts';

/**
 * The rate of one work, over the whole of it so far: even enough for disks and sticks, and the time left does not jump.
 * What was done before the first call, such as that of an earlier try, is left out.
 */
export class WorkRate {
  readonly #now: () => number;
  #first: { readonly done: number; readonly at: number } | undefined;

  /** `now` in milliseconds, of any beginning. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** A second; 0 as long as there is nothing to go by. */
  perSecond(done: number): number {
    const at = this.#now();
    this.#first ??= { done, at };
    const seconds = (at - this.#first.at) / 1000;
    return seconds > 0 ? (done - this.#first.done) / seconds : 0;
  }
}

/** The copying of a data file as the screens show it. */
export function copyingOf(
  { percent, doneBytes: done, totalBytes: total }: FileJobProgress,
  rate: WorkRate,
): { readonly percent: number; readonly bytes: BytesProgress } {
  return { percent, bytes: { done, total, perSecond: Math.round(rate.perSecond(done)) } };
}
