import type { Draft, Team } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { PersonKey, Report } from '../contract/report.ts';
import type { Argument, Result } from '../contract/station.ts';
import { uploadOf } from '../enrolment/report-upload.ts';
import { identityDocument } from '../enrolment/identity-document.ts';
import type { BusinessConnector } from '../platform/business.ts';
import type { Store } from '../store/open-store.ts';
import { demandAttachments } from './attachments.ts';
import { demandFlawless } from './complaints.ts';

interface Worker {
  readonly person: PersonKey;
  readonly team: Team;
}

/** Takes what is reported about enrolled workers and keeps it until the platform has it. */
export class ReportDesk {
  readonly #store: Store;
  readonly #operator: () => string;
  readonly #wake: () => void;
  readonly #business: Pick<BusinessConnector, 'check'> | undefined;

  /** `business`: what the project's platform takes besides workers; undefined where that is nothing. */
  constructor(
    store: Store,
    operator: () => string,
    business: Pick<BusinessConnector, 'check'> | undefined,
    wake: () => void,
  ) {
    this.#store = store;
    this.#operator = operator;
    this.#wake = wake;
    this.#business = business;
  }

  list(projectCode: string, { recordId, limit }: Argument<'report.list'>): Result<'report.list'> {
    const number = recordId === undefined ? undefined : this.#worker(recordId).person.idCardNumber;
    return { reports: this.#store.reports.list({ projectCode, number, limit }) };
  }

  addPassages({ recordIds, date, type }: Argument<'report.add-passages'>): Result<'report.add-passages'> {
    const workers = recordIds.map((id) => this.#worker(id));
    const reports = workers.map(({ person, team }) => ({
      report: { kind: 'entry-exit' as const, teamId: team.id, person, date, type },
      team,
    }));
    for (const { report, team } of reports) this.#demandInOrder(report, team.projectCode);
    return { ids: this.#addAll(reports) };
  }

  addContract({ recordId, ...terms }: Argument<'report.add-contract'>): Result<'report.add-contract'> {
    const { person, team } = this.#worker(recordId);
    demandAttachments(terms.attachments);
    const [id = ''] = this.#addAll([{ report: { kind: 'contract', teamId: team.id, person, ...terms }, team }]);
    return { id };
  }

  addTraining({ trainees, ...training }: Argument<'report.add-training'>): Result<'report.add-training'> {
    const taught = trainees.map(({ recordId, ...result }) => ({ ...this.#worker(recordId), result }));
    const [first] = taught;
    if (first === undefined) throw new StationError('rpc.bad-argument', 'trainees');
    const { projectCode } = first.team;
    if (taught.some(({ team }) => team.projectCode !== projectCode))
      throw new StationError('rpc.bad-argument', 'project');
    demandAttachments(training.attachments);
    const people = taught.map(({ person, result }) => ({ person, ...result }));
    const report = { kind: 'training' as const, projectCode, ...training, trainees: people };
    const [id = ''] = this.#addAll([{ report, team: first.team }]);
    return { id };
  }

  withdraw(id: string): void {
    this.#store.reports.withdraw(id, this.#operator());
  }

  retry(id: string): void {
    this.#store.reports.retryNow(id, this.#operator());
    this.#wake();
  }

  /** All or none: each is looked at before the first is kept. */
  #addAll(given: readonly { readonly report: Report; readonly team: Team }[]): string[] {
    for (const { report, team } of given) this.#demandAcceptable(report, team);
    const ids = given.map(({ report, team }) => this.#store.reports.add(report, team.projectCode, this.#operator()));
    this.#wake();
    return ids;
  }

  /** A report that can never go anywhere must not be taken, nor one that the interface's rules forbid. */
  #demandAcceptable(report: Report, { projectCode }: Team): void {
    if (this.#business === undefined) throw new StationError('platform.not-offered');
    const { kind, upload } = uploadOf([report], { projectCode, team: (id) => this.#numbered(id) });
    demandFlawless(this.#business.check(kind, upload));
  }

  /** The platform refuses a day before that of an earlier entry or exit. */
  #demandInOrder(report: Extract<Report, { kind: 'entry-exit' }>, projectCode: string): void {
    const last = this.#store.reports.lastPassage(projectCode, report.person.idCardNumber);
    if (last !== undefined && report.date < last.date)
      throw new StationError('report.refused-here', 'date:before-earlier');
  }

  /** A team gets its number before its reports go; until then any stands for it. */
  #numbered(id: string): Team & { readonly teamSysNo: number } {
    const team = this.#store.teams.find(id);
    if (team === undefined) throw new StationError('store.not-found', 'team');
    return { ...team, teamSysNo: team.teamSysNo ?? 1 };
  }

  #worker(recordId: string): Worker {
    const { card, team }: Draft = this.#store.records.load(recordId).draft;
    if (team === undefined || card === undefined) throw new StationError('enrolment.team-required');
    return { person: { idCardType: identityDocument(card.fields).idCardType, idCardNumber: card.fields.number }, team };
  }
}
