import { setImmediate as nextTurn } from 'node:timers/promises';
import { asStationError, type StationError } from '../contract/errors.ts';
import type { OutboxItem } from '../store/outbox.ts';
import { BatchDelivery, type DeliveryStore, type DeliveryTarget, type JobEnd } from './batch-delivery.ts';
import { type Job, jobsOf } from './delivery-plan.ts';
import { type DeliveryFigures, DeliveryProgress } from './delivery-progress.ts';
import { mayHaveActed, reportOf, scopeOf, waitAfter } from './delivery-trouble.ts';
import { type DeliveryClock, OutcomeBook } from './outcome-book.ts';
import { pacedConnector, RequestPace } from './request-pace.ts';
import { SenderLock } from './sender-lock.ts';
import { SharedCommits } from './shared-commits.ts';
import { TeamNumbers } from './team-numbers.ts';

/** Waits in milliseconds, one for each try; the last one repeats for ever, for a record is never given up. */
export interface DeliveryPace {
  /** Between questions for an outcome. */
  readonly outcomeWaitsMs: readonly number[];
  /** After trouble. */
  readonly retryWaitsMs: readonly number[];
  /** Shortest time between two requests; none if left out. A real platform must not be asked more often than every 1.5 s. */
  readonly requestGapMs?: number;
  /**
   * Requests on the wire at a time, one if left out. More are as safe, for they never concern the same person and each
   * record is marked before its request, but no platform says that it likes them.
   */
  readonly requestsAtOnce?: number;
}

export interface DeliveryOptions {
  readonly store: DeliveryStore;
  /** Where records go now; undefined while no project is connected. */
  readonly target: () => DeliveryTarget | undefined;
  readonly now: () => Date;
  readonly pace?: DeliveryPace;
  /** Held for each step, so that nothing else happens to the records meanwhile. */
  readonly lock?: SenderLock;
  /** Whether an operator wants nothing to be sent now. */
  readonly isPaused?: () => boolean;
  /** 0 ≤ x < 1, for spreading retries. */
  readonly random: () => number;
  readonly onRecordChanged: (id: string) => void;
  /** After every talk with the platform: undefined when it went well. */
  readonly onPlatform: (error: StationError | undefined) => void;
}

/** The pace for real platforms. */
export const fieldPace: DeliveryPace = {
  outcomeWaitsMs: [2000, 2000, 5000, 10_000, 30_000, 60_000],
  retryWaitsMs: [2000, 5000, 15_000, 60_000, 300_000],
  requestGapMs: 1500,
};

/** When nothing is due the queue is looked at this often all the same, in case the clock was set. */
const idleMs = 60_000;

/** Between two looks of its own accord. */
const shortestSleepMs = 50;

/** A record of a project that is not connected is looked at again after this time. */
const otherProjectMs = 300_000;

/** Rows of the queue looked at together, at least; small ones, without the records themselves. */
const smallestWindow = 100;

/** So many different requests in a row that fail for no clear reason are no longer the records' affair. */
const troublesThatPause = 3;

/**
 * Jobs that each line does before the queue is looked at anew, where several requests run at a time: a slow one then
 * holds up the others only at the end. A single line looks after each job.
 */
const jobsPerLine = 5;

/** How long a change may wait for others to be made durable together, where several requests run at a time. */
const sharedCommitMs = 4;

const oldestOf = (items: readonly OutboxItem[]) => items[0]?.recordId ?? '';

/**
 * Brings sealed records to the platform, one sender at a time and oldest first, several workers in one request where the
 * platform takes that. Records are marked before the call and count as delivered only by the platform's own word; after a
 * lost answer the platform is asked before anything is sent again. Never throws: trouble, of the store as well, is told
 * and tried again.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #pace: DeliveryPace;
  readonly #lock: SenderLock;
  readonly #requests: RequestPace;
  readonly #teams: TeamNumbers;
  readonly #book: OutcomeBook;
  readonly #commits: SharedCommits;
  readonly #clock: DeliveryClock;
  readonly #progress = new DeliveryProgress();
  #running: Promise<void> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Until then nothing is begun by itself: the whole platform is in trouble. */
  #pausedUntil = 0;
  #pauses = 0;
  /** Records whose requests have failed since something last went well, by the failures that were their own. */
  readonly #troubled = new Set<string>();
  /** The store failed, perhaps between a request and the note of its answer: such records are still marked as being sent. */
  #mayBeInterrupted = false;
  /** Everything up to this position has come to its end; looking through it again would take time. */
  #endedUpTo = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#pace = options.pace ?? fieldPace;
    this.#lock = options.lock ?? new SenderLock();
    this.#requests = new RequestPace(this.#pace.requestGapMs ?? 0);
    this.#clock = {
      now: options.now,
      askAgainAt: (asked) => this.#after(waitAfter(this.#pace.outcomeWaitsMs, asked)),
      tryAgainAt: (tried) => this.#after(this.#jittered(waitAfter(this.#pace.retryWaitsMs, tried))),
      muchLater: () => this.#after(otherProjectMs),
    };
    const { outbox } = options.store;
    this.#commits = new SharedCommits((work) => outbox.together(work), this.#atOnce > 1 ? sharedCommitMs : 0);
    this.#teams = new TeamNumbers(options.store.teams, (asked) => this.#clock.askAgainAt(asked));
    this.#book = new OutcomeBook(outbox, this.#clock, (records) => this.#progress.confirmed(records, this.#nowMs()));
  }

  /** What is being done now; undefined at rest and in a pause. */
  get figures(): DeliveryFigures | undefined {
    if (this.#pausedUntil > this.#nowMs()) return undefined;
    const figures = this.#progress.figures(this.#nowMs());
    // What was begun before the operator's pause is still brought to its end.
    return this.#isHeld && figures?.sending === 0 ? undefined : figures;
  }

  /** Looks at the queue now, even during a pause. Safe to call at any time. */
  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    // An old record may be on its way again by an operator's wish.
    this.#endedUpTo = 0;
    this.#running ??= this.#drain()
      .catch((cause: unknown) => this.#giveUpRound(asStationError(cause)))
      .then(() => {
        this.#running = undefined;
        this.#sleep();
      });
  }

  /** After an operator's pause. */
  resume(): void {
    this.#progress.resumed();
    this.wake();
  }

  /** Ends after the step under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#requests.release();
    await this.#running;
  }

  get #atOnce(): number {
    return this.#pace.requestsAtOnce ?? 1;
  }

  get #isHeld(): boolean {
    return this.#options.isPaused?.() ?? false;
  }

  #nowMs(): number {
    return this.#options.now().getTime();
  }

  #after(milliseconds: number): Date {
    return new Date(this.#nowMs() + milliseconds);
  }

  #jittered(milliseconds: number): number {
    return milliseconds * (0.75 + this.#options.random() / 2);
  }

  #sleep(): void {
    if (this.#stopped) return;
    if (this.#again) return this.wake();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lookAgain(), this.#sleepMs());
  }

  #sleepMs(): number {
    if (this.#options.target() === undefined || this.#isHeld) return idleMs;
    const wait = Math.max(this.#nextDueAt(), this.#pausedUntil) - this.#nowMs();
    return Math.min(Math.max(wait, shortestSleepMs), idleMs);
  }

  #nextDueAt(): number {
    try {
      const at = this.#options.store.outbox.nextDueAt()?.getTime();
      if (at === undefined) this.#progress.rest();
      return at ?? Infinity;
    } catch {
      // A store that cannot be read now is tried again later; whoever uses it next tells the operator.
      return Infinity;
    }
  }

  #lookAgain(): void {
    if (this.#nowMs() >= this.#pausedUntil) this.wake();
    else this.#sleep();
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      const target = this.#options.target();
      if (target === undefined) return;
      while (!this.#stopped && (await this.#lock.exclusive(() => this.#step(target)))) {
        // Steps without a request must not keep everything else in the program waiting.
        await nextTurn();
      }
    }
  }

  /** Does the oldest jobs. False when nothing is due, or when everything has to wait. */
  async #step(target: DeliveryTarget): Promise<boolean> {
    if (this.#stopped || this.#isHeld) return false;
    const { outbox } = this.#options.store;
    if (this.#mayBeInterrupted) this.#recover();
    this.#endedUpTo = (outbox.firstOpen(this.#endedUpTo) ?? this.#endedUpTo + 1) - 1;
    const largest = target.connector.batch?.largest ?? 1;
    const wanted = this.#atOnce === 1 ? 1 : this.#atOnce * jobsPerLine;
    const due = outbox.due(this.#options.now(), Math.max(smallestWindow, wanted * largest), this.#endedUpTo);
    if (due.length === 0) return false;
    const jobs = this.#untroubledFirst(jobsOf(this.#withoutWaitingTeams(due), target.projectCode, largest));
    return this.#doAll(jobs.slice(0, wanted), this.#delivery(target));
  }

  /** The store works again; what it could not note is asked about. */
  #recover(): void {
    this.#options.store.outbox.recoverInterrupted();
    this.#mayBeInterrupted = false;
    this.#pausedUntil = 0;
  }

  /** Does the jobs on as many lines as requests may run at a time. False once one of them says that all have to wait. */
  async #doAll(jobs: readonly Job[], delivery: BatchDelivery): Promise<boolean> {
    const left = jobs.values();
    let goesOn = true;
    const line = async () => {
      for (const job of left) {
        if (!goesOn || this.#stopped || this.#isHeld) return;
        if ((await this.#do(delivery, job)) === 'stop') goesOn = false;
      }
    };
    // All of them, also when one fails: whoever goes on after that counts on nothing being on the wire.
    const ends = await Promise.allSettled(Array.from({ length: this.#atOnce }, line));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return goesOn;
  }

  /** After trouble others get their chance first, or one record that always fails would hold up everybody behind it. */
  #untroubledFirst(jobs: readonly Job[]): Job[] {
    const isTroubled = ({ items }: Job) => items.some(({ recordId }) => this.#troubled.has(recordId));
    return [...jobs.filter((job) => !isTroubled(job)), ...jobs.filter(isTroubled)];
  }

  /** Puts off the workers of teams that the platform is still processing, without a request for each of them. */
  #withoutWaitingTeams(due: readonly OutboxItem[]): OutboxItem[] {
    const now = this.#options.now();
    const untilOf = (item: OutboxItem) => (item.state === 'accepted' ? undefined : this.#teams.waitingUntil(item, now));
    const waiting = due.flatMap((item) => {
      const until = untilOf(item);
      return until === undefined ? [] : [{ item, until }];
    });
    this.#options.store.outbox.together(() => {
      for (const { item, until } of waiting) this.#book.wait([item], until);
    });
    this.#tellChanged(waiting.map(({ item }) => item));
    return due.filter((item) => untilOf(item) === undefined);
  }

  #delivery(target: DeliveryTarget): BatchDelivery {
    const connector = pacedConnector(target.connector, this.#requests);
    return new BatchDelivery({
      store: this.#options.store,
      target: { ...target, connector },
      clock: this.#clock,
      teams: this.#teams,
      book: this.#book,
      commits: this.#commits,
      onSending: (items) => this.#tellChanged(items),
      onTrouble: (items, error) => this.#trouble(items, error),
    });
  }

  async #do(delivery: BatchDelivery, job: Job): Promise<JobEnd> {
    const records = job.kind === 'send' ? job.items.length : 0;
    this.#progress.begin(records, this.#nowMs());
    const end = await this.#begin(delivery, job).finally(() => this.#progress.end(records));
    if (end === 'talked') this.#wentWell();
    this.#tellChanged(job.items);
    return end;
  }

  #begin(delivery: BatchDelivery, job: Job): Promise<JobEnd> {
    switch (job.kind) {
      case 'elsewhere':
        return Promise.resolve(delivery.leaveForLater(job.items));
      case 'question':
        return delivery.settle(job.serial);
      case 'send':
        return delivery.send(job.items);
    }
  }

  #wentWell(): void {
    this.#pausedUntil = 0;
    this.#pauses = 0;
    this.#troubled.clear();
    this.#options.onPlatform(undefined);
  }

  #tellChanged(items: readonly OutboxItem[]): void {
    for (const { recordId } of items) this.#options.onRecordChanged(recordId);
  }

  #trouble(items: readonly OutboxItem[], error: StationError): 'trouble' | 'stop' {
    // Taken back, corrected or even erased by a person while it was this record's turn; there is nothing to tell.
    if (error.code === 'store.not-found' || error.code === 'record.ended') return 'trouble';
    const scope = scopeOf(error.code);
    if (scope === 'store') throw error;
    this.#options.onPlatform(error);
    this.#options.store.outbox.together(() => {
      for (const item of items) this.#mark(item, error, scope === 'record');
    });
    if (scope === 'record') return 'trouble';
    this.#troubled.add(oldestOf(items));
    if (scope === 'try' && this.#troubled.size < troublesThatPause) return 'trouble';
    this.#pausedUntil = this.#nowMs() + this.#jittered(waitAfter(this.#pace.retryWaitsMs, this.#pauses));
    this.#pauses += 1;
    return 'stop';
  }

  #mark(item: OutboxItem, error: StationError, forGood: boolean): void {
    const { outbox } = this.#options.store;
    try {
      if (forGood) return outbox.markAttention(item.recordId, reportOf(error));
      const inDoubt = item.inDoubt || mayHaveActed(error.code);
      outbox.markRetry(item.recordId, reportOf(error), this.#clock.tryAgainAt(item.attempts), inDoubt);
    } catch (cause) {
      // One that has come to its end in some other way meanwhile needs no mark.
      if (scopeOf(asStationError(cause).code) === 'store') throw cause;
    }
  }

  /** The store itself failed: nothing can be marked, so nothing is sent for a while. */
  #giveUpRound(error: StationError): void {
    this.#mayBeInterrupted = true;
    this.#pausedUntil = this.#nowMs() + idleMs;
    this.#options.onPlatform(error);
  }
}
