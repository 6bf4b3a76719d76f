export interface SendingPauseOptions {
  readonly now: () => Date;
  /** It ended by itself. */
  readonly onOver: () => void;
}

/** Since when nothing is sent, and when sending goes on by itself. */
export interface PausedSending {
  readonly at: Date;
  readonly until: Date;
}

/** Long enough for a meeting over the site's only line, and short enough for a day's records to go out the same day. */
const longestMs = 60 * 60_000;

/**
 * An operator's wish that nothing be sent for a while. Sealed records must not be held back for ever by somebody who went
 * home, so it is kept in memory alone, where it ends with the program at the latest, and ends by itself after an hour.
 */
export class SendingPause {
  readonly #options: SendingPauseOptions;
  #paused: PausedSending | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SendingPauseOptions) {
    this.#options = options;
  }

  get state(): PausedSending | undefined {
    return this.#paused;
  }

  /** Once more, it begins anew. */
  begin(): void {
    const at = this.#options.now();
    this.#paused = { at, until: new Date(at.getTime() + longestMs) };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#over(), longestMs);
    this.#timer.unref();
  }

  /** Whether there was one. */
  end(): boolean {
    const wasPaused = this.#paused !== undefined;
    clearTimeout(this.#timer);
    this.#paused = undefined;
    return wasPaused;
  }

  /** The timer stands still while the machine sleeps, and the clock may be set back: whichever is first ends it. */
  look(): void {
    if (this.#paused !== undefined && this.#options.now() >= this.#paused.until) this.#over();
  }

  #over(): void {
    if (this.end()) this.#options.onOver();
  }
}
