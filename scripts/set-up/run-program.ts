import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { dirname, join, delimiter } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** The running Node comes first in the path, so that whatever a program starts as `node` is the same one. */
const environment = (extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: dirname(process.execPath) + delimiter + (process.env['PATH'] ?? ''),
  ...extra,
});

function exitCode(child: ChildProcess): Promise<number> {
  const passOn = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', passOn).on('SIGTERM', passOn);
  return new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  }).finally(() => process.off('SIGINT', passOn).off('SIGTERM', passOn));
}

/** Runs a program in the project's folder to its end, on this terminal. Resolves with its exit code. */
export function runProgram(program: string, argv: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<number> {
  return exitCode(spawn(program, argv, { cwd: root, stdio: 'inherit', env: environment(extra) }));
}

/** The same for a script of the project or of one of its packages. */
export function runScript(script: string, argv: readonly string[] = [], extra?: NodeJS.ProcessEnv): Promise<number> {
  return runProgram(process.execPath, [join(root, script), ...argv], extra);
}

export type RunScript = typeof runScript;

export interface HeldOutput {
  readonly run: RunScript;
  /** Everything that was printed so far, by either stream. */
  readonly printed: () => string;
}

/** Runs scripts as `runScript` does, but keeps what they print: for those that run beside others. */
export function holdOutput(): HeldOutput {
  const chunks: Buffer[] = [];
  const run: RunScript = (script, argv = [], extra = {}) => {
    const child = spawn(process.execPath, [join(root, script), ...argv], {
      ...{ cwd: root, env: environment(extra) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    return exitCode(child);
  };
  return { run, printed: () => Buffer.concat(chunks).toString() };
}

/** For steps of the set-up: standard output belongs to the program that is started after it. */
export function runSetUpScript(script: string): Promise<number> {
  const standardError = 2;
  const stdio: StdioOptions = ['inherit', standardError, standardError];
  return exitCode(spawn(process.execPath, [join(root, script)], { cwd: root, stdio, env: environment({}) }));
}
