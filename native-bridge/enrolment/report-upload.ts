import type { Team } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { Report } from '../contract/report.ts';
import type { BusinessKind, BusinessUploads } from '../platform/business.ts';

export type Upload = {
  readonly [K in BusinessKind]: { readonly kind: K; readonly upload: BusinessUploads[K] };
}[BusinessKind];

/** Where reports go: a team of a report by its id, with its number. */
export interface ReportPlace {
  readonly projectCode: string;
  readonly team: (id: string) => Team & { readonly teamSysNo: number };
}

type Of<K extends Report['kind']> = Extract<Report, { kind: K }>;

const isOf =
  <K extends Report['kind']>(kind: K) =>
  (report: Report): report is Of<K> =>
    report.kind === kind;

/** Reports of one kind (and entries and exits of one team) as the interface takes them together. */
export function uploadOf(reports: readonly Report[], { projectCode, team }: ReportPlace): Upload {
  const [first] = reports;
  switch (first?.kind) {
    case 'entry-exit': {
      const { corpCode, corpName, teamSysNo } = team(first.teamId);
      const workerList = reports.filter(isOf('entry-exit')).map(passageOf);
      return { kind: 'entry-exit', upload: { projectCode, corpCode, corpName, teamSysNo, workerList } };
    }
    case 'contract': {
      const contractList = reports.filter(isOf('contract')).map((report) => contractOf(report, team(report.teamId)));
      return { kind: 'contract', upload: { projectCode, contractList } };
    }
    case 'training':
      return { kind: 'training', upload: trainingOf(first) };
    case undefined:
      throw new StationError('internal', 'an empty batch');
  }
}

const passageOf = ({ person, date, type }: Of<'entry-exit'>) => ({ ...person, date, type });

function contractOf(report: Of<'contract'>, { corpCode, corpName }: Team) {
  const { kind: _kind, teamId: _team, person, ...terms } = report;
  return { corpCode, corpName, ...person, ...withoutUndefined(terms) };
}

function trainingOf(report: Of<'training'>): BusinessUploads['training'] {
  const { kind: _kind, trainees, ...training } = report;
  const workers = trainees.map(({ person, ...result }) => ({ ...person, ...withoutUndefined(result) }));
  return { ...withoutUndefined(training), workers };
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
