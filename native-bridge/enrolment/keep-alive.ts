import { asStationError, type StationError } from '../contract/errors.ts';
import type { Presence } from '../platform/connector.ts';
import type { SenderLock } from './sender-lock.ts';

export interface KeepAliveOptions {
  readonly presence: Presence;
  /** The senders' lock: a sign of life goes between their requests, and is short. */
  readonly lock: SenderLock;
  /** After every sign of life: undefined when it was taken. */
  readonly onPlatform: (error: StationError | undefined) => void;
}

/**
 * Shows the platform that the device is there, at the platform's own interval. One sign of life at a time: while the
 * senders or an export hold the lock longer than the interval, the next one waits and none pile up. Never throws.
 */
export class KeepAlive {
  readonly #options: KeepAliveOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: KeepAliveOptions) {
    this.#options = options;
  }

  /** The first one follows after one interval: signing in has shown the device just now. */
  start(): void {
    if (this.#stopped || this.#timer !== undefined) return;
    this.#plan();
  }

  /** Ends after the one under way; one that still waits for the lock is not sent any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #plan(): void {
    const { everySeconds } = this.#options.presence;
    this.#timer = setTimeout(() => {
      this.#running = this.#tell().then(() => {
        if (!this.#stopped) this.#plan();
      });
    }, everySeconds * 1000);
    // Nothing has to wait for it.
    this.#timer.unref();
  }

  async #tell(): Promise<void> {
    const { lock, presence, onPlatform } = this.#options;
    try {
      const told = await lock.exclusive(() => this.#stopped || presence.tell().then(() => false));
      if (!told) onPlatform(undefined);
    } catch (cause) {
      onPlatform(asStationError(cause));
    }
  }
}
