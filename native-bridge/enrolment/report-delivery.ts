import type { PersonKey, Report } from '../contract/report.ts';
import type { Team } from '../contract/enrolment.ts';
import { asStationError, type ErrorCode, StationError } from '../contract/errors.ts';
import type { BusinessConnector, QueryRow } from '../platform/business.ts';
import type { Acceptance, Refused } from '../platform/connector.ts';
import type { DueReport, Reports } from '../store/reports.ts';
import type { Teams } from '../store/teams.ts';
import { type Upload, uploadOf } from './report-upload.ts';

/** What the delivery of reports needs of the store. */
export interface ReportStore {
  readonly reports: Pick<
    Reports,
    | 'due'
    | 'load'
    | 'markSending'
    | 'markAccepted'
    | 'markConfirmed'
    | 'markRetry'
    | 'markSplit'
    | 'markAttention'
    | 'recoverInterrupted'
  >;
  readonly teams: Pick<Teams, 'find'>;
}

/** Moments for the next question, from how often was asked already. */
export interface ReportClock {
  now(): Date;
  askAgainAt(asked: number): Date;
}

/** Reports that go in one request, oldest first. */
interface Batch {
  readonly ids: readonly string[];
  readonly reports: readonly Report[];
  readonly due: DueReport;
}

const roundSize = 200;

/** Trouble after which the platform may have acted although we saw no answer. */
const doubtful: ReadonlySet<ErrorCode> = new Set(['platform.unreachable', 'platform.bad-answer', 'internal']);

/**
 * Brings reports about enrolled workers to the platform: entries and exits of one team together, contracts together,
 * every training by itself. A report is marked before the call; after a lost answer the platform is asked whether it has
 * it before it is sent again. When one of several is refused, each is sent alone, so that one bad one blocks no other.
 */
export class ReportDelivery {
  readonly #store: ReportStore;
  readonly #business: BusinessConnector;
  readonly #projectCode: string;
  readonly #clock: ReportClock;
  readonly #onChanged: (ids: readonly string[]) => void;
  /** A round broke off, perhaps because the store failed between a request and the note of its answer. */
  #mayBeInterrupted = false;

  constructor(
    store: ReportStore,
    business: BusinessConnector,
    projectCode: string,
    clock: ReportClock,
    onChanged: (ids: readonly string[]) => void,
  ) {
    this.#store = store;
    this.#business = business;
    this.#projectCode = projectCode;
    this.#clock = clock;
    this.#onChanged = onChanged;
  }

  /** Takes everything that is due one step further. Throws what concerns the whole platform; false when nothing was due. */
  async round(): Promise<boolean> {
    if (this.#mayBeInterrupted) this.#store.reports.recoverInterrupted();
    this.#mayBeInterrupted = true;
    const due = this.#store.reports.due(this.#projectCode, this.#clock.now(), roundSize);
    for (const batch of this.#batches(due)) {
      await this.#advance(batch);
      this.#onChanged(batch.ids);
    }
    this.#mayBeInterrupted = false;
    return due.length > 0;
  }

  #batches(due: readonly DueReport[]): Batch[] {
    const batches: { ids: string[]; reports: Report[]; due: DueReport; key: string }[] = [];
    for (const item of due) {
      const report = this.#store.reports.load(item.id);
      const key = keyOf(item, report);
      const open = batches.findLast((batch) => batch.key === key);
      if (open !== undefined && open.ids.length < this.#business.mostRows(report.kind)) {
        open.ids.push(item.id);
        open.reports.push(report);
      } else batches.push({ ids: [item.id], reports: [report], due: item, key });
    }
    return batches;
  }

  async #advance(batch: Batch): Promise<void> {
    const { state, serial, inDoubt } = batch.due;
    try {
      if (state === 'accepted' && serial !== undefined) return await this.#settle(batch, serial);
      if (inDoubt && (await this.#platformHas(batch))) return this.#confirm(batch);
      await this.#send(batch);
    } catch (cause) {
      this.#fail(batch, asStationError(cause));
    }
  }

  async #send(batch: Batch): Promise<void> {
    const { kind, upload } = this.#upload(batch.reports);
    this.#store.reports.markSending(batch.ids);
    this.#take(batch, await this.#business.send(kind, upload));
  }

  #take(batch: Batch, answer: Acceptance): void {
    if (answer.state === 'refused') return this.#refused(batch, answer);
    if (answer.state !== 'accepted') return this.#confirm(batch);
    this.#store.reports.markAccepted(batch.ids, answer.serial);
    this.#askLater(batch, 0);
  }

  async #settle(batch: Batch, serial: string): Promise<void> {
    const outcome = await this.#business.outcome(serial);
    if (outcome.state === 'waiting') return this.#askLater(batch, batch.due.attempts);
    if (outcome.state === 'refused') return this.#refused(batch, outcome);
    if (outcome.state === 'failed') return this.#failedThere(batch);
    this.#confirm(batch);
  }

  /** The platform's own trouble while it processed the request; what it held is sent anew. */
  #failedThere({ ids, due }: Batch): void {
    this.#store.reports.markSplit(ids, { code: 'platform.failed-there' }, this.#clock.askAgainAt(due.attempts));
  }

  #confirm(batch: Batch): void {
    this.#store.reports.markConfirmed(batch.ids);
  }

  #askLater(batch: Batch, asked: number): void {
    const at = this.#clock.askAgainAt(asked);
    this.#store.reports.markRetry(batch.ids, { code: 'platform.waiting' }, at, false);
  }

  /** A refusal of one is that one's; of several it does not say whose, so that each is sent by itself. */
  #refused(batch: Batch, { text, fields }: Refused): void {
    const detail = fields.join(' ');
    const error = { code: 'platform.record-refused' as const, ...(detail !== '' && { detail }) };
    const [id] = batch.ids;
    if (batch.ids.length > 1) return this.#store.reports.markSplit(batch.ids, error, this.#clock.now());
    if (id !== undefined) this.#store.reports.markAttention(id, error, text);
  }

  /** Trouble of the whole platform is told on; what concerns these reports alone is noted with them. */
  #fail(batch: Batch, error: StationError): void {
    const { code, detail } = error;
    const report = { code, ...(detail !== undefined && { detail }) };
    const [id] = batch.ids;
    if (code === 'platform.record-refused') {
      if (batch.ids.length > 1) return this.#store.reports.markSplit(batch.ids, report, this.#clock.now());
      return void (id !== undefined && this.#store.reports.markAttention(id, report));
    }
    const inDoubt = batch.due.inDoubt || doubtful.has(code);
    this.#store.reports.markRetry(batch.ids, report, this.#clock.askAgainAt(batch.due.attempts), inDoubt);
    if (code !== 'platform.bad-answer') throw error;
  }

  async #platformHas({ reports }: Batch): Promise<boolean> {
    const [report] = reports;
    if (report === undefined) return false;
    const rows = await this.#business.query(report.kind, filterOf(report, this.#projectCode));
    return rows.some((row) => isSame(row, report));
  }

  #team(id: string): Team & { readonly teamSysNo: number } {
    const team = this.#store.teams.find(id);
    if (team?.teamSysNo === undefined) throw new StationError('enrolment.team-required', 'teamSysNo');
    return { ...team, teamSysNo: team.teamSysNo };
  }

  #upload(reports: readonly Report[]): Upload {
    return uploadOf(reports, { projectCode: this.#projectCode, team: (id) => this.#team(id) });
  }
}

/** What may go in one request: answers of one serial, what is in doubt or was refused with others by itself. */
function keyOf({ id, state, serial, inDoubt, alone }: DueReport, report: Report): string {
  if (state === 'accepted') return `serial ${serial}`;
  if (inDoubt || alone || report.kind === 'training') return `alone ${id}`;
  return report.kind === 'entry-exit' ? `passages ${report.teamId}` : 'contracts';
}

function filterOf(report: Report, projectCode: string): Record<string, string> {
  const person: PersonKey | undefined = report.kind === 'training' ? report.trainees[0]?.person : report.person;
  return { projectCode, ...person };
}

/** Whether the platform's row is what this report says; numbers may come in another form of the same text. */
function isSame(row: QueryRow, report: Report): boolean {
  switch (report.kind) {
    case 'entry-exit':
      return row['date'] === report.date && row['type'] === String(report.type);
    case 'contract':
      return row['startDate'] === report.startDate && row['endDate'] === report.endDate;
    case 'training':
      return row['trainingDate'] === report.trainingDate && row['trainingName'] === report.trainingName;
  }
}
