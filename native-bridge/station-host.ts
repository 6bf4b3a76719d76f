import { asStationError, StationError } from './contract/errors.ts';
import { calls, type CallName, type EventName, type Payload } from './contract/station.ts';
import type { Channel } from './rpc/channel.ts';
import { type Handlers, serve, type Served } from './rpc/server.ts';
import type { StartOptions } from './rpc/shell-link.ts';
import { openStation, type Station } from './station.ts';

export interface HostOptions {
  readonly onReady: (addresses: { practiceControl?: string; sandbox?: string }) => void;
  readonly onFatal: (error: StationError) => void;
}

/** Where in the program an unforeseen error arose; its message could hold anything and is left out. */
export function framesOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'not an Error';
  const frames = cause.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return `${cause.name}\n${frames.slice(0, 8).join('\n')}`;
}

/**
 * Keeps one station running for every client: opens it, opens it anew when a project was connected, and answers with
 * the reason while it cannot be opened.
 */
export class StationHost {
  readonly #options: HostOptions;
  readonly #clients = new Set<Served>();
  #start: StartOptions | undefined;
  #station: Station | undefined;
  #trouble = new StationError('store.unavailable');
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

  #publish<N extends EventName>(name: N, payload: Payload<N>): void {
    for (const client of this.#clients) client.publish(name, payload);
  }

  #handlers(): Handlers {
    const forward =
      (name: CallName) =>
      async (argument: unknown): Promise<unknown> => {
        await this.#turn;
        if (this.#station === undefined) throw this.#trouble;
        const handler = this.#station.handlers[name] as (argument: unknown) => Promise<unknown>;
        const result = await handler(argument);
        if (name === 'settings.connect-project') this.#reopen();
        return result;
      };
    return Object.fromEntries(
      (Object.keys(calls) as CallName[]).map((name) => [name, forward(name)]),
    ) as unknown as Handlers;
  }
}
