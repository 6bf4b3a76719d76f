import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SeededRandom } from '../fuzz/random.ts';
import { type StepOrder, stepsVariable } from './step-order.ts';

const loaded = new URL('step-kills.ts', import.meta.url).href;

/** Work in a process of its own; true when it came to its end. Its environment is given while it starts. */
export type Work = () => Promise<boolean>;

/** What a run counts that did not come to its step. */
const notReached = 0.2;

/** Most kinds of work take more steps than this; one that takes fewer comes to its end and tells them all. */
const usualSteps = 60;

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
   * Does the work, killed at the step at which the fewest were killed so far; the first time at any of its steps. Learns
   * the steps that it takes meanwhile. True when it came to its end.
   */
  async run(kind: string, work: Work, random: SeededRandom): Promise<boolean> {
    const steps = this.#kinds.get(kind) ?? new Map<string, number>();
    this.#kinds.set(kind, steps);
    const file = join(this.#folder, 'steps.txt');
    rmSync(file, { force: true });
    const step = fewestKills(steps, random);
    const time = step === undefined ? 1 + random.below(usualSteps) : 1 + Number(random.below(4) === 0);
    const isDone = await watched({ file, step, time }, work);
    const told = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    for (const name of told) if (!steps.has(name)) steps.set(name, 0);
    const killedAt = isDone ? step : (step ?? told.at(-1));
    if (killedAt !== undefined) steps.set(killedAt, (steps.get(killedAt) ?? 0) + (isDone ? notReached : 1));
    return isDone;
  }
}

/** One of the steps at which the fewest processes were killed; undefined as long as none is known. */
export function fewestKills(steps: ReadonlyMap<string, number>, random: SeededRandom): string | undefined {
  const fewest = Math.min(...steps.values());
  const names = [...steps].filter(([, kills]) => kills === fewest).map(([name]) => name);
  return names[random.below(names.length)];
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
