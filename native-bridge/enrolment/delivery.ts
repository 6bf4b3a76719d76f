import { asStationError, type ErrorCode, errorTable, type StationError } from '../contract/errors.ts';
import type { OutboxItem } from '../store/outbox.ts';
import { type DeliveryStore, type DeliveryTarget, RecordDelivery } from './record-delivery.ts';

/** Waits in milliseconds, one for each try; the last one repeats for ever, for a record is never given up. */
export interface DeliveryPace {
  /** Between questions for an outcome. A real platform must not be asked more often than every 1.5 s. */
  readonly outcomeWaitsMs: readonly number[];
  /** After trouble. */
  readonly retryWaitsMs: readonly number[];
}

export interface DeliveryOptions {
  readonly store: DeliveryStore;
  /** Where records go now; undefined while no project is connected. */
  readonly target: () => DeliveryTarget | undefined;
  readonly now: () => Date;
  readonly pace?: Partial<DeliveryPace>;
  /** 0 ≤ x < 1, for spreading retries. */
  readonly random: () => number;
  readonly onRecordChanged: (id: string) => void;
  /** After every talk with the platform: undefined when it went well. */
  readonly onPlatform: (error: StationError | undefined) => void;
}

const fieldPace: DeliveryPace = {
  outcomeWaitsMs: [2000, 2000, 5000, 10_000, 30_000, 60_000],
  retryWaitsMs: [2000, 5000, 15_000, 60_000, 300_000],
};

/** When nothing is due the queue is looked at this often all the same, in case the clock was set. */
const idleMs = 60_000;

/** Between two looks of its own accord. */
const shortestSleepMs = 50;

/** A record of a project that is not connected is looked at again after this time. */
const otherProjectMs = 300_000;

const batch = 20;

/** Trouble of the whole platform or of the account: every record has to wait, none is to blame. */
const platformWide: ReadonlySet<ErrorCode> = new Set([
  'platform.unreachable',
  'platform.busy',
  'platform.sign-refused',
  'platform.no-permission',
  'platform.address-not-allowed',
  'platform.not-configured',
  'platform.bad-dialect',
  'platform.dialect-refused',
  'platform.clock-wrong',
  'platform.device-unknown',
  'platform.wrong-project',
]);

/** Trouble of the whole file: no record is to blame, and nothing can be marked. A damaged record is another thing. */
const storeWide: ReadonlySet<ErrorCode> = new Set(['store.full', 'store.read-only', 'store.unavailable']);

/** Trouble after which the platform may have acted although we saw no answer. */
const doubtful: ReadonlySet<ErrorCode> = new Set(['platform.unreachable', 'platform.bad-answer', 'internal']);

const at = (waits: readonly number[], attempt: number): number => waits[Math.min(attempt, waits.length - 1)] ?? 0;

/**
 * Brings sealed records to the platform, one sender at a time and oldest first. A record is marked before the call and
 * counts as delivered only by the platform's own word; after a lost answer the platform is asked before anything is
 * sent again. Never throws: trouble, of the store as well, is told and tried again.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #pace: DeliveryPace;
  #running: Promise<void> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Works that want the sender to rest, under way or waiting for their turn. */
  #exclusiveWorks = 0;
  #lastExclusive: Promise<unknown> = Promise.resolve();
  /** Until then nothing is begun by itself: the whole platform is in trouble. */
  #pausedUntil = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#pace = { ...fieldPace, ...options.pace };
  }

  /** Looks at the queue now, even during a pause. Safe to call at any time. */
  wake(): void {
    if (this.#rests) return;
    this.#again = true;
    this.#running ??= this.#drain()
      .catch((cause: unknown) => this.#giveUpRound(asStationError(cause)))
      .then(() => {
        this.#running = undefined;
        this.#sleep();
      });
  }

  /** Runs `work` while nothing is being sent, one such work after the other; the request under way ends first. */
  exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    this.#exclusiveWorks += 1;
    const turn = this.#lastExclusive.then(() => this.#running).then(work);
    const over = () => {
      this.#exclusiveWorks -= 1;
      this.wake();
    };
    this.#lastExclusive = turn.then(over, over);
    return turn;
  }

  get #rests(): boolean {
    return this.#stopped || this.#exclusiveWorks > 0;
  }

  /** Ends after the request under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #sleep(): void {
    if (this.#rests) return;
    if (this.#again) return this.wake();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lookAgain(), this.#sleepMs());
  }

  #sleepMs(): number {
    if (this.#options.target() === undefined) return idleMs;
    const wait = Math.max(this.#nextDueAt(), this.#pausedUntil) - this.#options.now().getTime();
    return Math.min(Math.max(wait, shortestSleepMs), idleMs);
  }

  #nextDueAt(): number {
    try {
      return this.#options.store.outbox.nextDueAt()?.getTime() ?? Infinity;
    } catch {
      // A store that cannot be read now is tried again later; whoever uses it next tells the operator.
      return Infinity;
    }
  }

  #lookAgain(): void {
    if (this.#options.now().getTime() >= this.#pausedUntil) this.wake();
    else this.#sleep();
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#rests) {
      this.#again = false;
      const target = this.#options.target();
      if (target === undefined) return;
      const items = this.#options.store.outbox.due(this.#options.now(), batch);
      const delivery = this.#round(target);
      for (const item of items) {
        if (this.#rests || !(await this.#deliver(delivery, item))) return;
      }
      if (items.length === batch) this.#again = true;
    }
  }

  #round(target: DeliveryTarget): RecordDelivery {
    const { store, now, onRecordChanged } = this.#options;
    const after = (milliseconds: number) => new Date(now().getTime() + milliseconds);
    const clock = {
      now,
      askAgainAt: (asked: number) => after(at(this.#pace.outcomeWaitsMs, asked)),
      muchLater: () => after(otherProjectMs),
    };
    return new RecordDelivery(store, target, clock, onRecordChanged);
  }

  /** False when the trouble concerns everything and the rest of the queue has to wait. */
  async #deliver(delivery: RecordDelivery, item: OutboxItem): Promise<boolean> {
    let goesOn = true;
    try {
      await delivery.advance(item);
      this.#pausedUntil = 0;
      this.#options.onPlatform(undefined);
    } catch (cause) {
      const error = asStationError(cause);
      if (this.#isGone(item, error)) return true;
      goesOn = this.#fail(item, error);
    }
    this.#options.onRecordChanged(item.recordId);
    return goesOn;
  }

  /** Taken back, corrected or even erased by a person while it was this record's turn; there is nothing to tell. */
  #isGone(item: OutboxItem, { code }: StationError): boolean {
    if (code !== 'store.not-found') return code === 'record.ended';
    try {
      this.#options.store.record(item.recordId);
      return false;
    } catch (cause) {
      return asStationError(cause).code === 'store.not-found';
    }
  }

  #fail(item: OutboxItem, error: StationError): boolean {
    if (storeWide.has(error.code)) throw error;
    this.#options.onPlatform(error);
    const report = { code: error.code, ...(error.detail !== undefined && { detail: error.detail }) };
    const isWide = platformWide.has(error.code);
    const passes = isWide || errorTable[error.code].class === 'retry' || error.code === 'internal';
    if (!passes) {
      this.#options.store.outbox.markAttention(item.recordId, report);
      return true;
    }
    const wait = at(this.#pace.retryWaitsMs, item.attempts) * (0.75 + this.#options.random() / 2);
    const retryAt = new Date(this.#options.now().getTime() + wait);
    this.#options.store.outbox.markRetry(item.recordId, report, retryAt, item.inDoubt || doubtful.has(error.code));
    if (isWide) this.#pausedUntil = retryAt.getTime();
    return !isWide;
  }

  /** The store itself failed: nothing can be marked, so nothing is sent for a while. */
  #giveUpRound(error: StationError): void {
    this.#pausedUntil = this.#options.now().getTime() + idleMs;
    this.#options.onPlatform(error);
  }
}
