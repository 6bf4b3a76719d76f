import type { HeldWorker } from '../../native-bridge/contract/held-worker.ts';
import type { ReportSummary } from '../../native-bridge/contract/report.ts';
import type { Argument, CallName, Result } from '../../native-bridge/contract/station.ts';
import { StationError } from '../../native-bridge/contract/errors.ts';
import type { ComparedTeam, TeamEntry, TeamOffers } from '../../native-bridge/contract/team.ts';
import { exampleComparison, exampleReports, exampleTeam, exampleTeams } from './example-teams.ts';

/* Teams, reports and the platform's view of a worker in the scripted station. */

type TeamCall = Extract<
  CallName,
  `team.${string}` | `report.${string}` | `company.${string}` | 'attachment.prepare' | 'worker.at-platform'
>;
type ListCall = 'team.template' | 'team.read-list' | 'team.take-list';
type Call = Exclude<TeamCall, ListCall> | 'worker.send-again' | 'worker.note-differences';
type Handlers = { readonly [N in Call]: (argument: Argument<N>) => Result<N> };

const everything: TeamOffers = {
  numbers: true,
  upload: true,
  details: true,
  list: 'all',
  reports: true,
  companies: true,
};

const sameOnBothSides: HeldWorker = {
  askedAt: new Date().toISOString(),
  present: true,
  enteredOn: '2026-03-05',
  hasContract: false,
  fields: [
    { name: 'workerName', here: '覃示例', there: '覃示例', differs: false },
    { name: 'teamName', here: '钢筋三班', there: '钢筋三班', differs: false },
    { name: 'workType', here: '020', there: '020', differs: false },
    { name: 'cellPhone', here: '13800000000', there: '13800000000', differs: false },
  ],
};

/** What the scripted platform says; scenarios change it. */
export class FakeTeams {
  teams: readonly TeamEntry[] = exampleTeams;
  offers: TeamOffers = everything;
  comparison: readonly ComparedTeam[] = exampleComparison;
  reports: readonly ReportSummary[] = exampleReports;
  held: HeldWorker = sameOnBothSides;

  handlers(changed: () => void): Handlers {
    return { ...this.#teamHandlers(changed), ...this.#reportHandlers(changed), ...this.#heldHandlers() };
  }

  #team(id: string): TeamEntry {
    const team = this.teams.find((each) => each.id === id);
    if (team === undefined) throw new StationError('store.not-found');
    return team;
  }

  #edit(id: string, part: Partial<TeamEntry>, changed: () => void): TeamEntry {
    const team = { ...this.#team(id), ...part };
    this.teams = this.teams.map((each) => (each.id === id ? team : each));
    changed();
    return team;
  }

  #teamHandlers(changed: () => void) {
    return {
      'team.list': () => ({ teams: this.teams.filter(({ leftOn }) => leftOn === undefined) }),
      'team.add': ({ teamName }: Argument<'team.add'>) => ({ ...exampleTeam, id: crypto.randomUUID(), teamName }),
      'team.choose': () => exampleTeam,
      'team.overview': () => ({
        teams: [...this.teams],
        offers: this.offers,
        companies: [
          { corpCode: exampleTeam.corpCode, corpName: exampleTeam.corpName },
          { corpCode: '91450000MA5SAMPLE1', corpName: '样板机电安装有限公司' },
        ],
      }),
      'team.create': (details: Argument<'team.create'>) => {
        const { projectCode, projectName } = exampleTeam;
        const made = {
          projectCode,
          projectName,
          ...details,
          id: crypto.randomUUID(),
          state: 'local',
          workers: 0,
        } as const;
        this.teams = [...this.teams, made];
        changed();
        return made;
      },
      'team.change': ({ id, ...details }: Argument<'team.change'>) => this.#edit(id, details, changed),
      'team.upload': ({ id }: Argument<'team.upload'>) => this.#edit(id, { state: 'waiting' }, changed),
      'team.set-passage': ({ id, side, date }: Argument<'team.set-passage'>) =>
        this.#edit(id, { [side === 'entry' ? 'enteredOn' : 'leftOn']: date, state: 'changed' }, changed),
      'team.compare': () => ({ teams: [...this.comparison] }),
      'team.take-over': () => ({ teams: [] }),
      'company.add': () => ({ state: 'done' as const }),
      'company.list': () => ({
        companies: [{ corpCode: '91450000MA5SAMPLE1', corpName: '样板机电安装有限公司' }],
      }),
      'attachment.prepare': ({ name, bytes }: Argument<'attachment.prepare'>) => ({ name, data: bytes }),
    };
  }

  #reportHandlers(changed: () => void) {
    const made = () => {
      changed();
      return { id: crypto.randomUUID() };
    };
    return {
      'report.list': () => ({ reports: [...this.reports] }),
      'report.add-passages': ({ recordIds }: Argument<'report.add-passages'>) => ({
        ids: recordIds.map(() => made().id),
      }),
      'report.add-contract': made,
      'report.add-training': made,
      'report.retry': () => ({}),
      'report.withdraw': ({ id }: Argument<'report.withdraw'>) => {
        this.reports = this.reports.map((each) => (each.id === id ? { ...each, state: 'withdrawn' } : each));
        changed();
        return {};
      },
    };
  }

  #heldHandlers() {
    return {
      'worker.at-platform': () => this.held,
      'worker.send-again': () => ({ id: crypto.randomUUID() }),
      'worker.note-differences': () => ({}),
    };
  }
}
