import type { DeliveryState } from '../contract/station.ts';

/** How far the sender has come, for the screen. */
export interface DeliveryFigures {
  /** Records whose request is under way this moment. */
  readonly sending: number;
  /** Records confirmed since the sender began on what lies there now. */
  readonly done: number;
  /** Records a minute over the last minute; undefined until there is something to go by. */
  readonly perMinute?: number;
}

const windowMs = 60_000;
/** A rate from less time than this would jump about. */
const shortestMs = 5000;

interface Confirmation {
  readonly at: number;
  readonly records: number;
}

/** Counts what the sender does. Times are milliseconds since 1970. */
export class DeliveryProgress {
  #sending = 0;
  #done = 0;
  #startedAt: number | undefined;
  #recent: readonly Confirmation[] = [];

  begin(records: number, now: number): void {
    this.#startedAt ??= now;
    this.#sending += records;
  }

  end(records: number): void {
    this.#sending -= records;
  }

  confirmed(records: number, now: number): void {
    this.#startedAt ??= now;
    this.#done += records;
    this.#recent = [...this.#recent.filter(({ at }) => at > now - windowMs), { at: now, records }];
  }

  /** Nothing is left to do: what comes next is counted from zero. */
  rest(): void {
    this.#done = 0;
    this.#startedAt = undefined;
    this.#recent = [];
  }

  /** After a pause: what was done counts on, the rate begins anew, for the time in which nothing was to be done is none of it. */
  resumed(): void {
    this.#startedAt = undefined;
    this.#recent = [];
  }

  /** Undefined while nothing is being done. */
  figures(now: number): DeliveryFigures | undefined {
    if (this.#startedAt === undefined) return undefined;
    const perMinute = this.#perMinute(this.#startedAt, now);
    return { sending: this.#sending, done: this.#done, ...(perMinute !== undefined && { perMinute }) };
  }

  #perMinute(startedAt: number, now: number): number | undefined {
    const elapsed = Math.min(now - startedAt, windowMs);
    const records = this.#recent.filter(({ at }) => at > now - windowMs).reduce((sum, each) => sum + each.records, 0);
    if (elapsed < shortestMs || records === 0) return undefined;
    return Math.round((records * 60_000) / elapsed);
  }
}

/** The figures for the screen, with `left` records still to be confirmed; undefined when none is left. */
export function deliveryStateOf(
  { perMinute, done, sending }: DeliveryFigures,
  left: number,
): DeliveryState | undefined {
  if (left === 0) return undefined;
  const rate = perMinute === undefined ? {} : { perMinute, secondsLeft: Math.ceil((left * 60) / perMinute) };
  return { done, total: done + left, sending, ...rate };
}
