import type { Draft, Team } from '../contract/enrolment.ts';
import type { ErrorReport } from '../contract/basic.ts';
import { asStationError, errorTable, StationError } from '../contract/errors.ts';
import type { Connector, Outcome, TeamUpload } from '../platform/connector.ts';
import { type UploadPictures, workerUpload } from './worker-upload.ts';

/** One sealed record on its way. */
export interface DeliveryItem {
  readonly recordId: string;
  readonly state: 'sealed' | 'sending' | 'accepted';
  readonly attempts: number;
  readonly serial?: string | undefined;
  /** A request was begun whose answer was never seen: the platform may have acted on it. */
  readonly inDoubt: boolean;
}

/** What delivery needs of the store; every change is durable when the method returns. */
export interface DeliveryStore {
  due(now: Date, limit: number): readonly DeliveryItem[];
  nextDueAt(): Date | undefined;
  record(id: string): Draft;
  pictures(id: string): Promise<UploadPictures>;
  teamSysNo(team: Team): number | undefined;
  setTeamSysNo(team: Team, teamSysNo: number): void;
  pendingTeamSerial(team: Team): string | undefined;
  setPendingTeamSerial(team: Team, serial: string | undefined): void;
  markSending(id: string): void;
  markAccepted(id: string, serial: string): void;
  markConfirmed(id: string): void;
  /** Accepted before and still being processed there. */
  markWaiting(id: string, askAgainAt: Date): void;
  markRetry(id: string, error: ErrorReport, retryAt: Date, inDoubt: boolean): void;
  markAttention(id: string, error: ErrorReport, platformText: string | undefined): void;
}

export interface DeliveryOptions {
  readonly store: DeliveryStore;
  /** The connector of the project now; undefined while none is connected. */
  readonly connector: () => Connector | undefined;
  readonly now: () => Date;
  /** 0 ≤ x < 1, for spreading retries. */
  readonly random: () => number;
  readonly onRecordChanged: (id: string) => void;
  /** After every talk with the platform: undefined when it went well. */
  readonly onPlatform: (error: StationError | undefined) => void;
}

/** First wait for an outcome, then growing; the platform must not be asked more often than every 1.5 s. */
const outcomeWaitsMs = [2000, 2000, 5000, 10_000, 30_000, 60_000] as const;

/** Waits after trouble; the last one repeats for ever, for a record is never given up. */
const retryWaitsMs = [2000, 5000, 15_000, 60_000, 300_000] as const;

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
  #running: Promise<void> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #outcomeAsked = new Map<string, number>();

  constructor(options: DeliveryOptions) {
    this.#options = options;
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
    const next = this.#options.store.nextDueAt();
    const wait = next === undefined ? idleMs : next.getTime() - this.#options.now().getTime();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(wait, 50), idleMs));
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      const connector = this.#options.connector();
      if (connector === undefined) return;
      const items = this.#options.store.due(this.#options.now(), batch);
      for (const item of items) {
        if (this.#stopped) return;
        if (!(await this.#deliver(connector, item))) return;
      }
      if (items.length === batch) this.#again = true;
    }
  }

  /** False when the trouble concerns everything and the rest of the queue has to wait. */
  async #deliver(connector: Connector, item: DeliveryItem): Promise<boolean> {
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

  async #step(connector: Connector, item: DeliveryItem): Promise<void> {
    if (item.state === 'accepted' && item.serial !== undefined) return this.#settle(connector, item, item.serial);
    const record = this.#options.store.record(item.recordId);
    if (record.team === undefined || record.card === undefined) throw new StationError('enrolment.incomplete');
    const teamSysNo = await this.#teamSysNo(connector, record.team);
    if (teamSysNo === undefined) return this.#wait(item);
    const upload = workerUpload(record, teamSysNo, await this.#options.store.pictures(item.recordId));
    const present = item.inDoubt && (await connector.findWorker(upload));
    this.#options.store.markSending(item.recordId);
    this.#options.onRecordChanged(item.recordId);
    const { serial } = await (present ? connector.updateWorker(upload) : connector.addWorker(upload));
    this.#options.store.markAccepted(item.recordId, serial);
    await this.#settle(connector, item, serial);
  }

  /** Asks for the outcome of an accepted request and stores what it says. */
  async #settle(connector: Connector, item: DeliveryItem, serial: string): Promise<void> {
    const outcome = await connector.outcome(serial);
    switch (outcome.state) {
      case 'waiting':
        return this.#wait(item);
      case 'done':
        return this.#confirm(item);
      case 'already-present':
        return this.#bringUpToDate(connector, item);
      case 'refused':
        this.#options.store.markAttention(
          item.recordId,
          { code: 'platform.record-refused', detail: outcome.fields.join(' ') },
          outcome.text,
        );
    }
  }

  #confirm(item: DeliveryItem): void {
    this.#outcomeAsked.delete(item.recordId);
    this.#options.store.markConfirmed(item.recordId);
  }

  /** The platform has this worker already: what we hold is newer or the same, so it is brought up to date. */
  async #bringUpToDate(connector: Connector, item: DeliveryItem): Promise<void> {
    const record = this.#options.store.record(item.recordId);
    const teamSysNo = record.team && this.#options.store.teamSysNo(record.team);
    if (teamSysNo === undefined) throw new StationError('enrolment.incomplete');
    const upload = workerUpload(record, teamSysNo, await this.#options.store.pictures(item.recordId));
    const { serial } = await connector.updateWorker(upload);
    this.#options.store.markAccepted(item.recordId, serial);
    this.#wait(item);
  }

  #wait(item: DeliveryItem): void {
    const asked = this.#outcomeAsked.get(item.recordId) ?? 0;
    this.#outcomeAsked.set(item.recordId, asked + 1);
    const askAgainAt = new Date(this.#options.now().getTime() + at(outcomeWaitsMs, asked));
    this.#options.store.markWaiting(item.recordId, askAgainAt);
  }

  #fail(item: DeliveryItem, error: StationError): boolean {
    const account = accountCodes.has(error.code);
    this.#options.onPlatform(error);
    const report = { code: error.code, detail: error.detail };
    if (!account && errorTable[error.code].class === 'ask-operator') {
      this.#options.store.markAttention(item.recordId, report, undefined);
      return true;
    }
    const wait = at(retryWaitsMs, item.attempts) * (0.75 + this.#options.random() / 2);
    const retryAt = new Date(this.#options.now().getTime() + wait);
    this.#options.store.markRetry(item.recordId, report, retryAt, item.inDoubt || doubtfulCodes.has(error.code));
    // One record that the platform chokes on must not hold up the others; a platform that is away holds up all.
    return error.code === 'platform.bad-answer' || error.code === 'internal';
  }

  /** The platform's number of a team, sending the team first where the platform does not know it. */
  async #teamSysNo(connector: Connector, team: Team): Promise<number | undefined> {
    const known = this.#options.store.teamSysNo(team);
    if (known !== undefined) return known;
    const serial = this.#options.store.pendingTeamSerial(team) ?? (await this.#sendTeam(connector, team));
    if (serial === undefined) return this.#options.store.teamSysNo(team);
    return this.#adopt(team, await connector.outcome(serial));
  }

  /** Undefined when the platform has the team already and its number was adopted. */
  async #sendTeam(connector: Connector, team: Team): Promise<string | undefined> {
    const upload: TeamUpload = {
      projectCode: team.projectCode,
      corpCode: team.corpCode,
      corpName: team.corpName,
      teamName: team.teamName,
    };
    const present = await connector.findTeam(upload);
    if (present !== undefined) {
      this.#options.store.setTeamSysNo(team, present.teamSysNo);
      return undefined;
    }
    const { serial } = await connector.addTeam(upload);
    this.#options.store.setPendingTeamSerial(team, serial);
    return serial;
  }

  #adopt(team: Team, outcome: Outcome): number | undefined {
    if (outcome.state === 'waiting') return undefined;
    this.#options.store.setPendingTeamSerial(team, undefined);
    if (outcome.state === 'refused')
      throw new StationError('platform.record-refused', `team: ${outcome.fields.join(' ')}`);
    if (outcome.teamSysNo === undefined) throw new StationError('platform.bad-answer', 'teamSysNo');
    this.#options.store.setTeamSysNo(team, outcome.teamSysNo);
    return outcome.teamSysNo;
  }
}
