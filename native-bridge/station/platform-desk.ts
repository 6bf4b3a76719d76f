import { asStationError, StationError } from '../contract/errors.ts';
import type { DeliveryState, PausedState, PlatformState, ProjectConnection } from '../contract/station.ts';
import { deliveryStateOf } from '../enrolment/delivery-progress.ts';
import { Delivery, type DeliveryPace, fieldPace } from '../enrolment/delivery.ts';
import { waitAfter } from '../enrolment/delivery-trouble.ts';
import { KeepAlive } from '../enrolment/keep-alive.ts';
import { ReportDelivery } from '../enrolment/report-delivery.ts';
import { ReportSender } from '../enrolment/report-sender.ts';
import { TeamDelivery } from '../enrolment/team-delivery.ts';
import { SenderLock } from '../enrolment/sender-lock.ts';
import { SendingPause } from '../enrolment/sending-pause.ts';
import type { BusinessConnector } from '../platform/business.ts';
import type { Connector } from '../platform/connector.ts';
import type { Store } from '../store/open-store.ts';
import { stationActor } from '../store/store-context.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { openBusiness, openConnector } from './open-connector.ts';
import { makeReadyToSend, uploadPictures } from './upload-pictures.ts';

export interface PlatformDeskOptions {
  readonly store: Store;
  readonly connection: ProjectConnection | undefined;
  readonly now: () => Date;
  /** Without one there are only the dialects that come with the station. */
  readonly dialects?: DialectShelf;
  /** Otherwise than the platform's dialect has it. */
  readonly pace?: DeliveryPace;
  /** For one exchange with the platform. */
  readonly timeoutMs?: number;
  readonly onRecordChanged: (id: string) => void;
  readonly onStateChanged: () => void;
  readonly onTeamsChanged?: () => void;
  readonly onReportsChanged?: () => void;
}

/** The platform of the connected project, for a question of an operator. */
export interface PlatformLink {
  readonly connection: ProjectConnection;
  readonly connector: Connector;
  /** Absent where the platform takes workers and names of teams only. */
  readonly business: BusinessConnector | undefined;
  /** Whether the platform numbers its teams, or knows them by their names only. */
  readonly numbersTeams: boolean;
}

/** Throws what `openConnector` does for a connection that no request could be made with. */
export function demandUsable(connection: ProjectConnection, dialects: DialectShelf): void {
  openConnector(connection, dialects);
}

/** A platform that answers at once has no outcomes to be asked for. */
function paceOf(connection: ProjectConnection, dialects: DialectShelf): DeliveryPace {
  const dialect = dialects.find(connection.dialect);
  if (dialect.driver !== 'national') return fieldPace;
  return { ...fieldPace, outcomeWaitsMs: dialect.pollSeconds.map((seconds) => seconds * 1000) };
}

/** The station's link to its platform: delivery of sealed records and what the lamp shows. */
export class PlatformDesk {
  readonly #options: PlatformDeskOptions;
  readonly #dialects: DialectShelf;
  readonly #connector: Connector | undefined;
  readonly #delivery: Delivery;
  readonly #link: PlatformLink | undefined;
  readonly #reports: ReportSender | undefined;
  readonly #lock = new SenderLock();
  readonly #pause: SendingPause;
  readonly #keepAlive: KeepAlive | undefined;
  #state: PlatformState;

  constructor(options: PlatformDeskOptions) {
    const { store, connection, now } = options;
    this.#options = options;
    this.#dialects = options.dialects ?? new DialectShelf();
    this.#state = { state: connection === undefined ? 'not-configured' : 'unknown' };
    this.#connector = connection && this.#connect(connection);
    const pace = options.pace ?? (this.#connector && connection ? paceOf(connection, this.#dialects) : fieldPace);
    this.#pause = new SendingPause({ now, onOver: () => this.#resumed(stationActor) });
    this.#delivery = new Delivery({
      store: {
        outbox: store.outbox,
        teams: store.teams,
        record: (id) => store.records.content(id),
        pictures: (id) => uploadPictures(store, id),
      },
      target: () =>
        this.#connector && connection && { connector: this.#connector, projectCode: connection.projectCode },
      now,
      random: Math.random,
      lock: this.#lock,
      isPaused: () => this.#pause.state !== undefined,
      onRecordChanged: options.onRecordChanged,
      onPlatform: (error) => this.#heard(error),
      pace,
    });
    this.#link = this.#connector && connection && this.#newLink(connection, this.#connector);
    this.#reports = this.#link && this.#newReports(this.#link, pace);
    this.#keepAlive = this.#newKeepAlive();
  }

  get state(): PlatformState {
    const difference = this.#connector?.clockDifferenceSeconds;
    return { ...this.#state, ...(difference !== undefined && { clockDifferenceSeconds: difference }) };
  }

  /** What the sender is doing; undefined while it rests or has to wait. */
  get delivery(): DeliveryState | undefined {
    const figures = this.#delivery.figures;
    if (figures === undefined || this.#state.state === 'trouble') return undefined;
    const { sealed, sending, accepted } = this.#options.store.records.counts();
    return deliveryStateOf(figures, sealed + sending + accepted);
  }

  /** Since when nothing is sent by an operator's wish. */
  get paused(): PausedState | undefined {
    const paused = this.#pause.state;
    const sending = this.#delivery.figures?.sending ?? 0;
    return paused && { at: paused.at.toISOString(), until: paused.until.toISOString(), sending };
  }

  /**
   * Sends no further record, report or team until `resume`, the next start, or an hour has gone by. What is under way is
   * brought to its end with its answer. Questions of an operator and signs of life go on.
   */
  pause(actor: string): void {
    this.#pause.begin();
    this.#options.store.audit.append({ action: 'sending.paused', subject: 'station', actor });
    this.#options.onStateChanged();
  }

  /** Sends again at once. Without effect where nothing is paused. */
  resume(actor: string): void {
    if (this.#pause.end()) this.#resumed(actor);
  }

  #resumed(actor: string): void {
    this.#options.store.audit.append({ action: 'sending.resumed', subject: 'station', actor });
    this.#delivery.resume();
    this.wake();
    this.#options.onStateChanged();
  }

  /**
   * Runs `work` while nothing is being sent: an export, an erasure, a wipe, a change of the key. The request under way
   * is finished first; afterwards the queue is looked at again. Must not be called from within `work`.
   */
  async exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await this.#lock.exclusive(work);
    } finally {
      this.wake();
    }
  }

  /** A new record: what sending it needs is made at once, whether or not there is a network, and then it may go. */
  sealed(id: string): void {
    void makeReadyToSend(this.#options.store, id)
      // The sender meets the same trouble in its turn, and tells it with the record.
      .catch(() => undefined)
      .then(() => this.wake());
  }

  /** The connected platform; undefined without a usable connection. */
  get link(): PlatformLink | undefined {
    return this.#link;
  }

  /** Asks the platform something, between the requests of the senders. Throws what the driver throws. */
  async ask<T>(question: (link: PlatformLink) => Promise<T>): Promise<T> {
    const link = this.#link;
    if (link === undefined) throw new StationError('platform.not-configured');
    try {
      const answer = await this.#lock.exclusive(() => question(link));
      this.#heard(undefined);
      return answer;
    } catch (cause) {
      const error = asStationError(cause);
      if (error.code.startsWith('platform.') && error.code !== 'platform.not-offered') this.#heard(error);
      throw error;
    }
  }

  wake(): void {
    this.#pause.look();
    this.#keepAlive?.start();
    this.#delivery.wake();
    this.#reports?.wake();
  }

  async close(): Promise<void> {
    this.#pause.end();
    await this.#keepAlive?.stop();
    await this.#reports?.stop();
    await this.#delivery.stop();
  }

  #newLink(connection: ProjectConnection, connector: Connector): PlatformLink {
    const dialect = this.#dialects.find(connection.dialect);
    const numbersTeams = dialect.driver !== 'cwr' || dialect.teams === 'numbered';
    const business = openBusiness(connection, this.#dialects, this.#options.timeoutMs);
    return { connection, connector, business, numbersTeams };
  }

  #newKeepAlive(): KeepAlive | undefined {
    const presence = this.#connector?.presence;
    if (presence === undefined) return undefined;
    return new KeepAlive({ presence, lock: this.#lock, onPlatform: (error) => this.#heard(error) });
  }

  #newReports({ connection, connector, business }: PlatformLink, pace: DeliveryPace): ReportSender {
    const { store, now, onStateChanged, onTeamsChanged, onReportsChanged } = this.#options;
    const { projectCode } = connection;
    const askAgainAt = (asked: number) => new Date(now().getTime() + waitAfter(pace.outcomeWaitsMs, asked));
    const clock = { now, askAgainAt };
    const told = (tell: (() => void) | undefined) => () => {
      tell?.();
      onStateChanged();
    };
    const teams = new TeamDelivery(store, { connector, business, projectCode }, clock, told(onTeamsChanged));
    const reports = business && new ReportDelivery(store, business, projectCode, clock, told(onReportsChanged));
    const deliveries = reports === undefined ? [teams] : [teams, reports];
    return new ReportSender({
      deliveries,
      lock: this.#lock,
      pace,
      isPaused: () => this.#pause.state !== undefined,
      onPlatform: (error) => this.#heard(error),
    });
  }

  /** A connection that cannot be used is a state to be put right in the settings, not the end of the station. */
  #connect(connection: ProjectConnection): Connector | undefined {
    try {
      return openConnector(connection, this.#dialects, this.#options.timeoutMs);
    } catch (cause) {
      this.#state = { state: 'trouble', error: { code: asStationError(cause).code } };
      return undefined;
    }
  }

  #heard(error: StationError | undefined): void {
    const { lastSuccessAt } = this.#state;
    const before = this.#state;
    // A record refused for its content is the record's trouble; the platform itself is well.
    const platformTrouble = error !== undefined && error.code !== 'platform.record-refused';
    this.#state = platformTrouble
      ? { state: 'trouble', error: { code: error.code }, ...(lastSuccessAt && { lastSuccessAt }) }
      : { state: 'reachable', lastSuccessAt: this.#options.now().toISOString() };
    if (before.state !== this.#state.state || before.error?.code !== this.#state.error?.code) {
      this.#options.onStateChanged();
    }
  }
}
