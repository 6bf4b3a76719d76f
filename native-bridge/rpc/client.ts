import type { StationClient } from '../contract/client.ts';
import { StationError } from '../contract/errors.ts';
import {
  type Argument,
  type CallName,
  calls,
  type EventName,
  events,
  type Payload,
  type Result,
} from '../contract/station.ts';
import type { Channel } from './channel.ts';
import { isEventName, type Reply, replySchema, type Request } from './messages.ts';

interface Pending {
  readonly settle: (reply: Extract<Reply, { kind: 'result' | 'error' }>) => void;
  readonly abandon: () => void;
}

type Listener = (payload: never) => void;

/** Waits between attempts to reach the station again, in milliseconds; the last one repeats. */
const reconnectDelaysMs = [100, 250, 500, 1000, 2000] as const;

const delay = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

class Client implements StationClient {
  #channel: Channel | undefined;
  #nextId = 0;
  #pending = new Map<number, Pending>();
  #listeners = new Map<EventName, Set<Listener>>();
  #connectionListeners = new Set<(connected: boolean) => void>();

  attach(channel: Channel): Promise<void> {
    this.#channel = channel;
    channel.onMessage((message) => this.#receive(message));
    for (const listener of this.#connectionListeners) listener(true);
    return new Promise((resolve) => {
      channel.onClose(() => {
        this.#lose();
        resolve();
      });
    });
  }

  call<N extends CallName>(name: N, argument: Argument<N>): Promise<Result<N>> {
    const checked = calls[name].argument.safeParse(argument);
    if (!checked.success) return Promise.reject(new StationError('rpc.bad-argument'));
    const channel = this.#channel;
    if (channel === undefined) return Promise.reject(new StationError('rpc.closed'));
    const id = this.#nextId++;
    return new Promise<Result<N>>((resolve, reject) => {
      this.#pending.set(id, {
        abandon: () => reject(new StationError('rpc.closed')),
        settle: (reply) => {
          if (reply.kind === 'error') return reject(new StationError(reply.error.code, reply.error.detail));
          const result = calls[name].result.safeParse(reply.value);
          if (result.success) resolve(result.data as Result<N>);
          else reject(new StationError('rpc.bad-result', name));
        },
      });
      channel.send({ kind: 'call', id, name, argument: checked.data } satisfies Request);
    });
  }

  on<N extends EventName>(name: N, listener: (payload: Payload<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.#connectionListeners.add(listener);
    listener(this.#channel !== undefined);
    return () => this.#connectionListeners.delete(listener);
  }

  #lose(): void {
    this.#channel = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of pending) call.abandon();
    for (const listener of this.#connectionListeners) listener(false);
  }

  #receive(message: unknown): void {
    const reply = replySchema.safeParse(message);
    if (!reply.success) return;
    if (reply.data.kind === 'event') this.#emit(reply.data.name, reply.data.payload);
    else if (reply.data.kind !== 'refused') this.#settle(reply.data);
  }

  #settle(reply: Extract<Reply, { kind: 'result' | 'error' }>): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    pending?.settle(reply);
  }

  #emit(name: string, payload: unknown): void {
    if (!isEventName(name)) return;
    const checked = events[name].safeParse(payload);
    if (!checked.success) return;
    for (const listener of this.#listeners.get(name) ?? []) listener(checked.data as never);
  }
}

/** A client on a channel that is already open; it stays closed once the channel closes. */
export function createClient(channel: Channel): StationClient {
  const client = new Client();
  void client.attach(channel);
  return client;
}

/** A client that opens its channel by itself and opens another one whenever it is lost. */
export function createReconnectingClient(openChannel: () => Promise<Channel>): StationClient {
  const client = new Client();
  const run = async (): Promise<never> => {
    for (let failures = 0; ; failures++) {
      try {
        const channel = await openChannel();
        failures = 0;
        await client.attach(channel);
      } catch {
        // Not reachable now: the delay below, then another attempt.
      }
      await delay(reconnectDelaysMs[Math.min(failures, reconnectDelaysMs.length - 1)] ?? 0);
    }
  };
  void run();
  return client;
}
