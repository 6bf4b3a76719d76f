/**
 * A two-way line for structured messages (plain data and `Uint8Array`). Messages arrive whole and in order, or the
 * channel closes. What arrives is not trusted: both ends check every message.
 */
export interface Channel {
  send(message: unknown): void;
  /** Only one listener at a time; messages that arrive before it is set are kept for it. */
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** The receiving half that every channel shares: keeps early messages, closes once. */
export class Inbox {
  #listener: ((message: unknown) => void) | undefined;
  #early: unknown[] = [];
  #closeListeners: (() => void)[] = [];
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  deliver(message: unknown): void {
    if (this.#closed) return;
    if (this.#listener === undefined) this.#early.push(message);
    else this.#listener(message);
  }

  listen(listener: (message: unknown) => void): void {
    this.#listener = listener;
    const early = this.#early;
    this.#early = [];
    for (const message of early) listener(message);
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#closeListeners.push(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const listener of this.#closeListeners) listener();
  }
}
