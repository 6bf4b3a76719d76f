import { fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { bytesSchema, errorSchema } from '../contract/basic.ts';
import { StationError } from '../contract/errors.ts';
import { helperNode, outsideArchive } from '../contract/helper-node.ts';
import { fileFactsSchema } from './file-facts.ts';
import { envelopeSchema } from './key-envelope.ts';

/*
 * Copying, checking and restoring walk through whole data files. They run in a process of their own: the station's would
 * not answer meanwhile, and closing a copy's source there would end SQLite's locks on it.
 */

const rulesSchema = z.object({ last: z.int().min(1), daily: z.int().min(0), weekly: z.int().min(0) });

export const fileJobSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backup'),
    source: z.string(),
    key: bytesSchema,
    folder: z.string(),
    takenAt: z.iso.datetime(),
    facts: fileFactsSchema,
    envelope: envelopeSchema.optional(),
    rules: rulesSchema,
  }),
  z.object({ kind: z.literal('check'), file: z.string(), key: bytesSchema }),
  z.object({
    kind: z.literal('restore'),
    file: z.string(),
    key: bytesSchema,
    backup: z.string(),
    backupKey: bytesSchema.optional(),
    now: z.date(),
    actor: z.string(),
  }),
  z.object({
    kind: z.literal('rekey'),
    files: z.array(z.string()),
    key: bytesSchema,
    newKey: bytesSchema,
    now: z.date(),
    actor: z.string(),
  }),
]);
export type FileJob = z.infer<typeof fileJobSchema>;

export const fileJobAnswerSchema = z.union([
  z.object({ done: z.literal(true), salvaged: z.int().optional() }),
  z.object({ done: z.literal(false), error: errorSchema }),
]);
export type FileJobAnswer = z.infer<typeof fileJobAnswerSchema>;

/** Percent of the bytes that are copied; what follows is the checking of the copy, which cannot say how far it is. */
export const fileJobProgressSchema = z.object({
  percent: z.int().min(0).max(100),
  doneBytes: z.int(),
  totalBytes: z.int(),
});
export type FileJobProgress = z.infer<typeof fileJobProgressSchema>;

/** A job that is about to put a new file in an old one's place waits for this answer; without it nothing is exchanged. */
export const lastStep = 'last-step';
export const goOn = 'go-on';

export interface FileJobOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: FileJobProgress) => void) | undefined;
  /** Of a restore: from now on it is not to be stopped any more. */
  readonly onLastStep?: (() => void) | undefined;
}

/** Beside this file among the sources, beside the bridge's bundle in a build. */
function script(): string {
  const here = outsideArchive(fileURLToPath(import.meta.url));
  return join(dirname(here), here.endsWith('.ts') ? 'file-job-main.ts' : 'file-job.js');
}

/** Rejects with what the job throws, and with `backup.interrupted` when its process ended or was stopped by `signal`. */
export function runFileJob(
  job: FileJob,
  { signal, onProgress = () => undefined, onLastStep = () => undefined }: FileJobOptions = {},
): Promise<{ readonly salvaged?: number | undefined }> {
  return new Promise((resolve, reject) => {
    const { execPath, extra } = helperNode(process);
    const child = fork(script(), [], {
      execPath,
      env: { ...process.env, ...extra },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const stop = () => void child.kill('SIGKILL');
    const interrupted = () => {
      signal?.removeEventListener('abort', stop);
      reject(new StationError('backup.interrupted'));
    };
    signal?.addEventListener('abort', stop);
    // After its end only, so that nothing holds a file any more; an answer has settled the promise by then.
    child.once('exit', interrupted);
    child.once('error', () => void (child.pid === undefined && interrupted()));
    child.on('message', (message: unknown) => {
      const progress = fileJobProgressSchema.safeParse(message);
      if (progress.success) return onProgress(progress.data);
      if (message === lastStep) {
        if (signal?.aborted === true) return undefined;
        onLastStep();
        return void child.send(goOn, () => undefined);
      }
      const answer = fileJobAnswerSchema.parse(message);
      if (answer.done) resolve(answer);
      else reject(new StationError(answer.error.code, answer.error.detail));
    });
    child.send(job, () => undefined);
    if (signal?.aborted === true) stop();
  });
}
