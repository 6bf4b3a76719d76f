/**
 * Keeps a copy of everything that this process and the programs it starts print, and of every error text of the station,
 * for the search at the end of `npm test`. Loaded into each process of the test runners; without a folder it does nothing.
 */
import { type ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { StationError } from '../../native-bridge/contract/errors.ts';
import { printedFolder } from './printed-folder.ts';

type Keep = (chunk: string | Uint8Array) => void;

/** Written at once: a worker that is ended has already left what it printed. */
const keepIn =
  (folder: string): Keep =>
  (chunk) =>
    appendFileSync(join(folder, `${process.pid}.txt`), chunk);

function copyWritten(stream: NodeJS.WriteStream, keep: Keep): void {
  const write = stream.write.bind(stream) as (chunk: string | Uint8Array, ...rest: unknown[]) => boolean;
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    keep(chunk);
    return write(chunk, ...rest);
  };
}

/** Copies what arrives without making it flow: whoever reads the stream still gets all of it, whenever he begins. */
function copyRead(stream: Readable | null, keep: Keep): void {
  if (stream === null) return;
  const push = stream.push.bind(stream);
  stream.push = (chunk: unknown, encoding) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) keep(chunk);
    return push(chunk, encoding);
  };
}

function copyChildren(keep: Keep): void {
  subscribe('child_process', (message) => {
    const { process: child } = message as { readonly process: ChildProcess };
    // It is told of before it has its streams.
    queueMicrotask(() => {
      copyRead(child.stdout, keep);
      copyRead(child.stderr, keep);
    });
  });
}

/** An error sets its name when its text is complete; both ends of the contract make one of every error that crosses it. */
function copyErrors(keep: Keep): void {
  Object.defineProperty(StationError.prototype, 'name', {
    configurable: true,
    get: () => 'StationError',
    set(this: StationError) {
      keep(`error: ${this.message}\n`);
    },
  });
}

/** What a page printed, which no stream of this process carries. */
export function keepPrinted(text: string): void {
  const folder = printedFolder();
  if (folder !== undefined) keepIn(folder)(`page: ${text}\n`);
}

function collect(folder: string): void {
  const keep = keepIn(folder);
  copyWritten(process.stdout, keep);
  copyWritten(process.stderr, keep);
  copyChildren(keep);
  copyErrors(keep);
}

/** Files of tests that share a process load this each in turn; what is printed is to be kept once. */
const collecting = Symbol.for('enrol-desk.collecting');

const folder = printedFolder();
if (folder !== undefined && !(collecting in globalThis)) {
  Object.assign(globalThis, { [collecting]: true });
  collect(folder);
}

/** For the runner's own process, which wants a function; loading the file has done the work. */
export default function loaded(): void {}
