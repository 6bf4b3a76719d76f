import { asStationError, type ErrorCode, StationError } from '../contract/errors.ts';
import { baudRates, type OpenModule, openSerialModule } from './open-module.ts';
import type { SerialPorts } from './transport/serial-link.ts';

/** What is known of a port on which no reader was found. Times are milliseconds of the search's clock. */
interface PortRecord {
  readonly seenAt: number;
  readonly waitMs: number;
  readonly dueAt: number;
  readonly code?: ErrorCode;
}

/** A module needs about 1.5 s from power on to its first answer, so a new port is not waited with for this long. */
const settlingMs = 4000;

/** Waits between two searches of a port without a reader: other devices' ports are to be left alone. */
const firstWaitMs = 5000;
const longestWaitMs = 30_000;

/** Troubles that say only that this port has no reader. */
const nothingThere: ReadonlySet<ErrorCode> = new Set([
  'reader.not-found',
  'reader.no-answer',
  'reader.unplugged',
  'reader.link-fault',
]);

/**
 * Finds the reader among all serial ports. A port that appears is searched at once, one without a reader again after 5
 * to 30 s; the port and speed at which a reader was found last come first.
 */
export class AutomaticSearch {
  readonly #ports: SerialPorts;
  readonly #now: () => number;
  readonly #records = new Map<string, PortRecord>();
  #lastGood: { readonly path: string; readonly baudRate: number } | undefined;

  /** `now` is any monotonic clock in milliseconds. */
  constructor(ports: SerialPorts, now: () => number = () => performance.now()) {
    this.#ports = ports;
    this.#now = now;
  }

  /** Lets the next search begin at once on every port; the last good port and speed are kept. */
  forgetFailures(): void {
    this.#records.clear();
  }

  /**
   * One search of the ports whose turn it is. Rejects with the most telling trouble of all ports, `reader.not-found`
   * where there is none; then, and when `signal` calls it off, every port has been given back.
   */
  async open(signal: AbortSignal): Promise<OpenModule> {
    const paths = await this.#duePorts();
    const found = (await this.#tryLastGood(paths, signal)) ?? (await this.#searchTogether(paths, signal));
    if (found === undefined) throw new StationError(this.#trouble());
    this.#lastGood = { path: found.link.address, baudRate: found.baudRate };
    this.#records.delete(found.link.address);
    return found;
  }

  async #duePorts(): Promise<readonly string[]> {
    const paths = await this.#ports.list();
    const now = this.#now();
    for (const path of this.#records.keys()) if (!paths.includes(path)) this.#records.delete(path);
    for (const path of paths) {
      if (!this.#records.has(path)) this.#records.set(path, { seenAt: now, waitMs: 0, dueAt: now });
    }
    return paths.filter((path) => (this.#records.get(path)?.dueAt ?? now) <= now);
  }

  async #tryLastGood(paths: readonly string[], signal: AbortSignal): Promise<OpenModule | undefined> {
    const last = this.#lastGood;
    if (last === undefined || !paths.includes(last.path)) return undefined;
    return openSerialModule(this.#ports, last.path, [last.baudRate], signal).catch(() => undefined);
  }

  /** The first reader that answers on any of the ports; the searches it has beaten have ended when this returns. */
  async #searchTogether(paths: readonly string[], signal: AbortSignal): Promise<OpenModule | undefined> {
    const won = new AbortController();
    const calledOff = AbortSignal.any([signal, won.signal]);
    const searches = paths.map((path) => this.#search(path, calledOff));
    const found = await Promise.any(searches).catch(() => undefined);
    won.abort();
    for (const end of await Promise.allSettled(searches)) {
      if (end.status === 'fulfilled' && end.value !== found) await end.value.module.close();
    }
    return found;
  }

  async #search(path: string, signal: AbortSignal): Promise<OpenModule> {
    const tried = path === this.#lastGood?.path ? this.#lastGood.baudRate : undefined;
    const speeds = baudRates.filter((speed) => speed !== tried);
    try {
      return await openSerialModule(this.#ports, path, speeds, signal);
    } catch (error) {
      if (!signal.aborted) this.#failed(path, asStationError(error).code);
      throw error;
    }
  }

  #failed(path: string, code: ErrorCode): void {
    const now = this.#now();
    const { seenAt, waitMs: lastWaitMs } = this.#records.get(path) ?? { seenAt: now, waitMs: 0 };
    const waitMs = now - seenAt < settlingMs ? 0 : this.#nextWait(path, lastWaitMs);
    this.#records.set(path, { seenAt, waitMs, dueAt: now + waitMs, code });
  }

  /** Where a reader was before, one is likely to come back without the port having gone: it may only be switched on. */
  #nextWait(path: string, lastWaitMs: number): number {
    const longest = path === this.#lastGood?.path ? firstWaitMs : longestWaitMs;
    return Math.min(Math.max(lastWaitMs * 2, firstWaitMs), longest);
  }

  #trouble(): ErrorCode {
    const codes = [...this.#records.values()].flatMap(({ code }) => code ?? []);
    const telling = codes.filter((code) => !nothingThere.has(code));
    return telling.find((code) => !code.startsWith('reader.port-')) ?? telling[0] ?? 'reader.not-found';
  }
}
