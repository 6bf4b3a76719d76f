import type { Draft, Team } from '../contract/enrolment.ts';
import { asStationError, StationError } from '../contract/errors.ts';
import type { Acceptance, Connector, Present, Refused } from '../platform/connector.ts';
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

/** The project whose platform is being talked to. */
export interface DeliveryTarget {
  readonly connector: Connector;
  readonly projectCode: string;
}

/** Moments for the next question, from how often was asked already. */
export interface DeliveryClock {
  now(): Date;
  askAgainAt(asked: number): Date;
  /** For a record of a project that is not connected now. */
  muchLater(): Date;
}

/** A team whose outcome stays open after so many questions is looked for by its name. */
const teamQuestions = 20;

/**
 * Takes one record one step further: its team first, then the worker, then the outcome. Throws what the connector or the
 * store throws; what the platform says about the record itself is stored. One instance serves one round through the
 * queue, so that a team's outcome is asked for once a round, however many of its workers wait for it.
 */
export class RecordDelivery {
  readonly #store: DeliveryStore;
  readonly #target: DeliveryTarget;
  readonly #clock: DeliveryClock;
  readonly #onSending: (id: string) => void;
  readonly #teamsAsked = new Set<string>();

  constructor(store: DeliveryStore, target: DeliveryTarget, clock: DeliveryClock, onSending: (id: string) => void) {
    this.#store = store;
    this.#target = target;
    this.#clock = clock;
    this.#onSending = onSending;
  }

  async advance(item: OutboxItem): Promise<void> {
    const record = this.#store.record(item.recordId);
    const { team } = record;
    if (team === undefined) throw new StationError('enrolment.incomplete', 'team');
    if (team.projectCode !== this.#target.projectCode) return this.#leaveForLater(item);
    if (item.state === 'accepted' && item.serial !== undefined) return this.#settle(item, item.serial);
    const found = await this.#teamSysNo(team, item);
    if (found === undefined) return this.#wait(item, item.attempts);
    if (typeof found === 'object') return this.#refused(item, found);
    await this.#send(item, record, found);
  }

  async #send(item: OutboxItem, record: Draft, teamSysNo: number): Promise<void> {
    const { connector } = this.#target;
    const upload = workerUpload(record, teamSysNo, await this.#store.pictures(item.recordId));
    const isPresent = item.update || (item.inDoubt && (await connector.findWorker(upload)));
    this.#store.outbox.markSending(item.recordId);
    this.#onSending(item.recordId);
    const answer = await (isPresent ? connector.updateWorker(upload) : connector.addWorker(upload));
    this.#take(item, answer, isPresent);
  }

  #take(item: OutboxItem, answer: Acceptance, wasUpdate: boolean): void {
    switch (answer.state) {
      case 'accepted':
        this.#store.outbox.markAccepted(item.recordId, answer.serial);
        return this.#wait(item, 0);
      case 'done':
        this.#store.outbox.markAccepted(item.recordId, answer.serial);
        return this.#store.outbox.markConfirmed(item.recordId);
      case 'already-present':
        return this.#present(item, answer, wasUpdate);
      case 'refused':
        return this.#refused(item, answer);
    }
  }

  /** Asks for the outcome of an accepted request and stores what it says. */
  async #settle(item: OutboxItem, serial: string): Promise<void> {
    const outcome = await this.#target.connector.outcome(serial);
    switch (outcome.state) {
      case 'waiting':
        return this.#wait(item, item.attempts);
      case 'done':
        return this.#store.outbox.markConfirmed(item.recordId);
      case 'already-present':
        return this.#present(item, outcome, item.update);
      case 'refused':
        return this.#refused(item, outcome);
    }
  }

  /** What we hold is newer or the same, so the platform's copy is brought up to date; once, or it would never end. */
  #present(item: OutboxItem, { text }: Present, wasUpdate: boolean): void {
    if (wasUpdate) return this.#refused(item, { state: 'refused', text, fields: [] });
    this.#store.outbox.markRetry(item.recordId, { code: 'platform.waiting' }, this.#clock.now(), false, true);
  }

  #refused(item: OutboxItem, { text, fields }: Refused): void {
    const detail = fields.join(' ');
    const error = { code: 'platform.record-refused' as const, ...(detail !== '' && { detail }) };
    this.#store.outbox.markAttention(item.recordId, error, text);
  }

  #wait(item: OutboxItem, asked: number): void {
    this.#store.outbox.markRetry(item.recordId, { code: 'platform.waiting' }, this.#clock.askAgainAt(asked), false);
  }

  #leaveForLater(item: OutboxItem): void {
    const error = { code: 'platform.not-configured' as const, detail: 'another project' };
    this.#store.outbox.markRetry(item.recordId, error, this.#clock.muchLater(), item.inDoubt);
  }

  /** The platform's number of a team, undefined while it has not given it one, or its refusal of the team. */
  async #teamSysNo(team: Team, item: OutboxItem): Promise<number | Refused | undefined> {
    const known = this.#store.teams.find(team.id)?.teamSysNo;
    if (known !== undefined) return known;
    if (this.#teamsAsked.has(team.id)) return undefined;
    this.#teamsAsked.add(team.id);
    const pending = item.attempts < teamQuestions ? this.#store.teams.pendingSerial(team.id) : undefined;
    return pending === undefined ? this.#sendTeam(team) : this.#teamOutcome(team, pending);
  }

  /** Looks for the team by its name before it is sent, so that it is never there twice. */
  async #sendTeam(team: Team): Promise<number | Refused | undefined> {
    const { connector } = this.#target;
    const { projectCode, corpCode, corpName, teamName } = team;
    const upload = { projectCode, corpCode, corpName, teamName };
    const present = await connector.findTeam(upload);
    if (present !== undefined) return this.#adopt(team, present.teamSysNo);
    const answer = await connector.addTeam(upload);
    if (answer.state === 'accepted') {
      this.#store.teams.setPendingSerial(team.id, answer.serial);
      return undefined;
    }
    if (answer.state === 'refused') return answer;
    const teamSysNo = answer.teamSysNo ?? (await connector.findTeam(upload))?.teamSysNo;
    if (teamSysNo === undefined) throw new StationError('platform.bad-answer', 'teamSysNo');
    return this.#adopt(team, teamSysNo);
  }

  async #teamOutcome(team: Team, serial: string): Promise<number | Refused | undefined> {
    const outcome = await this.#target.connector.outcome(serial).catch((cause: unknown) => {
      // The platform may have forgotten the request; the next round looks for the team by its name.
      if (asStationError(cause).code === 'platform.bad-answer') this.#store.teams.setPendingSerial(team.id, undefined);
      throw cause;
    });
    if (outcome.state === 'waiting') return undefined;
    this.#store.teams.setPendingSerial(team.id, undefined);
    if (outcome.state === 'refused') return outcome;
    if (outcome.teamSysNo === undefined) throw new StationError('platform.bad-answer', 'teamSysNo');
    return this.#adopt(team, outcome.teamSysNo);
  }

  #adopt(team: Team, teamSysNo: number): number {
    this.#store.teams.setSysNo(team.id, teamSysNo);
    return teamSysNo;
  }
}
