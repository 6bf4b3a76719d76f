/**
 * Loaded into a process before anything else (`--import`): every change that the process makes on the disk becomes a
 * marked step, which it tells and at which it may be killed. What it is to do stands in `ENROL_DESK_STEPS`.
 */
import fs from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import sqlite from 'better-sqlite3-multiple-ciphers';
import { nameOf } from './kill-points.ts';
import { stepOrderSchema, stepsVariable } from './step-order.ts';

const order = stepOrderSchema.parse(JSON.parse(process.env[stepsVariable] ?? ''));
const times = new Map<string, number>();
const { appendFileSync } = fs;

let all = 0;

function reached(step: string): void {
  const time = (times.get(step) ?? 0) + 1;
  times.set(step, time);
  all += 1;
  if (time === 1) appendFileSync(order.file, `${step}\n`);
  const isOrdered = order.step === undefined ? all === order.time : order.step === step && order.time === time;
  if (isOrdered) process.kill(process.pid, 'SIGKILL');
}

function around<T>(name: string, work: () => T): T {
  reached(`before ${name}`);
  const result = work();
  reached(`after ${name}`);
  return result;
}

/** Names of moments, packages and stations differ from run to run; a step's name must not. */
const nameOfFile = (path: unknown): string =>
  typeof path === 'string' ? basename(path).replaceAll(/[0-9a-f]*\d[0-9a-fTZ]*/g, '#') : '';

type Call = (...given: unknown[]) => unknown;

/** Makes a step of each of these methods. */
function mark(owner: object, methods: readonly string[]): void {
  const calls = owner as Record<string, Call>;
  for (const method of methods) {
    const original = calls[method];
    if (original === undefined) throw new Error(`no ${method}`);
    calls[method] = function marked(this: unknown, ...given: unknown[]) {
      return around(`${method} ${nameOfFile(given[0])}`.trim(), () => original.apply(this, given));
    };
  }
}

mark(fs, ['copyFileSync', 'fsyncSync', 'ftruncateSync', 'linkSync', 'renameSync', 'rmSync', 'writeSync']);
mark(fs.promises, ['rename']);
syncBuiltinESMExports();

const handle: FileHandle = await open(process.execPath);
mark(Object.getPrototypeOf(handle) as object, ['sync', 'truncate', 'write']);
await handle.close();

const database = new sqlite(':memory:');
const statements = Object.getPrototypeOf(database.prepare('SELECT 1')) as { run: Call };
const { run } = statements;
statements.run = function marked(this: { source: string }, ...given: unknown[]) {
  return around(nameOf(this.source), () => run.apply(this, given));
};
database.close();
