import type { Clock } from './wire-pacing.ts';

/** A clock for tests: waiting moves it on at once. */
export class TestClock implements Clock {
  /** Called in the middle of each wait. */
  onWait: ((milliseconds: number) => void) | undefined;
  #now = 0;

  readonly now = (): number => this.#now;

  readonly wait = (milliseconds: number): Promise<void> => {
    this.onWait?.(milliseconds);
    this.#now += milliseconds;
    return Promise.resolve();
  };
}
