import { makeBackup } from './backup.ts';
import type { OnBytes } from './file-copy.ts';
import { checkFile } from './file-facts.ts';
import { type FileJob, type FileJobAnswer, type FileJobProgress, fileJobSchema } from './file-job.ts';
import { rekey } from './rekey.ts';
import { restore } from './restore.ts';
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
    process.send?.({ percent } satisfies FileJobProgress, () => undefined);
  };
}

function run(job: FileJob): FileJobAnswer {
  switch (job.kind) {
    case 'backup':
      makeBackup(job, tellPercent());
      return { done: true };
    case 'check':
      checkFile(job.file, job.key);
      return { done: true };
    case 'restore':
      return { done: true, ...restore(job, tellPercent()) };
    case 'rekey':
      rekey(job, tellPercent());
      return { done: true };
  }
}

function answer(message: unknown): FileJobAnswer {
  try {
    return run(fileJobSchema.parse(message));
  } catch (cause) {
    const { code, detail } = asStoreError(cause);
    return { done: false, error: { code, detail } };
  }
}

// A job whose station is gone ends with it; every job may be killed at any step.
process.on('disconnect', () => process.exit(0));
process.once('message', (message) => {
  process.send?.(answer(message), () => process.disconnect());
});
