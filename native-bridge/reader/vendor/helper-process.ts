import { type ChildProcess, fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { helperNode, outsideArchive } from '../../contract/helper-node.ts';
import { closeLimitMs, endedWithin } from '../transport/time-limit.ts';
import {
  type HelperAnswer,
  type HelperJob,
  type HelperMessage,
  helperMessageSchema,
  type HelperReady,
} from './helper-messages.ts';

/** A job without the number that tells its answer from others. */
export type UnnumberedJob = HelperJob extends infer Job ? (Job extends HelperJob ? Omit<Job, 'job'> : never) : never;

/**
 * Why a job got no answer: the helper could not be started, ended, spoke nonsense, took too long, or was stopped by us.
 */
export class HelperFault extends Error {
  readonly kind: 'start' | 'crashed' | 'hung' | 'stopped';

  constructor(kind: HelperFault['kind']) {
    super(kind);
    this.kind = kind;
  }
}

export interface HelperOptions {
  /** Node program to run the helper; this very one unless a library needs another architecture. */
  readonly program?: string | undefined;
  /** Folder of the library, where the others that it needs are looked for. */
  readonly libraryFolder: string;
  /** Folder for temporary files of the libraries. Has to exist while a job runs. */
  readonly temporaryFolder: string;
}

/** A process that does the jobs of makers' libraries. */
export interface Helper {
  /**
   * Does a job after those asked before. Rejects with `HelperFault`; the helper has ended then, the next job starts it
   * anew. A job that builds on what the process holds names its identity and fails when that process has ended.
   */
  run(job: UnnumberedJob, limitMs: number, within?: HelperReady): Promise<HelperAnswer>;
  /** What the helper said of itself when it was started last; another object after each start. */
  readonly identity: HelperReady | undefined;
  /** Ends the process; a job under way fails with `stopped`, and so do those that wait. Never rejects. */
  stop(): Promise<void>;
}

/** Starting takes this long at most: scanners look at a program for seconds when it runs for the first time. */
const startLimitMs = 15_000;

/** Beside this file among the sources, beside the bridge's bundle in a build. */
function helperScript(): string {
  const here = outsideArchive(fileURLToPath(import.meta.url));
  return join(dirname(here), here.endsWith('.ts') ? 'helper-main.ts' : 'vendor-helper.js');
}

/**
 * What the libraries may need of the system, and nothing else: neither secrets of the station's own environment nor its
 * search path, on which other people's files could lie.
 */
const passedOn = ['SystemRoot', 'SystemDrive', 'windir', 'ProgramData', 'APPDATA', 'LOCALAPPDATA', 'LANG', 'TZ'];

/** The environment of a helper. */
export function helperEnvironment(own: NodeJS.ProcessEnv, options: HelperOptions): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    // One thread only: libraries are not re-entrant, and some keep what belongs to a thread.
    UV_THREADPOOL_SIZE: '1',
    TEMP: options.temporaryFolder,
    TMP: options.temporaryFolder,
    TMPDIR: options.temporaryFolder,
    [process.platform === 'win32' ? 'PATH' : 'LD_LIBRARY_PATH']: options.libraryFolder,
  };
  for (const name of passedOn) if (own[name] !== undefined) environment[name] = own[name];
  // Another architecture needs its own build of koffi, which lies beside its Node.
  if (options.program !== undefined) environment['NODE_PATH'] = join(dirname(options.program), 'node_modules');
  else Object.assign(environment, helperNode(process).extra);
  return environment;
}

function forkHelper(options: HelperOptions): ChildProcess {
  return fork(helperScript(), [], {
    execPath: options.program ?? helperNode(process).execPath,
    execArgv: [],
    env: helperEnvironment(process.env, options),
    // Nothing that a library prints is kept: it could be personal data.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
}

/** One run of the helper's process, from its start to its end. */
class HelperRun {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #onMessage: (message: HelperMessage) => void = () => undefined;
  #onFault: (fault: HelperFault) => void = () => undefined;

  constructor(options: HelperOptions) {
    this.#child = forkHelper(options);
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
      // Without a process id it was never started, and there will be no exit.
      this.#child.on('error', () => void (this.#child.pid === undefined && resolve()));
    });
    void this.#ended.then(() => this.#onFault(new HelperFault('crashed')));
    this.#child.on('message', (message: unknown) => this.#take(message));
  }

  get hasEnded(): boolean {
    return this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** The next message. Rejects with a `HelperFault` when none comes in time. */
  next(limitMs: number): Promise<HelperMessage> {
    return new Promise((resolve, reject) => {
      const settled = () => {
        clearTimeout(timer);
        this.#onMessage = () => undefined;
        this.#onFault = () => undefined;
      };
      const timer = setTimeout(() => this.#onFault(new HelperFault('hung')), limitMs);
      this.#onMessage = (message) => (settled(), resolve(message));
      this.#onFault = (fault) => (settled(), reject(fault));
      if (this.hasEnded) this.#onFault(new HelperFault('crashed'));
    });
  }

  send(job: HelperJob): void {
    this.#child.send(job, () => undefined);
  }

  /** Kills the process and waits for its end, so that it holds no file any more. */
  async end(kind: HelperFault['kind']): Promise<void> {
    this.#onFault(new HelperFault(kind));
    this.#child.kill('SIGKILL');
    await endedWithin(this.#ended, closeLimitMs);
  }

  #take(message: unknown): void {
    const checked = helperMessageSchema.safeParse(message);
    if (checked.success) this.#onMessage(checked.data);
    else this.#onFault(new HelperFault('crashed'));
  }
}

/** A helper in a process of its own, started for the first job and again after it ended. */
export class HelperProcess implements Helper {
  readonly #options: HelperOptions;
  #run: HelperRun | undefined;
  #identity: HelperReady | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #jobs = 0;
  #stops = 0;

  constructor(options: HelperOptions) {
    this.#options = options;
  }

  get identity(): HelperReady | undefined {
    return this.#identity;
  }

  run(job: UnnumberedJob, limitMs: number, within?: HelperReady): Promise<HelperAnswer> {
    const stops = this.#stops;
    const answer = this.#last.then(() => {
      if (stops !== this.#stops) throw new HelperFault('stopped');
      if (within !== undefined && !this.#stillRuns(within)) throw new HelperFault('crashed');
      return this.#runNow(job, limitMs);
    });
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async stop(): Promise<void> {
    this.#stops++;
    const run = this.#run;
    this.#run = undefined;
    await run?.end('stopped');
  }

  #stillRuns(identity: HelperReady): boolean {
    return this.#identity === identity && this.#run !== undefined && !this.#run.hasEnded;
  }

  async #runNow(job: UnnumberedJob, limitMs: number): Promise<HelperAnswer> {
    const run = await this.#started();
    try {
      const numbered: HelperJob = { ...job, job: ++this.#jobs };
      run.send(numbered);
      const answer = await run.next(limitMs);
      if (answer.kind === 'ready' || answer.job !== numbered.job) throw new HelperFault('crashed');
      return answer;
    } catch (fault) {
      await run.end('stopped');
      throw fault;
    }
  }

  async #started(): Promise<HelperRun> {
    if (this.#run !== undefined && !this.#run.hasEnded) return this.#run;
    const run = new HelperRun(this.#options);
    this.#run = run;
    try {
      const hello = await run.next(startLimitMs);
      if (hello.kind !== 'ready') throw new HelperFault('start');
      this.#identity = hello;
      return run;
    } catch (cause) {
      await run.end('stopped');
      throw cause instanceof HelperFault && cause.kind === 'stopped' ? cause : new HelperFault('start');
    }
  }
}
