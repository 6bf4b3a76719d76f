import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SeededRandom } from '../fuzz/random.ts';
import { type StepOrder, stepsVariable } from './step-order.ts';

const loaded = new URL('step-kills.ts', import.meta.url).href;

/** Work in a process of its own; true when it came to its end. Its environment is given while it starts. */
export type Work = () => Promise<boolean>;

/** What a run counts that did not come to its step. */
const notReached = 0.2;

/** The steps that each kind of work on whole files takes on the disk, with how often it was killed at them. */
export class FileSteps {
  readonly #folder: string;
  readonly #kinds = new Map<string, Map<string, number>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Every step of every kind, and how often a process was killed there. */
  all(): [string, number][] {
    return [...this.#kinds].flatMap(([kind, steps]) =>
      [...steps].map(([step, kills]): [string, number] => [`${kind}: ${step}`, kills]),
    );
  }

  /**
   * Does the work, killed at the step at which the fewest were killed so far; the first time to its end, to learn its
   * steps. True when it came to its end.
   */
  async run(kind: string, work: Work, random: SeededRandom): Promise<boolean> {
    const steps = this.#kinds.get(kind);
    if (steps === undefined) return this.#learn(kind, work);
    const fewest = Math.min(...steps.values());
    const step = random.pick([...steps].filter(([, kills]) => kills === fewest).map(([name]) => name) as [string]);
    const isDone = await watched({ kind: 'kill', step, time: random.below(3) === 0 ? 2 : 1 }, work);
    steps.set(step, (steps.get(step) ?? 0) + (isDone ? notReached : 1));
    return isDone;
  }

  async #learn(kind: string, work: Work): Promise<boolean> {
    const file = join(this.#folder, 'steps.txt');
    rmSync(file, { force: true });
    const isDone = await watched({ kind: 'tell', file }, work);
    const told = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    this.#kinds.set(kind, new Map(told.map((step) => [step, 0])));
    return isDone;
  }
}

/** A process that `work` starts before it first waits is watched; nothing else is. */
async function watched(order: StepOrder, work: Work): Promise<boolean> {
  const { NODE_OPTIONS } = process.env;
  process.env[stepsVariable] = JSON.stringify(order);
  process.env['NODE_OPTIONS'] = `${NODE_OPTIONS ?? ''} --import=${loaded}`;
  const end = work();
  delete process.env[stepsVariable];
  if (NODE_OPTIONS === undefined) delete process.env['NODE_OPTIONS'];
  else process.env['NODE_OPTIONS'] = NODE_OPTIONS;
  return end;
}
