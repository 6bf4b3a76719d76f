import type { Draft, Team } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { PersonKey, Report } from '../contract/report.ts';
import type { Argument, Result } from '../contract/station.ts';
import { identityDocument } from '../enrolment/identity-document.ts';
import type { Store } from '../store/open-store.ts';

interface Worker {
  readonly person: PersonKey;
  readonly team: Team;
}

/** Takes what is reported about enrolled workers and keeps it until the platform has it. */
export class ReportDesk {
  readonly #store: Store;
  readonly #operator: string;
  readonly #wake: () => void;
  readonly #isOffered: boolean;

  /** `isOffered`: whether the project's platform takes such reports at all. */
  constructor(store: Store, operator: string, isOffered: boolean, wake: () => void) {
    this.#store = store;
    this.#operator = operator;
    this.#wake = wake;
    this.#isOffered = isOffered;
  }

  list(projectCode: string, { recordId, limit }: Argument<'report.list'>): Result<'report.list'> {
    const number = recordId === undefined ? undefined : this.#worker(recordId).person.idCardNumber;
    return { reports: this.#store.reports.list({ projectCode, number, limit }) };
  }

  addPassages({ recordIds, date, type }: Argument<'report.add-passages'>): Result<'report.add-passages'> {
    this.#demandOffered();
    const workers = recordIds.map((id) => this.#worker(id));
    const ids = workers.map(({ person, team }) =>
      this.#add({ kind: 'entry-exit', teamId: team.id, person, date, type }, team.projectCode),
    );
    this.#wake();
    return { ids };
  }

  addContract({ recordId, ...terms }: Argument<'report.add-contract'>): Result<'report.add-contract'> {
    this.#demandOffered();
    const { person, team } = this.#worker(recordId);
    if (terms.endDate < terms.startDate) throw new StationError('rpc.bad-argument', 'endDate');
    const id = this.#add({ kind: 'contract', teamId: team.id, person, ...terms }, team.projectCode);
    this.#wake();
    return { id };
  }

  addTraining({ trainees, ...training }: Argument<'report.add-training'>): Result<'report.add-training'> {
    this.#demandOffered();
    const taught = trainees.map(({ recordId, ...result }) => ({ ...this.#worker(recordId), result }));
    const [first] = taught;
    if (first === undefined) throw new StationError('rpc.bad-argument', 'trainees');
    const { projectCode } = first.team;
    if (taught.some(({ team }) => team.projectCode !== projectCode))
      throw new StationError('rpc.bad-argument', 'project');
    const people = taught.map(({ person, result }) => ({ person, ...result }));
    const id = this.#add({ kind: 'training', projectCode, ...training, trainees: people }, projectCode);
    this.#wake();
    return { id };
  }

  retry(id: string): void {
    this.#store.reports.retryNow(id, this.#operator);
    this.#wake();
  }

  #add(report: Report, projectCode: string): string {
    return this.#store.reports.add(report, projectCode, this.#operator);
  }

  /** A report that can never go anywhere must not be taken. */
  #demandOffered(): void {
    if (!this.#isOffered) throw new StationError('platform.not-offered');
  }

  #worker(recordId: string): Worker {
    const { card, team }: Draft = this.#store.records.load(recordId).draft;
    if (team === undefined || card === undefined) throw new StationError('enrolment.team-required');
    return { person: { idCardType: identityDocument(card.fields).idCardType, idCardNumber: card.fields.number }, team };
  }
}
