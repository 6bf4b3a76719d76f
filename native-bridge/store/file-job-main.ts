import { makeBackup } from './backup.ts';
import type { OnBytes } from './file-copy.ts';
import { checkFile } from './file-facts.ts';
import { type FileJob, type FileJobAnswer, type FileJobProgress, fileJobSchema, lastStep } from './file-job.ts';
import { rekey } from './rekey.ts';
import { completeRestore, prepareRestore } from './restore.ts';
import { asStoreError } from './store-error.ts';

/* Entry of the process that works on whole data files; it does one job and ends. */

/** Tells every whole percent once. */
function tellPercent(): OnBytes {
  let told = -1;
  return (done, of) => {
    const percent = Math.floor((100 * done) / Math.max(1, of));
    if (percent === told) return;
    told = percent;
    // Nobody may be listening any more; the lost connection ends this process, and no error about it has to.
    const progress: FileJobProgress = { percent, doneBytes: done, totalBytes: of };
    process.send?.(progress, () => undefined);
  };
}

/**
 * Asks whether the new file may take the old one's place. A station that is gone does not answer: the lost connection ends
 * this process, and everything stays as it was.
 */
function mayExchange(): Promise<void> {
  process.send?.(lastStep, () => undefined);
  return new Promise((resolve) => process.once('message', () => resolve()));
}

async function run(job: FileJob): Promise<FileJobAnswer> {
  switch (job.kind) {
    case 'backup':
      makeBackup(job, tellPercent());
      return { done: true };
    case 'check':
      checkFile(job.file, job.key);
      return { done: true };
    case 'restore': {
      const prepared = prepareRestore(job, tellPercent());
      await mayExchange();
      completeRestore(job);
      return { done: true, ...prepared };
    }
    case 'rekey':
      rekey(job, tellPercent());
      return { done: true };
  }
}

async function answer(message: unknown): Promise<FileJobAnswer> {
  try {
    return await run(fileJobSchema.parse(message));
  } catch (cause) {
    const { code, detail } = asStoreError(cause);
    return { done: false, error: { code, detail } };
  }
}

// A job whose station is gone ends with it; every job may be killed at any step.
process.on('disconnect', () => process.exit(0));
process.once('message', (message) => {
  void answer(message).then((told) => process.send?.(told, () => process.disconnect()));
});
