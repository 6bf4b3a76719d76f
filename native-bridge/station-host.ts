import { asStationError, StationError } from './contract/errors.ts';
import { calls, type CallName, type EventName, type Payload } from './contract/station.ts';
import type { Channel } from './rpc/channel.ts';
import type { RecoveryState } from './contract/safety-calls.ts';
import { type Handlers, serve, type Served } from './rpc/server.ts';
import type { StartOptions } from './rpc/shell-link.ts';
import { recoveryKeyState } from './station/safety-calls.ts';
import {
  closedState,
  demandTypedKey,
  enterRecoveryKey,
  rekeyFiles,
  restoreBackup,
  setPracticeAside,
} from './station/station-recovery.ts';
import type { StationHandlers } from './station/handlers.ts';
import { openStation, type Station } from './station.ts';

export interface HostOptions {
  readonly onReady: (addresses: { practiceControl?: string; sandbox?: string }) => void;
  readonly onFatal: (error: StationError) => void;
  /** The shell is to keep this key as its own from now on. */
  readonly onNewShellKey?: (key: Uint8Array) => void;
}

/** What is answered while the station is closed, or closes it. */
type RecoveryHandlers = Pick<Handlers, Extract<CallName, `recovery.${string}`> | 'keys.rekey'>;

/** Something that goes through whole data files. */
type FileWork = Extract<RecoveryState, { percent?: unknown }>['state'];

const isStationCall = (name: CallName): name is keyof StationHandlers =>
  !name.startsWith('recovery.') && name !== 'keys.rekey';
const stationCalls = (Object.keys(calls) as CallName[]).filter(isStationCall);

/** Where in the program an unforeseen error arose; its message could hold anything and is left out. */
export function framesOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'not an Error';
  const frames = cause.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return `${cause.name}\n${frames.slice(0, 8).join('\n')}`;
}

/**
 * Keeps one station running for every client: opens it, opens it anew when a project was connected, and answers with
 * the reason while it cannot be opened. Then, and only then, it helps to put the data files right.
 */
export class StationHost {
  readonly #options: HostOptions;
  readonly #clients = new Set<Served>();
  #start: StartOptions | undefined;
  #station: Station | undefined;
  #trouble = new StationError('store.unavailable');
  #fileWork: RecoveryState | undefined;
  /** Opening and closing follow one another. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: HostOptions) {
    this.#options = options;
  }

  start(options: StartOptions): Promise<void> {
    this.#start = options;
    return (this.#turn = this.#turn.then(() => this.#open()));
  }

  stop(): Promise<void> {
    return (this.#turn = this.#turn.then(() => this.#close()));
  }

  serve(channel: Channel): void {
    const served = serve(channel, this.#handlers(), (cause) => console.error(`station: ${framesOf(cause)}`));
    this.#clients.add(served);
    channel.onClose(() => this.#clients.delete(served));
  }

  async #open(): Promise<void> {
    if (this.#start === undefined) return;
    try {
      this.#station = await openStation({ ...this.#start, publish: (name, payload) => this.#publish(name, payload) });
      this.#options.onReady(this.#station.addresses);
    } catch (cause) {
      this.#trouble = asStationError(cause);
      if (this.#trouble.code === 'internal') console.error(`station: ${framesOf(cause)}`);
      this.#options.onFatal(this.#trouble);
      this.#publish('recovery.changed', this.#recoveryState());
    }
  }

  /** What a station fails to close must not keep the next one from opening, or the program from ending. */
  async #close(): Promise<void> {
    const station = this.#station;
    this.#station = undefined;
    await station?.close().catch((cause: unknown) => console.error(`station: ${framesOf(cause)}`));
  }

  /** A connected project belongs to another data file and another reader, so the station is opened anew. */
  #reopen(): void {
    this.#turn = this.#turn.then(() => this.#close()).then(() => this.#open());
    void this.#turn.then(() => this.#station?.publishEverything());
  }

  #recoveryState(): RecoveryState {
    if (this.#fileWork !== undefined) return this.#fileWork;
    if (this.#station !== undefined || this.#start === undefined) return { state: 'open' };
    return closedState(this.#start, this.#trouble);
  }

  /** Does `work` on the files of the closed station, then tries to open it. Throws `recovery.not-needed` on an open one. */
  async #putRight<T>(work: (start: StartOptions) => T | Promise<T>): Promise<T> {
    const done = this.#turn.then(async () => {
      if (this.#station !== undefined || this.#start === undefined) throw new StationError('recovery.not-needed');
      const result = await work(this.#start);
      await this.#open();
      return result;
    });
    this.#turn = done.then(() => undefined).catch(() => undefined);
    return done.finally(() => this.#tellOpened());
  }

  /** Tells every client meanwhile that this goes on, and how far it is. */
  async #telling<T>(state: FileWork, work: (onProgress: (percent: number) => void) => Promise<T>): Promise<T> {
    const tell = (percent?: number) => {
      const now: RecoveryState = { state, ...(percent !== undefined && { percent }) };
      this.#fileWork = now;
      this.#publish('recovery.changed', now);
    };
    tell();
    try {
      return await work(tell);
    } finally {
      this.#fileWork = undefined;
    }
  }

  #restore(backup: string): Promise<{ salvaged: number }> {
    return this.#putRight((start) =>
      this.#telling('restoring', (onProgress) => restoreBackup(start, backup, new Date(), onProgress)),
    );
  }

  /** The open station is closed for it, so that nobody sends, exports, erases or backs up meanwhile, and opened again whatever happens. */
  async #rekey(typed: string | undefined): Promise<void> {
    const done = this.#turn.then(async () => {
      if (this.#station === undefined || this.#start === undefined) throw this.#trouble;
      const start = this.#start;
      demandTypedKey(start, typed);
      await this.#close();
      const work = this.#telling('rekeying', (onProgress) => rekeyFiles(start, typed, new Date(), onProgress));
      await work.finally(() => this.#open());
    });
    this.#turn = done.catch(() => undefined);
    return done.finally(() => this.#tellOpened());
  }

  #tellOpened(): void {
    this.#publish('recovery.changed', this.#recoveryState());
    this.#station?.publishEverything();
  }

  #enterKey(start: StartOptions, typed: string): void {
    const shellKey = enterRecoveryKey(start, typed);
    if (start.storeKey !== undefined) return;
    this.#start = { ...start, storeKey: shellKey };
    this.#options.onNewShellKey?.(shellKey);
  }

  #recoveryHandlers(): RecoveryHandlers {
    const afterwards = async (work: (start: StartOptions) => void) => {
      await this.#putRight(work);
      return this.#recoveryState();
    };
    return {
      'recovery.state': async () => {
        if (this.#fileWork === undefined) await this.#turn;
        return this.#recoveryState();
      },
      'recovery.try-again': () => afterwards(() => undefined),
      'keys.rekey': async ({ recoveryKey }) => {
        await this.#rekey(recoveryKey);
        return this.#start === undefined ? {} : recoveryKeyState(this.#start.dataFolder);
      },
      'recovery.restore': ({ backup }) => this.#restore(backup),
      'recovery.enter-key': ({ recoveryKey }) => afterwards((start) => this.#enterKey(start, recoveryKey)),
      'recovery.renew-practice': () => afterwards((start) => setPracticeAside(start, new Date())),
    };
  }

  #publish<N extends EventName>(name: N, payload: Payload<N>): void {
    for (const client of this.#clients) client.publish(name, payload);
  }

  #handlers(): Handlers {
    const forward =
      (name: keyof StationHandlers) =>
      async (argument: unknown): Promise<unknown> => {
        await this.#turn;
        if (this.#station === undefined) throw this.#trouble;
        const handler = this.#station.handlers[name] as (argument: unknown) => Promise<unknown>;
        const result = await handler(argument);
        if (name === 'settings.connect-project') this.#reopen();
        return result;
      };
    const forwarded = Object.fromEntries(stationCalls.map((name) => [name, forward(name)]));
    return { ...forwarded, ...this.#recoveryHandlers() } as unknown as Handlers;
  }
}
