import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import type { RecordSummary, Team } from '../contract/enrolment.ts';
import { asStationError, type StationError } from '../contract/errors.ts';
import { lastVerifiedBackupKey } from '../contract/gates.ts';
import type { EventName, Payload, StationStatus } from '../contract/station.ts';
import { chinaDay } from '../enrolment/china-day.ts';
import { withAgeFinding } from '../enrolment/age-rules.ts';
import { VendorPortraitDecoder } from '../reader/vendor/vendor-portrait-decoder.ts';
import { vendorFolders } from '../reader/vendor/vendor-folder.ts';
import type { PortraitDecoder } from '../reader/portrait/portrait-decoder.ts';
import type { StationLog } from '../diagnostics/station-log.ts';
import type { StartOptions, SystemEvent } from '../rpc/shell-link.ts';
import type { Surroundings } from './diagnostics-desk.ts';
import { testRecoveryKey } from '../store/key-folder.ts';
import { AccountDesk } from './account-desk.ts';
import { ageRulesOf } from './age-rule-calls.ts';
import { BackupDesk } from './backup-desk.ts';
import { CameraDesk } from './camera-desk.ts';
import type { BlackListDesk } from './black-list-desk.ts';
import { newBlackListDesk, newFaceSearchDesk, newTeamDesk } from './new-desks.ts';
import { CaptureDesk } from './capture-desk.ts';
import { firstReading } from './card-desk.ts';
import type { DeskSession } from './desk-session.ts';
import { EnrolmentDesk } from './enrolment-desk.ts';
import type { FaceSearchDesk } from './face-search-desk.ts';
import { GateDesk } from './gate-desk.ts';
import { type LivenessDesk, newLivenessDesk } from './liveness-desk.ts';
import { type ListDesks, newListDesks } from './list-desks.ts';
import { PlatformDesk } from './platform-desk.ts';
import { PresentedCards } from './presented-cards.ts';
import { practicePace, practicePortraitDecoder } from './practice-desk.ts';
import { ReaderDesk } from './reader-desk.ts';
import { ReportDesk } from './report-desk.ts';
import { RetentionDesk } from './retention-desk.ts';
import { type FirstRun, newFirstRun } from './first-run.ts';
import { RecordNews } from './record-news.ts';
import type { StationParts } from './station-parts.ts';
import type { TeamDesk } from './team-desk.ts';
import { TransferDesk } from './transfer-desk.ts';
import { backupState } from './backup-calls.ts';
import { statusOf } from './station-status.ts';
import { removableDrives } from './transfer-places.ts';

export type Publish = <N extends EventName>(name: N, payload: Payload<N>) => void;

export interface StationOptions extends StartOptions {
  readonly publish: Publish;
  readonly log: StationLog;
  readonly session: DeskSession;
}

const now = () => new Date();

const newVendorDecoder = (dataFolder: string) =>
  new VendorPortraitDecoder({ folders: vendorFolders(dataFolder), jobFolder: join(dataFolder, 'portrait-job') });

/** The desks of one station, wired to each other and to the screens. */
export class RunningStation {
  readonly parts: StationParts;
  readonly accounts: AccountDesk;
  readonly firstRun: FirstRun;
  readonly desk: EnrolmentDesk;
  readonly capture: CaptureDesk;
  readonly faceSearch: FaceSearchDesk;
  readonly liveness: LivenessDesk;
  readonly cameras: CameraDesk;
  readonly platform: PlatformDesk;
  readonly transfers: TransferDesk;
  readonly blackList: BlackListDesk;
  readonly readers: ReaderDesk;
  readonly reports: ReportDesk;
  readonly teams: TeamDesk;
  readonly lists: ListDesks;
  readonly gates: GateDesk;
  readonly retention: RetentionDesk;
  /** Practice records are worth no backup. */
  readonly backups: BackupDesk | undefined;
  readonly publish: Publish;
  readonly #options: StationOptions;
  /** The sender changes many records in a short time. */
  readonly #news = new RecordNews({
    records: (ids) => ids.forEach((id) => this.#tellStored(id)),
    status: () => this.publishStatus(),
  });
  readonly #decoder: PortraitDecoder;
  readonly #vendorDecoder: VendorPortraitDecoder | undefined;
  readonly #cards: PresentedCards;

  constructor(options: StationOptions, parts: StationParts) {
    this.#options = options;
    this.publish = options.publish;
    this.parts = parts;
    this.accounts = this.#newAccounts();
    this.firstRun = newFirstRun(this, options.offersFirstRun === true);
    this.faceSearch = newFaceSearchDesk(parts, this.operator, {
      isBusy: () => this.capture.isBusy,
      onTrouble: (error) => this.#tellTrouble(error),
    });
    this.gates = this.#newGates();
    this.retention = this.#newRetention();
    this.desk = this.#newDesk();
    this.liveness = newLivenessDesk(parts, this.desk, this.operator);
    this.cameras = new CameraDesk(parts.store, this.operator);
    this.capture = new CaptureDesk({
      desk: this.desk,
      faces: parts.faces,
      profile: () => parts.profiles.active,
      liveness: this.liveness,
      search: (draft) => this.faceSearch.search(draft),
      cardCompleted: () => this.#cards.completed(),
      onTrouble: (error) => this.#tellTrouble(error),
    });
    this.platform = this.#newPlatform();
    const { link } = this.platform;
    this.reports = new ReportDesk(parts.store, this.operator, link?.business, () => this.platform.wake());
    this.teams = newTeamDesk(parts, this.operator, { platform: this.platform, onChanged: () => this.publishTeams() });
    this.blackList = newBlackListDesk(parts, this.operator, {
      business: link?.business,
      onAnswer: (number, answer) => this.desk.blackListAnswered(number, answer),
      onTrouble: (error) => this.#tellTrouble(error),
    });
    this.lists = newListDesks(this);
    this.transfers = this.#newTransfers();
    this.#vendorDecoder = parts.practice === undefined ? newVendorDecoder(options.dataFolder) : undefined;
    this.#decoder = this.#vendorDecoder ?? practicePortraitDecoder;
    this.#cards = this.#newCards();
    this.readers = this.#newReaders();
    this.backups = parts.practice === undefined ? this.#newBackups() : undefined;
  }

  start(): void {
    this.parts.store.health.onTrouble(() => this.publishStatus());
    this.readers.start();
    this.platform.wake();
    this.capture.compareRestored();
    this.faceSearch.start();
    this.gates.start();
    this.retention.start();
    this.backups?.start();
  }

  async close(): Promise<void> {
    await this.readers.stop();
    await this.#cards.completed();
    await this.#vendorDecoder?.close();
    await this.capture.settled();
    await this.faceSearch.close();
    await this.transfers.close();
    await this.blackList.settled();
    await this.platform.close();
    this.gates.close();
    await this.retention.close();
    await this.backups?.close();
    this.#news.stop();
    await this.parts.close();
  }

  /** After a sleep the network may be back. Whoever locks the machine or lets it sleep leaves the desk. */
  systemEvent(event: SystemEvent): void {
    if (event === 'suspend' || event === 'lock-screen') this.accounts.lock();
    if (event === 'resume' || event === 'unlock-screen') this.platform.wake();
  }

  status(): StationStatus {
    return statusOf(this, this.#options.version, now());
  }

  /** The chosen team, if it belongs to the connected project. */
  team(): Team | undefined {
    const team = this.parts.store.teams.chosen();
    return team?.projectCode === this.parts.connection?.projectCode ? team : undefined;
  }

  /** The status counts sealed records and names the team, so it changes with either. */
  publishStatus(): void {
    this.#options.publish('station.changed', this.status());
  }

  get surroundings(): Surroundings {
    return { log: this.#options.log, shell: this.#options.shell };
  }

  get dataFolder(): string {
    return this.#options.dataFolder;
  }

  /** Teams are to be asked for anew; the status names the chosen one. */
  publishTeams(): void {
    this.#options.publish('teams.changed', {});
    this.publishStatus();
  }

  readonly publishReviews = (): void => this.#options.publish('reviews.changed', {});
  readonly publishReports = (): void => this.#options.publish('reports.changed', {});
  /** Teams' lists of the expected, or what they say of the card in work. */
  readonly publishExpected = (): void => this.#options.publish('expected.changed', {});

  /** Who is at the desk at this moment, for the trail. */
  readonly operator = (): string => this.#options.session.person;

  /** Without ids: lists are to be asked for anew. */
  publishErased(ids: readonly string[]): void {
    this.#options.publish('record.erased', { ids: [...ids] });
    this.publishStatus();
  }

  publishRecord(record: RecordSummary): void {
    this.#tellRecord(record);
    this.publishStatus();
  }

  /** A record that was erased since it changed has nothing to tell any more. */
  #tellStored(id: string): void {
    try {
      const { records } = this.parts.store;
      const record = records.summary(id);
      // A confirmed record may have ended older ones of the same person.
      const overtaken = record.state === 'confirmed' ? records.overtakenBy(id) : [];
      for (const each of [...overtaken.map((older) => records.summary(older)), record]) this.#tellRecord(each);
    } catch (cause) {
      if (asStationError(cause).code !== 'store.not-found') throw cause;
    }
  }

  #tellRecord(record: RecordSummary): void {
    this.#options.publish('queue.changed', { record });
  }

  /** Also to a desk that was locked: what changed in lists meanwhile is to be asked for anew. */
  publishEverything(): void {
    this.#options.publish('reader.changed', this.readers.foremost);
    this.#options.publish('readers.changed', { readers: [...this.readers.list] });
    this.#options.publish('enrolment.changed', this.current());
    this.publishErased([]);
    this.publishTeams();
    this.publishReports();
    this.publishReviews();
  }

  get session(): DeskSession {
    return this.#options.session;
  }

  current(): Payload<'enrolment.changed'> {
    const enrolment = this.desk.view();
    return enrolment === undefined ? {} : { enrolment };
  }

  #newAccounts(): AccountDesk {
    const { main, practice, dataKey } = this.parts;
    const { session, dataFolder } = this.#options;
    return new AccountDesk({
      store: main,
      session,
      practice: practice !== undefined,
      now,
      testRecoveryKey: (typed) => testRecoveryKey(dataFolder, dataKey, typed, now()),
    });
  }

  #newDesk(): EnrolmentDesk {
    const { store } = this.parts;
    return new EnrolmentDesk({
      store,
      operator: this.operator,
      newId: () => this.#beginDraft(),
      now,
      projectCode: this.parts.connection?.projectCode,
      team: () => this.team(),
      faceOf: (draft) => this.faceSearch.descriptorOf(draft),
      aged: (draft) => withAgeFinding(draft, ageRulesOf(store), chinaDay(now())),
      onChanged: (view) => {
        this.#options.publish('enrolment.changed', this.current());
        if (view === undefined) this.faceSearch.draftEnded();
      },
      demandOpen: () => this.gates.demandOpen(),
      prefilled: (draft) => this.lists.expected.prefilled(draft),
      figures: store.figures,
      onSealed: (record, draft) => {
        this.lists.expected.sealed(draft);
        this.publishRecord(record);
        this.platform.sealed(record.id);
        this.backups?.look();
      },
    });
  }

  /** Who seals may be another than who began. */
  #beginDraft(): string {
    const id = newId();
    this.parts.store.audit.append({ action: 'draft.begun', subject: id, actor: this.operator() });
    return id;
  }

  #newBackups(): BackupDesk {
    const { dataFolder } = this.#options;
    return new BackupDesk({
      store: this.parts.store,
      file: join(dataFolder, 'station.db'),
      key: this.parts.dataKey,
      dataFolder,
      now,
      onVerified: (takenAt) => this.parts.store.settings.set(lastVerifiedBackupKey, takenAt),
      onChanged: () => this.#tellBackups(),
    });
  }

  #tellBackups(): void {
    this.#options.publish('backup.changed', backupState(this));
    this.publishStatus();
  }

  #newPlatform(): PlatformDesk {
    const { store, connection, dialects, practice } = this.parts;
    return new PlatformDesk({
      store,
      connection,
      dialects,
      now,
      ...(practice && { pace: practicePace }),
      onRecordChanged: (id) => this.#news.recordChanged(id),
      onStateChanged: () => this.#news.statusChanged(),
      onTeamsChanged: () => this.publishTeams(),
      onReportsChanged: () => this.publishReports(),
    });
  }

  #newGates(): GateDesk {
    const { store, practice } = this.parts;
    return new GateDesk({
      store,
      dataFolder: this.#options.dataFolder,
      isPractice: practice !== undefined,
      platform: () => this.platform.state,
      now,
      onChanged: () => this.publishStatus(),
    });
  }

  #newRetention(): RetentionDesk {
    return new RetentionDesk({
      store: this.parts.store,
      platform: () => this.platform.state,
      now,
      onDraftErased: (id) => this.desk.erased(id),
      onErased: () => this.publishErased([]),
    });
  }

  #newTransfers(): TransferDesk {
    return new TransferDesk({
      store: this.parts.store,
      practice: this.parts.practice !== undefined,
      operator: this.operator,
      exclusive: (work) => this.platform.exclusive(work),
      drives: removableDrives,
      onJob: (job) => this.#options.publish('transfer.changed', job),
      onRecordsChanged: () => this.publishStatus(),
    });
  }

  #newCards(): PresentedCards {
    const rules = () => ({ divisions: this.parts.divisions, ages: ageRulesOf(this.parts.store), now });
    return new PresentedCards({
      practiceSamNumber: this.parts.practice?.samNumber,
      demandSomebody: () => this.session.demandSomebody(),
      decoder: this.#decoder,
      desk: this.desk,
      firstReading: (card, reader) => firstReading(card, reader, rules()),
      // A photo that was taken before its card had a portrait can be compared now.
      onPortrait: () => this.capture.compareRestored(),
      onOtherCard: (card) => this.#options.publish('card.other', card),
      onTrouble: (error) => this.#tellTrouble(error),
    });
  }

  #newReaders(): ReaderDesk {
    return new ReaderDesk({
      settings: this.parts.settings,
      ethnicGroups: () => this.parts.ethnicGroups,
      stationVersion: this.#options.version,
      dataFolder: this.#options.dataFolder,
      decoder: this.#decoder,
      now,
      onReaders: (readers, foremost) => {
        this.#options.publish('reader.changed', foremost);
        this.#options.publish('readers.changed', { readers: [...readers] });
      },
      onCard: (card, reader) => this.#cards.presented(card, reader),
      onCardTrouble: (code, detail) => this.#options.publish('card.trouble', { code, detail }),
      onOtherCard: (card) => this.#cards.presentedOther(card),
      onSelfTest: (progress) => this.publish('reader.self-test-changed', progress),
    });
  }

  #tellTrouble({ code, detail }: StationError): void {
    this.#options.publish('card.trouble', { code, detail });
  }
}
