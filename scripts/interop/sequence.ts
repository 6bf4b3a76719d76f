import type { BusinessConnector } from '../../native-bridge/platform/business.ts';
import type { Questionable } from '../../native-bridge/platform/connection-questions.ts';
import type { Acceptance, Connector, TeamUpload, WorkerUpload } from '../../native-bridge/platform/connector.ts';
import type { Pass } from '../../native-bridge/platform/cwr/passed-log.ts';
import { askBack, askBackOne, type BusinessParts, reportAbout, uploadCompany } from './business-steps.ts';
import { inventedWorkers } from './invented-worker.ts';
import { type InteropStep, inParts, settled, stateOf, type Step, stepsOf } from './step.ts';

export interface InteropParts {
  readonly connector: Connector & Questionable;
  /** Only drivers that report more than workers. */
  readonly business?: BusinessConnector;
  readonly team: TeamUpload;
  /** Between questions for an outcome, milliseconds. */
  readonly pollMs: number;
  /** Only drivers that have passes. */
  readonly uploadPasses?: (passes: readonly Pass[]) => Promise<Acceptance>;
  readonly tell: (step: InteropStep) => void;
}

/** Three requests where the platform takes five workers in one. */
const workerCount = 12;

interface Run extends InteropParts {
  readonly step: Step;
  readonly about: BusinessParts | undefined;
}

/** Everything that the driver does with a platform, with an invented team and workers, in the order of a real day. */
export async function runSequence(parts: InteropParts): Promise<void> {
  const step = stepsOf(parts.tell);
  const { business, team, pollMs, connector } = parts;
  const run = { ...parts, step, about: business && { business, team, pollMs, step } };
  for (const question of connector.questions) {
    const ask = () => question.ask();
    await step(`ask ${question.name}`, 'answered', ask, () => 'answered');
  }
  if (run.about !== undefined) await uploadCompany(run.about);
  const teamSysNo = await enterTeam(run);
  if (teamSysNo === undefined) return;
  const workers = await inventedWorkers(team, teamSysNo, workerCount);
  await enterWorkers(run, workers);
  if (run.about !== undefined) {
    await reportAbout(run.about, workers);
    await askBack(run.about, workers);
  }
  await changeOne(run, workers);
}

async function enterTeam({ connector, team, pollMs, step }: Run): Promise<number | undefined> {
  const before = await connector.findTeam(team).catch(() => undefined);
  const send = async () => settled(connector, pollMs, await connector.addTeam(team));
  const added = before ?? (await step('add a team', 'done or already-present', send, stateOf));
  if (added === undefined) return undefined;
  const number = 'teamSysNo' in added ? added.teamSysNo : undefined;
  const find = async () => number ?? (await connector.findTeam(team))?.teamSysNo;
  return step('know its number', 'a number', find, (found) => (found === undefined ? 'none' : 'a number'));
}

const isThere = (found: boolean) => (found ? 'there' : 'not there');

async function enterWorkers(run: Run, workers: readonly WorkerUpload[]): Promise<void> {
  const { connector, pollMs, step } = run;
  const [first] = workers;
  if (first === undefined) return;
  await step('find a worker before', 'not there', () => connector.findWorker(first), isThere);
  const { batch } = connector;
  for (const some of inParts(workers, batch?.largest ?? 1)) {
    const [only] = some;
    const send = () => (batch || only === undefined ? batch?.addWorkers(some) : connector.addWorker(only));
    const add = async () => settled(connector, pollMs, (await send()) ?? { state: 'refused', text: '', fields: [] });
    await step(`add ${some.length} workers`, 'done', add, stateOf);
  }
  const count = async () => {
    const found: boolean[] = [];
    for (const worker of workers) found.push(await connector.findWorker(worker));
    return found.filter(Boolean).length;
  };
  await step('find the workers after', `${workers.length} there`, count, (found) => `${found} there`);
  const again = async () => settled(connector, pollMs, await connector.addWorker(first));
  await step('add a worker again', 'already-present or done', again, stateOf);
}

async function changeOne({ connector, pollMs, step, about, uploadPasses }: Run, [first]: readonly WorkerUpload[]) {
  if (first === undefined) return;
  // A platform of devices has no function for changing a person; the same data is an update that changes nothing.
  const changed = about === undefined ? first : { ...first, cellPhone: '13900000000' };
  const update = async () => settled(connector, pollMs, await connector.updateWorker(changed));
  await step('bring a worker up to date', 'done', update, stateOf);
  if (about !== undefined) await askBackOne(about, changed);
  if (uploadPasses === undefined) return;
  await step(
    'send a pass',
    'done',
    async () => settled(connector, pollMs, await uploadPasses([passOf(first)])),
    stateOf,
  );
}

const passOf = (worker: WorkerUpload): Pass => ({
  personType: 1,
  personId: worker.idCardNumber,
  personName: worker.workerName,
  passedAt: Date.now(),
  direction: 'in',
  way: 1,
  sitePhoto: worker.issueCardPic,
});
