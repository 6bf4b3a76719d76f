import type { ErrorReport } from '../native-bridge/contract/basic.ts';
import type { UpdateOrder, UpdateState } from '../native-bridge/contract/update-calls.ts';
import type { Channel } from '../native-bridge/rpc/channel.ts';
import {
  type BridgeMessage,
  bridgeMessageSchema,
  type ShellMessage,
  type StartOptions,
  type SystemEvent,
} from '../native-bridge/rpc/shell-link.ts';

/** A bridge process, however a shell starts it. After `onExit` nothing more comes from it; `send` is then without effect. */
export interface BridgeProcess {
  send(message: ShellMessage): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  /** Ends the process at once, whatever it is doing. */
  kill(): void;
}

/** What a bridge serves its clients with: a station, or the reason why there is none, which every call then answers. */
export interface Service {
  readonly practiceControl?: string | undefined;
  readonly sandbox?: string | undefined;
  readonly fault?: ErrorReport;
}

export interface SupervisorOptions<P extends BridgeProcess> {
  readonly spawn: () => P;
  readonly startOptions: StartOptions;
  /** Puts the shell's new key where it is found at the next start. */
  readonly keepKey?: (key: Uint8Array) => void | Promise<void>;
  /** The operator wants updates to be looked for, or no longer fetched. */
  readonly onUpdateOrder?: (order: UpdateOrder) => void;
  /** For the shell's log: what happened, without personal data. */
  readonly log?: (line: string) => void;
}

const beatIntervalMs = 2000;
const missedBeatsUntilDead = 3;
/** Loading models and opening the store take seconds on a slow disk; longer than this is a hang. */
const startLimitMs = 60_000;
const stopLimitMs = 5000;
/** Waits before the next start; the last one repeats. */
const restartDelaysMs = [200, 500, 1000, 2000, 5000] as const;
/** Answered beats after which a bridge counts as sound, and the waits begin anew. */
const beatsUntilSound = 15;

const stoppedText = 'the bridge was stopped';

type Timer = ReturnType<typeof setTimeout>;

/** One life of a bridge process: its heartbeat, its limits and the clients that it serves. */
class Life<P extends BridgeProcess> {
  readonly process: P;
  readonly clients = new Map<number, Channel>();
  service: Service | undefined;
  answeredBeats = 0;
  #beat = 0;
  #missed = 0;
  #heart: Timer | undefined;
  #startLimit: Timer;
  #onDead: () => void;

  constructor(process: P, onDead: () => void) {
    this.process = process;
    this.#onDead = onDead;
    this.#startLimit = setTimeout(onDead, startLimitMs);
  }

  begin(service: Service): void {
    this.service = service;
    clearTimeout(this.#startLimit);
    this.#heart ??= setInterval(() => this.#tick(), beatIntervalMs);
  }

  /** A late answer to an earlier beat is a sign of life as well. */
  pong(): void {
    this.#missed = 0;
    this.answeredBeats++;
  }

  end(): void {
    this.still();
    for (const channel of this.clients.values()) channel.close();
    this.clients.clear();
  }

  /** No more beats: the process is being stopped or is gone. */
  still(): void {
    clearTimeout(this.#startLimit);
    clearInterval(this.#heart);
  }

  #tick(): void {
    if (this.#missed >= missedBeatsUntilDead) return this.#onDead();
    this.#missed++;
    this.process.send({ kind: 'ping', beat: ++this.#beat });
  }
}

/**
 * Keeps one bridge process running: starts it, listens to its heartbeat, starts it again when it dies or hangs, and relays
 * the shell's clients to it. A client's channel is closed when its bridge goes, so that the page connects anew.
 */
export class Supervisor<P extends BridgeProcess = BridgeProcess> {
  readonly #options: SupervisorOptions<P>;
  #startOptions: StartOptions;
  #life: Life<P> | undefined;
  #updates: UpdateState | undefined;
  #nextClient = 0;
  #failures = 0;
  #restart: Timer | undefined;
  #stopping: Promise<void> | undefined;
  #ended = false;
  #onStopped: () => void = () => undefined;
  #waiting: { readonly resolve: (service: Service) => void; readonly reject: (cause: Error) => void }[] = [];

  constructor(options: SupervisorOptions<P>) {
    this.#options = options;
    this.#startOptions = options.startOptions;
  }

  start(): void {
    this.#spawn();
  }

  /** Resolves as soon as a bridge serves clients, now or after its restart. Rejects when the supervisor was stopped. */
  whenServing(): Promise<Service> {
    const service = this.#life?.service;
    if (this.#ended) return Promise.reject(new Error(stoppedText));
    if (service !== undefined) return Promise.resolve(service);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** The process that serves clients now, for a shell that hands ports over instead of relaying. */
  get servingProcess(): P | undefined {
    return this.#life?.service === undefined ? undefined : this.#life.process;
  }

  /** Relays a client to the bridge. While no bridge serves clients the channel is closed at once. */
  openClient(channel: Channel): void {
    const life = this.#life;
    if (life?.service === undefined) return channel.close();
    const client = this.#nextClient++;
    life.clients.set(client, channel);
    life.process.send({ kind: 'client-open', client });
    channel.onMessage((message) => life.process.send({ kind: 'client-message', client, message }));
    channel.onClose(() => {
      if (life.clients.delete(client)) life.process.send({ kind: 'client-close', client });
    });
  }

  /** Tells the bridge that the machine sleeps, wakes, is locked or unlocked; one that starts just now need not know. */
  tellSystemEvent(event: SystemEvent): void {
    if (this.#life?.service !== undefined) this.#life.process.send({ kind: 'system', event });
  }

  /** Tells the bridge, and every one after it, what the shell does about updates. */
  tellUpdates(state: UpdateState): void {
    this.#updates = state;
    if (this.#life?.service !== undefined) this.#life.process.send({ kind: 'updates', state });
  }

  /** Asks the bridge to put everything away and end; kills it when it has not after 5 s. Never rejects. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#restart);
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(stoppedText));
    const life = this.#life;
    if (life === undefined) return;
    life.still();
    const exited = new Promise<void>((resolve) => life.process.onExit(resolve));
    const stopped = new Promise<void>((resolve) => (this.#onStopped = resolve));
    const limit = setTimeout(() => life.process.kill(), stopLimitMs);
    life.process.send({ kind: 'stop' });
    // A process that has said it is done but stays, for a handle that it left open, need not be waited for.
    await Promise.race([exited, stopped]);
    clearTimeout(limit);
    life.process.kill();
    await exited;
  }

  #log(line: string): void {
    this.#options.log?.(line);
  }

  #spawn(): void {
    const process = this.#options.spawn();
    const life = new Life(process, () => {
      life.still();
      this.#log('bridge: does not answer, killed');
      process.kill();
    });
    this.#life = life;
    process.onMessage((message) => this.#receive(life, message));
    process.onExit(() => this.#exited(life));
    process.send({ kind: 'start', options: this.#startOptions });
  }

  #exited(life: Life<P>): void {
    life.end();
    if (this.#life !== life) return;
    this.#life = undefined;
    if (this.#ended) return;
    if (life.answeredBeats >= beatsUntilSound) this.#failures = 0;
    const wait = restartDelaysMs[Math.min(this.#failures++, restartDelaysMs.length - 1)] ?? 0;
    this.#log(`bridge: ended, starting again in ${wait} ms`);
    this.#restart = setTimeout(() => this.#spawn(), wait);
  }

  #receive(life: Life<P>, given: unknown): void {
    const message = bridgeMessageSchema.safeParse(given);
    if (!message.success) this.#log('bridge: sent something malformed');
    else if (life === this.#life) this.#handle(life, message.data);
  }

  #handle(life: Life<P>, message: BridgeMessage): void {
    switch (message.kind) {
      case 'ready':
        return this.#serve(life, { practiceControl: message.practiceControl, sandbox: message.sandbox });
      case 'fatal':
        return this.#serve(life, { fault: message.error });
      case 'client-message':
        return life.clients.get(message.client)?.send(message.message);
      case 'pong':
        return life.pong();
      case 'keep-key':
        return void this.#keepKey(message.key);
      case 'update-order':
        return this.#options.onUpdateOrder?.(message.order);
      case 'stopped':
        return this.#onStopped();
    }
  }

  async #keepKey(storeKey: Uint8Array): Promise<void> {
    this.#startOptions = { ...this.#startOptions, storeKey };
    try {
      await this.#options.keepKey?.(storeKey);
    } catch {
      // The data is open and the recovery key opens it again; the next start will ask for it.
      this.#log('shell: the new key could not be kept');
    }
  }

  #serve(life: Life<P>, service: Service): void {
    if (this.#ended) return;
    life.begin(service);
    if (this.#updates !== undefined) life.process.send({ kind: 'updates', state: this.#updates });
    this.#log(`bridge: ${service.fault === undefined ? 'ready' : `cannot open the station, ${service.fault.code}`}`);
    for (const { resolve } of this.#waiting.splice(0)) resolve(service);
  }
}
