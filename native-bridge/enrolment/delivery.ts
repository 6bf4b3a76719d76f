import type { Draft, Team } from '../contract/enrolment.ts';
import { asStationError, errorTable, StationError } from '../contract/errors.ts';
import type { Connector, Outcome } from '../platform/connector.ts';
import type { Outbox, OutboxItem } from '../store/outbox.ts';
import type { Teams } from '../store/teams.ts';
import { type UploadPictures, workerUpload } from './worker-upload.ts';

/** What delivery needs of the store; every change is durable when the method returns. */
export interface DeliveryStore {
  readonly outbox: Pick<
    Outbox,
    'due' | 'nextDueAt' | 'markSending' | 'markAccepted' | 'markConfirmed' | 'markRetry' | 'markAttention'
  >;
  readonly teams: Pick<Teams, 'find' | 'setSysNo' | 'pendingSerial' | 'setPendingSerial'>;
  record(id: string): Draft;
  pictures(id: string): Promise<UploadPictures>;
}

/** Waits in milliseconds, one for each try; the last one repeats for ever, for a record is never given up. */
export interface DeliveryPace {
  /** Between questions for an outcome. A real platform must not be asked more often than every 1.5 s. */
  readonly outcomeWaitsMs: readonly number[];
  /** After trouble. */
  readonly retryWaitsMs: readonly number[];
}

export interface DeliveryOptions {
  readonly store: DeliveryStore;
  /** The connector of the project now; undefined while none is connected. */
  readonly connector: () => Connector | undefined;
  readonly now: () => Date;
  readonly pace?: DeliveryPace;
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

const batch = 20;

/** Trouble that concerns the account and not one record: everything waits, nothing is marked. */
const accountCodes = new Set(['platform.sign-refused', 'platform.no-permission', 'platform.address-not-allowed']);

/** Trouble after which the platform may have acted although we saw no answer. */
const doubtfulCodes = new Set(['platform.unreachable', 'platform.bad-answer', 'internal']);

const at = (waits: readonly number[], attempt: number): number => waits[Math.min(attempt, waits.length - 1)] ?? 0;

/**
 * Brings sealed records to the platform, one sender at a time and oldest first. A record is marked before the call and
 * counts as delivered only by the platform's own word; after a lost answer the platform is asked before anything is
 * sent again.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #pace: DeliveryPace;
  #running: Promise<void> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Until then nothing is begun by itself: the whole platform is in trouble. */
  #pausedUntil = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#pace = options.pace ?? fieldPace;
  }

  /** Looks at the queue now. Safe to call at any time. */
  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
      this.#sleep();
    });
  }

  /** Ends after the request under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #sleep(): void {
    if (this.#stopped) return;
    if (this.#again) return this.wake();
    const now = this.#options.now().getTime();
    const next = this.#options.store.outbox.nextDueAt()?.getTime() ?? Infinity;
    const wait = this.#options.connector() === undefined ? idleMs : Math.max(next, this.#pausedUntil) - now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(wait, 50), idleMs));
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      const connector = this.#options.connector();
      if (connector === undefined) return;
      const items = this.#options.store.outbox.due(this.#options.now(), batch);
      for (const item of items) {
        if (this.#stopped) return;
        if (!(await this.#deliver(connector, item))) return;
      }
      if (items.length === batch) this.#again = true;
    }
  }

  /** False when the trouble concerns everything and the rest of the queue has to wait. */
  async #deliver(connector: Connector, item: OutboxItem): Promise<boolean> {
    try {
      await this.#step(connector, item);
      this.#options.onPlatform(undefined);
      return true;
    } catch (cause) {
      return this.#fail(item, asStationError(cause));
    } finally {
      this.#options.onRecordChanged(item.recordId);
    }
  }

  async #step(connector: Connector, item: OutboxItem): Promise<void> {
    const { outbox } = this.#options.store;
    if (item.state === 'accepted' && item.serial !== undefined) return this.#settle(connector, item, item.serial);
    const record = this.#options.store.record(item.recordId);
    if (record.team === undefined || record.card === undefined) throw new StationError('enrolment.incomplete');
    const teamSysNo = await this.#teamSysNo(connector, record.team);
    if (teamSysNo === undefined) return this.#wait(item, item.attempts);
    const upload = workerUpload(record, teamSysNo, await this.#options.store.pictures(item.recordId));
    const present = item.update || (item.inDoubt && (await connector.findWorker(upload)));
    outbox.markSending(item.recordId);
    this.#options.onRecordChanged(item.recordId);
    const { serial } = await (present ? connector.updateWorker(upload) : connector.addWorker(upload));
    outbox.markAccepted(item.recordId, serial);
    this.#wait(item, 0);
  }

  /** Asks for the outcome of an accepted request and stores what it says. */
  async #settle(connector: Connector, item: OutboxItem, serial: string): Promise<void> {
    const { outbox } = this.#options.store;
    const outcome = await connector.outcome(serial);
    switch (outcome.state) {
      case 'waiting':
        return this.#wait(item, item.attempts);
      case 'done':
        return outbox.markConfirmed(item.recordId);
      case 'already-present':
        // What we hold is newer or the same, so the platform's copy is brought up to date.
        return outbox.markRetry(item.recordId, { code: 'platform.waiting' }, this.#options.now(), false, true);
      case 'refused':
        return outbox.markAttention(
          item.recordId,
          { code: 'platform.record-refused', detail: outcome.fields.join(' ') },
          outcome.text,
        );
    }
  }

  /** Looks again later; `asked` is how often it was asked for already. */
  #wait(item: OutboxItem, asked: number): void {
    const askAgainAt = new Date(this.#options.now().getTime() + at(this.#pace.outcomeWaitsMs, asked));
    this.#options.store.outbox.markRetry(item.recordId, { code: 'platform.waiting' }, askAgainAt, false);
  }

  #fail(item: OutboxItem, error: StationError): boolean {
    const account = accountCodes.has(error.code);
    this.#options.onPlatform(error);
    const report = { code: error.code, detail: error.detail };
    if (!account && errorTable[error.code].class === 'ask-operator') {
      this.#options.store.outbox.markAttention(item.recordId, report);
      return true;
    }
    const wait = at(this.#pace.retryWaitsMs, item.attempts) * (0.75 + this.#options.random() / 2);
    const retryAt = new Date(this.#options.now().getTime() + wait);
    this.#options.store.outbox.markRetry(item.recordId, report, retryAt, item.inDoubt || doubtfulCodes.has(error.code));
    // One record that the platform chokes on must not hold up the others; a platform that is away holds up all.
    if (error.code === 'platform.bad-answer' || error.code === 'internal') return true;
    this.#pausedUntil = retryAt.getTime();
    return false;
  }

  /** The platform's number of a team, sending the team first where the platform does not know it. */
  async #teamSysNo(connector: Connector, team: Team): Promise<number | undefined> {
    const { teams } = this.#options.store;
    const known = teams.find(team.id)?.teamSysNo;
    if (known !== undefined) return known;
    const pending = teams.pendingSerial(team.id);
    return pending === undefined
      ? this.#sendTeam(connector, team)
      : this.#adopt(team, await connector.outcome(pending));
  }

  /** Undefined while the platform has not given the team its number. */
  async #sendTeam(connector: Connector, team: Team): Promise<number | undefined> {
    const { projectCode, corpCode, corpName, teamName } = team;
    const upload = { projectCode, corpCode, corpName, teamName };
    const present = await connector.findTeam(upload);
    if (present === undefined) {
      const { serial } = await connector.addTeam(upload);
      this.#options.store.teams.setPendingSerial(team.id, serial);
    } else {
      this.#options.store.teams.setSysNo(team.id, present.teamSysNo);
    }
    return present?.teamSysNo;
  }

  #adopt(team: Team, outcome: Outcome): number | undefined {
    const { teams } = this.#options.store;
    if (outcome.state === 'waiting') return undefined;
    teams.setPendingSerial(team.id, undefined);
    if (outcome.state === 'refused') {
      throw new StationError('platform.record-refused', `team: ${outcome.fields.join(' ')}`);
    }
    if (outcome.teamSysNo === undefined) throw new StationError('platform.bad-answer', 'teamSysNo');
    teams.setSysNo(team.id, outcome.teamSysNo);
    return outcome.teamSysNo;
  }
}
