import { StationError } from '../../contract/errors.ts';
import { HelperFault } from './helper-process.ts';
import { openSdtPort, type SdtPort } from './sdtapi-module.ts';

export interface SdtApiSweepOptions {
  /** The library in a process of its own: a sweep that hangs or crashes touches no reader in service. */
  readonly library: Omit<SdtPort, 'port'>;
  /** Numbers of the ports to ask. */
  readonly ports: readonly number[];
  /** After a port hung or crashed the library it is left alone for this long, in ms; twice as long each further time. */
  readonly restMs: number;
  /** Whether a reader is served on the port, or about to be: it is not asked then. */
  readonly isInUse: (port: number) => boolean;
}

/** A library may take its time over each port: those that were not reached by then come first in the next sweep. */
const sweepMs = 2000;

/** Time from a whole round to the next one, in milliseconds. */
const roundIntervalMs = 1500;

/** The longest rest of a port, as a multiple of the first. */
const mostRests = 16;

interface Rest {
  readonly ms: number;
  /** In milliseconds of `performance.now()`. */
  readonly until: number;
}

const isRefusal = (cause: unknown): boolean =>
  cause instanceof StationError && cause.code !== 'reader.library-unusable';

/** Finds out which of a library's ports have readers, by opening one after the other. */
export class SdtApiSweep {
  readonly #options: SdtApiSweepOptions;
  readonly #found = new Set<number>();
  readonly #rests = new Map<number, Rest>();
  /** Index of the port that is asked next. */
  #next = 0;
  #dueAt = -Infinity;
  #unusableUntil = -Infinity;
  #isUnusable = false;
  #isStopped = false;
  #underWay: Promise<void> | undefined;
  #asking: { readonly port: number; readonly done: Promise<void> } | undefined;

  constructor(options: SdtApiSweepOptions) {
    this.#options = options;
  }

  /** Ports that could be opened when they were asked last. */
  get found(): ReadonlySet<number> {
    return this.#found;
  }

  /** Whether the library cannot be loaded or run. */
  get isUnusable(): boolean {
    return this.#isUnusable;
  }

  /** Begins a sweep where one is due. Resolves when the one under way has ended; never rejects. */
  sweep(): Promise<void> {
    if (this.#underWay === undefined && performance.now() >= Math.max(this.#dueAt, this.#unusableUntil))
      this.#underWay = this.#askInTurn().finally(() => (this.#underWay = undefined));
    return this.#underWay ?? Promise.resolve();
  }

  /** Waits until the sweep has let go of this port. */
  async leave(port: number): Promise<void> {
    if (this.#asking?.port === port) await this.#asking.done;
  }

  /** The port's reader was lost: it has to be found again, at once. */
  forget(port: number): void {
    this.#found.delete(port);
    this.#dueAt = -Infinity;
  }

  /** Ends the sweep and its process. Never rejects. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#options.library.helper.stop();
    await this.#underWay;
  }

  async #askInTurn(): Promise<void> {
    const { ports } = this.#options;
    const until = performance.now() + sweepMs;
    this.#isUnusable = false;
    for (let asked = 0; asked < ports.length; asked++) {
      const isOver = this.#isStopped || this.#isUnusable || performance.now() >= until;
      const port = ports[this.#next % ports.length];
      if (isOver || port === undefined) return;
      this.#next = (this.#next + 1) % ports.length;
      if (!this.#options.isInUse(port) && !this.#isResting(port)) await this.#ask(port);
    }
    this.#dueAt = performance.now() + roundIntervalMs;
  }

  #isResting(port: number): boolean {
    return performance.now() < (this.#rests.get(port)?.until ?? -Infinity);
  }

  async #ask(port: number): Promise<void> {
    const done = this.#askNow(port).catch((cause: unknown) => this.#failed(port, cause));
    this.#asking = { port, done };
    await done;
    this.#asking = undefined;
  }

  async #askNow(port: number): Promise<void> {
    await (await openSdtPort({ ...this.#options.library, port })).close();
    this.#found.add(port);
    this.#rests.delete(port);
  }

  #failed(port: number, cause: unknown): void {
    this.#found.delete(port);
    if (isRefusal(cause)) this.#rests.delete(port);
    else if (cause instanceof HelperFault && cause.kind !== 'start') this.#rest(port);
    else this.#unusable();
  }

  #rest(port: number): void {
    const { restMs } = this.#options;
    const ms = Math.min((this.#rests.get(port)?.ms ?? restMs / 2) * 2, restMs * mostRests);
    this.#rests.set(port, { ms, until: performance.now() + ms });
  }

  #unusable(): void {
    this.#isUnusable = true;
    this.#unusableUntil = performance.now() + this.#options.restMs;
  }
}
