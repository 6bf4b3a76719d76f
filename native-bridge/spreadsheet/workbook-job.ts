import { fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { bytesSchema, errorSchema } from '../contract/basic.ts';
import { StationError } from '../contract/errors.ts';
import { helperNode, outsideArchive } from '../contract/helper-node.ts';

/*
 * Spreadsheets are taken apart and put together in a process of their own: the station answers meanwhile, and a file
 * that is made to use up memory or time ends with that process.
 */

/** A sheet to be written: text in every cell, so that nothing is ever taken for a formula or loses digits. */
const sheetSchema = z.object({
  name: z.string().max(31),
  columns: z.array(z.object({ title: z.string(), width: z.number() })),
  rows: z.array(z.array(z.union([z.string(), z.number()]))),
});
export type Sheet = z.infer<typeof sheetSchema>;

export const workbookJobSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read'), file: bytesSchema, mostRows: z.int() }),
  z.object({ kind: z.literal('write'), sheets: z.array(sheetSchema).min(1) }),
]);
export type WorkbookJob = z.infer<typeof workbookJobSchema>;

const rowsSchema = z.array(z.array(z.string()));
export const workbookAnswerSchema = z.union([
  z.object({ rows: rowsSchema }),
  z.object({ bytes: bytesSchema }),
  z.object({ error: errorSchema }),
]);
export type WorkbookAnswer = z.infer<typeof workbookAnswerSchema>;

/** Rows that are written; told before the answer, and of all of them once they only have to be packed. */
export const writtenRowsSchema = z.object({ written: z.int() });

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onWritten?: (rows: number) => void;
}

/** Unpacked text, cells and the parser's own; a file within the bounds of its archive needs a quarter. */
const memoryMegabytes = 512;
/** Much longer than any honest file takes on a slow desk. */
const longestMs = 60_000;

/** Beside this file among the sources, beside the bridge's bundle in a build. */
function script(): string {
  const here = outsideArchive(fileURLToPath(import.meta.url));
  return join(dirname(here), here.endsWith('.ts') ? 'workbook-main.ts' : 'workbook.js');
}

/** Rejects with `workbook.cancelled` when `signal` ends it, and `workbook.too-large` when memory or time did. */
function run(job: WorkbookJob, { signal, onWritten = () => undefined }: WriteOptions): Promise<WorkbookAnswer> {
  return new Promise((resolve, reject) => {
    const { execPath, extra } = helperNode(process);
    const child = fork(script(), [], {
      execPath,
      execArgv: [`--max-old-space-size=${memoryMegabytes}`],
      env: { ...process.env, ...extra },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const stop = () => void child.kill('SIGKILL');
    const timer = setTimeout(stop, longestMs);
    signal?.addEventListener('abort', stop);
    const ended = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      reject(new StationError(signal?.aborted === true ? 'workbook.cancelled' : 'workbook.too-large', 'process ended'));
    };
    child.once('exit', ended);
    child.once('error', () => void (child.pid === undefined && ended()));
    child.on('message', (message: unknown) => {
      const written = writtenRowsSchema.safeParse(message);
      if (written.success) onWritten(written.data.written);
      else resolve(workbookAnswerSchema.parse(message));
    });
    child.send(job, () => undefined);
    if (signal?.aborted === true) stop();
  });
}

async function answered(job: WorkbookJob, options: WriteOptions): Promise<WorkbookAnswer> {
  const answer = await run(job, options);
  if ('error' in answer) throw new StationError(answer.error.code, answer.error.detail);
  return answer;
}

/** The first sheet's cells as text, row by row. Errors `workbook.*`. */
export async function readWorkbook(file: Uint8Array, mostRows: number, signal?: AbortSignal): Promise<string[][]> {
  const answer = await answered({ kind: 'read', file, mostRows }, { signal });
  return 'rows' in answer ? answer.rows : [];
}

/** A workbook of the sheets, as the bytes of an .xlsx file. */
export async function writeWorkbook(sheets: readonly Sheet[], options: WriteOptions = {}): Promise<Uint8Array> {
  const answer = await answered({ kind: 'write', sheets: [...sheets] }, options);
  return 'bytes' in answer ? answer.bytes : new Uint8Array();
}
