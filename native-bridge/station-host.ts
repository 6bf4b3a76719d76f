import { join } from 'node:path';
import { asStationError, StationError } from './contract/errors.ts';
import { leastRoles, openEvents } from './contract/access.ts';
import type { AccountState } from './contract/account.ts';
import type { UpdateOrder, UpdateState } from './contract/update-calls.ts';
import { calls, type CallName, type EventName, type Payload, type Result } from './contract/station.ts';
import type { Channel } from './rpc/channel.ts';
import type { RecoveryState } from './contract/safety-calls.ts';
import { type Handlers, serve, type Served } from './rpc/server.ts';
import type { StartOptions, SystemEvent } from './rpc/shell-link.ts';
import { DeskSession } from './station/desk-session.ts';
import { recoveryKeyState } from './station/safety-calls.ts';
import { closedState, demandTypedKey, enterRecoveryKey, setPracticeAside } from './station/station-recovery.ts';
import type { StationHandlers } from './station/handlers.ts';
import { StationLog } from './diagnostics/station-log.ts';
import { closedBundle } from './station/diagnostics-desk.ts';
import { newsLog } from './station/news-log.ts';
import { RekeyRun, RestoreRun } from './station/file-run.ts';
import { UpdateDesk } from './station/update-desk.ts';
import { openStation, type Station } from './station.ts';

export interface HostOptions {
  readonly onReady: (addresses: { practiceControl?: string; sandbox?: string }) => void;
  readonly onFatal: (error: StationError) => void;
  /** The shell is to keep this key as its own from now on. */
  readonly onNewShellKey?: (key: Uint8Array) => void;
  /** The shell is to look for updates, or to stop fetching one. */
  readonly onUpdateOrder?: (order: UpdateOrder) => void;
}

/** What is answered while the station is closed, or closes it. */
type RecoveryHandlers = Pick<Handlers, Extract<CallName, `recovery.${string}`> | 'keys.rekey' | 'account.state'>;

const isStationCall = (name: CallName): name is keyof StationHandlers =>
  !name.startsWith('recovery.') && !name.startsWith('updates.') && name !== 'keys.rekey';
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
  #log: StationLog | undefined;
  #news: ReturnType<typeof newsLog> | undefined;
  #station: Station | undefined;
  #trouble = new StationError('store.unavailable');
  readonly #session = new DeskSession((state) => this.#personChanged(state));
  readonly #updates = new UpdateDesk({
    order: (order) => this.#options.onUpdateOrder?.(order),
    onChanged: (state) => this.#publish('updates.changed', state),
  });
  #fileWork: RecoveryState | undefined;
  #fileRun: RestoreRun | RekeyRun | undefined;
  /** Opening and closing follow one another. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: HostOptions) {
    this.#options = options;
  }

  start(options: StartOptions): Promise<void> {
    this.#start = options;
    this.#log = new StationLog(join(options.dataFolder, 'logs'));
    this.#news = newsLog(this.#log);
    return (this.#turn = this.#turn.then(() => this.#open()));
  }

  stop(): Promise<void> {
    this.#session.close();
    return (this.#turn = this.#turn.then(() => this.#close()));
  }

  /** The machine sleeps, wakes, is locked or unlocked. Of no interest to a station that is not open. */
  systemEvent(event: SystemEvent): void {
    this.#log?.write(`system.${event}`);
    void this.#turn.then(() => this.#station?.systemEvent(event));
  }

  /** What the shell does about updates of the program. */
  updatesTold(state: UpdateState): void {
    this.#updates.told(state);
  }

  serve(channel: Channel): void {
    const served = serve(channel, {
      handlers: this.#handlers(),
      demand: (name) => this.#demand(name),
      onFault: (cause) => console.error(`station: ${framesOf(cause)}`),
    });
    this.#clients.add(served);
    channel.onClose(() => this.#clients.delete(served));
  }

  async #open(): Promise<void> {
    const [start, log] = [this.#start, this.#log];
    if (start === undefined || log === undefined) return;
    try {
      log.write('station.opening', { version: start.version, shell: start.shell?.kind });
      this.#station = await openStation({
        ...start,
        log,
        session: this.#session,
        publish: (name, payload) => this.#publish(name, payload),
      });
      log.write('station.open');
      this.#options.onReady(this.#station.addresses);
    } catch (cause) {
      this.#trouble = asStationError(cause);
      log.write('station.cannot-open', { code: this.#trouble.code });
      if (this.#trouble.code === 'internal') console.error(`station: ${framesOf(cause)}`);
      this.#options.onFatal(this.#trouble);
      this.#publish('recovery.changed', this.#recoveryState());
    }
  }

  /** What a station fails to close must not keep the next one from opening, or the program from ending. */
  async #close(): Promise<void> {
    const station = this.#station;
    this.#station = undefined;
    this.#log?.write('station.closing');
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
  #tellFileWork(now: RecoveryState): void {
    this.#fileWork = now;
    this.#publish('recovery.changed', now);
  }

  #restore(backup: string): Promise<Result<'recovery.restore'>> {
    return this.#putRight(async (start) => {
      const run = new RestoreRun((state) => this.#tellFileWork(state));
      return this.#during(run, () => run.go(start, backup));
    });
  }

  /** What goes through whole data files can be given up meanwhile. */
  async #during<T>(run: RestoreRun | RekeyRun, work: () => Promise<T>): Promise<T> {
    this.#fileRun = run;
    try {
      return await work();
    } finally {
      this.#fileRun = this.#fileWork = undefined;
    }
  }

  /** A damaged file leaves nobody whose role could be known; for a change of the key somebody is still signed in. */
  #cancelFileWork(): boolean {
    if (this.#fileRun instanceof RekeyRun) this.#session.demand(leastRoles['keys.rekey']);
    return this.#fileRun?.cancel() ?? false;
  }

  /**
   * The open station is closed for it, so that nobody sends, exports, erases or backs up meanwhile, and opened again
   * whatever happens. Whether it was done, or given up.
   */
  #rekey(typed: string | undefined): Promise<boolean> {
    const done = this.#turn.then(async () => {
      if (this.#station === undefined || this.#start === undefined) throw this.#trouble;
      const start = { ...this.#start, operator: this.#session.account?.name ?? this.#start.operator };
      demandTypedKey(start, typed);
      await this.#close();
      const run = new RekeyRun((state) => this.#tellFileWork(state));
      return this.#during(run, () => run.go(start, typed)).finally(() => this.#open());
    });
    this.#turn = done.then(() => undefined).catch(() => undefined);
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
      // A page that loads anew meanwhile has to know who is there: whoever may, can give the work up.
      'account.state': async () => {
        if (this.#fileWork === undefined) await this.#turn;
        if (this.#fileWork === undefined && this.#station === undefined) throw this.#trouble;
        return this.#session.state;
      },
      'recovery.try-again': () => afterwards(() => undefined),
      'keys.rekey': async ({ recoveryKey }) => {
        const cancelled = !(await this.#rekey(recoveryKey));
        return { ...(this.#start && recoveryKeyState(this.#start.dataFolder)), cancelled };
      },
      'recovery.restore': ({ backup }) => this.#restore(backup),
      'recovery.cancel': async () => ({ cancelled: this.#cancelFileWork() }),
      'recovery.enter-key': ({ recoveryKey }) => afterwards((start) => this.#enterKey(start, recoveryKey)),
      'recovery.renew-practice': () => afterwards((start) => setPracticeAside(start, new Date())),
    };
  }

  /** Of a station that does not open nobody's role can be known; its own trouble is the answer to every call. */
  async #demand(name: CallName): Promise<void> {
    const least = leastRoles[name];
    if (least === 'anyone') return;
    await this.#turn;
    if (this.#station !== undefined) this.#session.demand(least);
  }

  /** What a locked desk was not told is told as soon as there is somebody to tell it to. */
  #personChanged(state: AccountState): void {
    this.#publish('account.changed', state);
    if (!this.#session.isOpen) return;
    this.#publish('updates.changed', this.#updates.state);
    this.#station?.publishEverything();
  }

  #publish<N extends EventName>(name: N, payload: Payload<N>): void {
    this.#news?.(name, payload);
    if (!this.#session.isOpen && !openEvents.has(name)) return;
    for (const client of this.#clients) client.publish(name, payload);
  }

  /** While there is no station only its support file can be had; every other call gets the reason. */
  #answerClosed(name: CallName): unknown {
    const [log, shell] = [this.#log, this.#start?.shell];
    if (name !== 'diagnostics.bundle' || log === undefined) throw this.#trouble;
    return closedBundle({ log, shell }, this.#trouble.code);
  }

  /** A call that fails is noted by its name and its code; what it was about is not. */
  async #noted<T>(call: CallName, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      this.#log?.write('call.failed', { call, code: asStationError(cause).code });
      throw cause;
    }
  }

  #handlers(): Handlers {
    const forward =
      (name: keyof StationHandlers) =>
      async (argument: unknown): Promise<unknown> => {
        await this.#turn;
        if (this.#station === undefined) return this.#answerClosed(name);
        this.#station.inUse();
        const handler = this.#station.handlers[name] as (argument: unknown) => Promise<unknown>;
        const result = await this.#noted(name, () => handler(argument));
        if (name === 'settings.connect-project') this.#reopen();
        return result;
      };
    const forwarded = Object.fromEntries(stationCalls.map((name) => [name, forward(name)]));
    return { ...forwarded, ...this.#recoveryHandlers(), ...this.#updates.handlers() } as unknown as Handlers;
  }
}
