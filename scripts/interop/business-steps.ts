import type {
  BusinessConnector,
  BusinessKind,
  BusinessQuery,
  BusinessUploads,
  QueryRow,
} from '../../native-bridge/platform/business.ts';
import type { TeamUpload, WorkerUpload } from '../../native-bridge/platform/connector.ts';
import { chinaTime } from '../../native-bridge/platform/driver/china-time.ts';
import { inParts, settled, stateOf, type Step } from './step.ts';

export interface BusinessParts {
  readonly business: BusinessConnector;
  readonly team: TeamUpload;
  readonly pollMs: number;
  readonly step: Step;
}

const dayMs = 86_400_000;
const dayFromNow = (days: number) => chinaTime(Date.now() + days * dayMs, 'yyyy-MM-dd');

function send<K extends BusinessKind>(
  { business, pollMs, step }: BusinessParts,
  kind: K,
  name: string,
  upload: BusinessUploads[K],
  expected = 'done',
): Promise<unknown> {
  const run = async () => settled(business, pollMs, await business.send(kind, upload));
  return step(name, expected, run, stateOf);
}

/** Whether every worker has a row that holds what was sent. */
function comparison(rows: readonly QueryRow[], workers: readonly WorkerUpload[], wanted: QueryFields): string {
  const agrees = (worker: WorkerUpload) =>
    rows.some(
      (row) =>
        row['idCardNumber'] === worker.idCardNumber &&
        Object.entries(wanted(worker)).every(([name, value]) => row[name] === value),
    );
  return `${workers.filter(agrees).length} of ${workers.length} as sent`;
}

type QueryFields = (worker: WorkerUpload) => Readonly<Record<string, string>>;

const document = ({ idCardType, idCardNumber }: WorkerUpload) => ({ idCardType, idCardNumber });

export const uploadCompany = (parts: BusinessParts): Promise<unknown> => {
  const { corpCode, corpName } = parts.team;
  const company = { corpCode, corpName, areaCode: '450100', registerDate: '2015-03-01' };
  return send(parts, 'company', 'upload the company', company, 'done or already-present');
};

/** Entry, contract and training of workers who are there. */
export async function reportAbout(parts: BusinessParts, workers: readonly WorkerUpload[]): Promise<void> {
  const { business, team } = parts;
  const { projectCode, corpCode, corpName } = team;
  const place = { projectCode, corpCode, corpName };
  const teamSysNo = workers[0]?.teamSysNo ?? 0;
  for (const some of inParts(workers, business.mostRows('entry-exit'))) {
    const workerList = some.map((worker) => ({ ...document(worker), date: dayFromNow(0), type: 1 as const }));
    await send(parts, 'entry-exit', `report the entry of ${some.length}`, { ...place, teamSysNo, workerList });
  }
  const term = { contractPeriodType: 0, startDate: dayFromNow(-1), endDate: dayFromNow(365) } as const;
  for (const some of inParts(workers, business.mostRows('contract'))) {
    const contractList = some.map((worker) => ({ corpCode, corpName, ...document(worker), ...term }));
    await send(parts, 'contract', `report ${some.length} contracts`, { projectCode, contractList });
  }
  await send(parts, 'training', `report a training of ${workers.length}`, {
    projectCode,
    ...{ trainingDate: dayFromNow(0), trainingDuration: 4, trainingName: '入场安全教育', trainingTypeCode: '003002' },
    workers: workers.map((worker) => ({ ...document(worker), isPass: 1, trainingScore: 90 })),
  });
}

/** Asks for everything that was sent, and compares. */
export async function askBack(parts: BusinessParts, workers: readonly WorkerUpload[]): Promise<void> {
  const { business, team, step } = parts;
  const { projectCode } = team;
  const all = `${workers.length} of ${workers.length} as sent`;
  const questions: readonly (readonly [BusinessQuery, QueryFields])[] = [
    ['worker', ({ workerName, workType, cellPhone }) => ({ workerName, workType, cellPhone })],
    ['entry-exit', () => ({ type: '1', date: dayFromNow(0) })],
    ['contract', () => ({ endDate: dayFromNow(365) })],
    ['training', () => ({ isPass: '1' })],
  ];
  for (const [query, wanted] of questions) {
    const ask = () => business.query(query, { projectCode });
    await step(`ask back: ${query}`, all, ask, (rows) => comparison(rows, workers, wanted));
  }
}

export async function askBackOne({ business, step }: BusinessParts, worker: WorkerUpload): Promise<void> {
  const filter = { projectCode: worker.projectCode, ...document(worker) };
  const wanted: QueryFields = ({ cellPhone }) => ({ cellPhone });
  const ask = () => business.query('worker', filter);
  await step('ask back: the changed worker', '1 of 1 as sent', ask, (rows) => comparison(rows, [worker], wanted));
}
