import { asStationError, type StationError } from '../contract/errors.ts';
import { type DeliveryPace, fieldPace } from './delivery.ts';
import { waitAfter } from './delivery-trouble.ts';
import type { SenderLock } from './sender-lock.ts';

/** Something that takes what is due one step further; false when nothing was. */
interface Rounds {
  round(): Promise<boolean>;
}

export interface ReportSenderOptions {
  /** Teams before reports, which need the teams' numbers. */
  readonly deliveries: readonly Rounds[];
  /** The lock of the records' sender: the two never talk with the platform at the same time. */
  readonly lock: SenderLock;
  readonly pace?: DeliveryPace;
  /** Whether an operator wants nothing to be sent now; whoever ends that wakes this. */
  readonly isPaused?: () => boolean;
  /** After every talk with the platform: undefined when it went well. */
  readonly onPlatform: (error: StationError | undefined) => void;
}

/** Reports wait for their workers, whose confirmation nobody announces; they are looked for this often. */
const idleMs = 15_000;
const mostDoublings = 16;

/**
 * Sends teams and reports whenever some are due, one round at a time and between the requests of the records' sender. Never
 * throws: trouble is told, and tried again after a wait.
 */
export class ReportSender {
  readonly #options: ReportSenderOptions;
  readonly #pace: DeliveryPace;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;
  #troubles = 0;
  /** Rounds since something was due. */
  #quiet = 0;

  constructor(options: ReportSenderOptions) {
    this.#options = options;
    this.#pace = options.pace ?? fieldPace;
  }

  /** Looks for due reports now. Safe to call at any time. */
  wake(): void {
    if (this.#stopped || this.#running !== undefined) return;
    clearTimeout(this.#timer);
    this.#running = this.#round().then((waitMs) => {
      this.#running = undefined;
      if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), waitMs);
    });
  }

  /** Ends after the round under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** How long to wait before the next round, in milliseconds. */
  async #round(): Promise<number> {
    try {
      let wasDue = false;
      for (const delivery of this.#options.deliveries) wasDue = (await this.#turn(delivery)) || wasDue;
      this.#troubles = 0;
      const soonMs = Math.max(waitAfter(this.#pace.outcomeWaitsMs, 0), this.#pace.requestGapMs ?? 0);
      // What was just sent comes due again before long: the waits grow from there to those of a station at rest.
      if (!wasDue) return Math.min(idleMs, soonMs * 2 ** Math.min(this.#quiet++, mostDoublings));
      this.#quiet = 0;
      this.#options.onPlatform(undefined);
      return soonMs;
    } catch (cause) {
      this.#options.onPlatform(asStationError(cause));
      return waitAfter(this.#pace.retryWaitsMs, this.#troubles++);
    }
  }

  #turn(delivery: Rounds): Promise<boolean> {
    return this.#options.lock.exclusive(() => (this.#options.isPaused?.() === true ? false : delivery.round()));
  }
}
