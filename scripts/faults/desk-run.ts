import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Plan, type Said, saidSchema } from './plan.ts';

const script = fileURLToPath(new URL('desk-process.ts', import.meta.url));

/** How one run ended: by our kill, by itself as planned, or in a way that nobody planned. */
export type Ending = 'killed' | 'done' | 'failed';

/** A desk that has not come to its end after this time never will, for example because a record is stuck. */
const longestLifeMs = 90_000;

export interface Run {
  readonly ending: Ending;
  readonly said: readonly Said[];
}

/** Hears every line while the desk runs; may kill it or tell it to go on. */
export interface Desk {
  readonly kill: () => void;
  readonly goOn: () => void;
}

/** Starts the desk process with a plan and waits for its end. */
export async function runDesk(plan: Plan, onSaid: (line: Said, desk: Desk) => void = () => undefined): Promise<Run> {
  const child = spawn(process.execPath, [script, JSON.stringify(plan)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  // A desk that was just killed hears nothing any more.
  child.stdin.on('error', () => undefined);
  const desk = { kill: () => void child.kill('SIGKILL'), goOn: () => void child.stdin.write('go on\n') };
  const said: Said[] = [];
  let hung = false;
  const watchdog = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, longestLifeMs);
  for await (const line of createInterface({ input: child.stdout })) {
    const heard = saidSchema.parse(JSON.parse(line));
    said.push(heard);
    onSaid(heard, desk);
  }
  const [code, signal] = (await exited) as [number | null, string | null];
  clearTimeout(watchdog);
  if (hung) return { ending: 'failed', said };
  const ending = signal === 'SIGKILL' ? 'killed' : code === 0 && said.at(-1)?.said === 'done' ? 'done' : 'failed';
  return { ending, said };
}
