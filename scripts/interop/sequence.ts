import { setTimeout as wait } from 'node:timers/promises';
import { asStationError } from '../../native-bridge/contract/errors.ts';
import type { Questionable } from '../../native-bridge/platform/connection-questions.ts';
import type {
  Acceptance,
  Connector,
  Outcome,
  TeamUpload,
  WorkerUpload,
} from '../../native-bridge/platform/connector.ts';
import type { Pass } from '../../native-bridge/platform/cwr/passed-log.ts';
import { inventedWorker } from './invented-worker.ts';

/** One step: what was expected of the server, and what it did. */
export interface InteropStep {
  readonly step: string;
  readonly expected: string;
  readonly found: string;
  readonly agrees: boolean;
}

export interface InteropParts {
  readonly connector: Connector & Questionable;
  readonly team: TeamUpload;
  /** Between questions for an outcome, milliseconds. */
  readonly pollMs: number;
  /** Only drivers that have passes. */
  readonly uploadPasses?: (passes: readonly Pass[]) => Promise<Acceptance>;
  readonly tell: (step: InteropStep) => void;
}

const mostQuestions = 30;

type Settled = Exclude<Outcome, { state: 'waiting' }>;

/** The final word on something that was sent, asked for where it was only accepted. */
async function settled({ connector, pollMs }: InteropParts, answer: Acceptance): Promise<Settled> {
  if (answer.state !== 'accepted') return answer;
  for (let asked = 0; asked < mostQuestions; asked += 1) {
    await wait(pollMs);
    const outcome = await connector.outcome(answer.serial);
    if (outcome.state !== 'waiting') return outcome;
  }
  return { state: 'refused', text: 'no outcome', fields: [] };
}

type Step = <T>(
  step: string,
  expected: string,
  run: () => Promise<T>,
  word: (found: T) => string,
) => Promise<T | undefined>;

/** Runs single steps; trouble is what was found, and the next step goes on. */
function stepsOf({ tell }: InteropParts): Step {
  return async (step, expected, run, word) => {
    try {
      const value = await run();
      const found = word(value);
      tell({ step, expected, found, agrees: expected.split(' or ').includes(found) });
      return value;
    } catch (cause) {
      const { code, detail } = asStationError(cause);
      tell({ step, expected, found: [code, detail].filter(Boolean).join(': '), agrees: false });
      return undefined;
    }
  };
}

const stateOf = ({ state }: Settled) => state;

/** Everything that the driver does with a platform, with an invented team and worker, in the order of a real day. */
export async function runSequence(parts: InteropParts): Promise<void> {
  const step = stepsOf(parts);
  for (const question of parts.connector.questions) {
    const ask = () => question.ask();
    await step(`ask ${question.name}`, 'answered', ask, () => 'answered');
  }
  const teamSysNo = await enterTeam(parts, step);
  if (teamSysNo !== undefined) await enterWorker(parts, step, await inventedWorker(parts.team, teamSysNo));
}

async function enterTeam(parts: InteropParts, step: Step): Promise<number | undefined> {
  const { connector, team } = parts;
  const before = await connector.findTeam(team).catch(() => undefined);
  const send = async () => settled(parts, await connector.addTeam(team));
  const added = before ?? (await step('add a team', 'done or already-present', send, stateOf));
  if (added === undefined) return undefined;
  const number = 'teamSysNo' in added ? added.teamSysNo : undefined;
  const find = async () => number ?? (await connector.findTeam(team))?.teamSysNo;
  return step('know its number', 'a number', find, (found) => (found === undefined ? 'none' : 'a number'));
}

async function enterWorker(parts: InteropParts, step: Step, worker: WorkerUpload): Promise<void> {
  const { connector } = parts;
  const isThere = (found: boolean) => (found ? 'there' : 'not there');
  const find = () => connector.findWorker(worker);
  const add = async () => settled(parts, await connector.addWorker(worker));
  await step('find the worker before', 'not there', find, isThere);
  await step('add the worker', 'done', add, stateOf);
  await step('find the worker after', 'there', find, isThere);
  await step('add the worker again', 'already-present or done', add, stateOf);
  await step(
    'bring the worker up to date',
    'done',
    async () => settled(parts, await connector.updateWorker(worker)),
    stateOf,
  );
  const { uploadPasses } = parts;
  if (uploadPasses === undefined) return;
  await step('send a pass', 'done', async () => settled(parts, await uploadPasses([passOf(worker)])), stateOf);
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
