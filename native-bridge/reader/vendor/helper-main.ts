import { type HelperAnswer, type HelperJob, helperJobSchema, type HelperMessage } from './helper-messages.ts';
import { NativeLibrary, UnusableLibrary } from './native-library.ts';
import { runPhotoJob } from './photo-job.ts';
import { runSdtJob } from './sdt-job.ts';

/*
 * Entry of the vendor helper, a process of its own in which makers' libraries run. The station forks it, gives it one job
 * at a time and kills it when a job takes too long. It keeps the libraries that it loaded, as ports are held in them.
 */

const libraries = new Map<string, Promise<NativeLibrary>>();

function libraryAt(path: string): Promise<NativeLibrary> {
  const loaded = libraries.get(path) ?? NativeLibrary.load(path);
  libraries.set(path, loaded);
  return loaded;
}

async function run(job: HelperJob): Promise<HelperAnswer> {
  try {
    const library = await libraryAt(job.library);
    return job.kind === 'photo' ? await runPhotoJob(library, job) : await runSdtJob(library, job);
  } catch (cause) {
    if (cause instanceof UnusableLibrary) return { kind: 'unusable', job: job.job, part: cause.part };
    throw cause;
  }
}

const send = (message: HelperMessage) => process.send?.(message);

process.on('message', (message: unknown) => {
  void run(helperJobSchema.parse(message)).then(send);
});

// Nobody is left to kill a library that hangs. Not `exit`, which would wait for the thread that the library keeps.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

send({ kind: 'ready', version: process.version, architecture: process.arch });
