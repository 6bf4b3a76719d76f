export interface NewsSinks {
  /** Tells the screens of these records, each once. */
  readonly records: (ids: readonly string[]) => void;
  /** Computes and tells the station's status. */
  readonly status: () => void;
}

/** Screens need not hear of changes more often than this. */
const shortestMs = 250;

/**
 * Brings changes of records to the screens: the first one at once, and while they keep coming, all of a short time
 * together. The status counts all records, so it would be computed far too often otherwise. No change is lost.
 */
export class RecordNews {
  readonly #sinks: NewsSinks;
  readonly #changed = new Set<string>();
  #statusChanged = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(sinks: NewsSinks) {
    this.#sinks = sinks;
  }

  recordChanged(id: string): void {
    this.#changed.add(id);
    this.statusChanged();
  }

  statusChanged(): void {
    this.#statusChanged = true;
    if (this.#timer === undefined) this.#tell();
  }

  /** Tells nothing more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#changed.clear();
    this.#statusChanged = false;
  }

  #tell(): void {
    const ids = [...this.#changed];
    this.#changed.clear();
    this.#statusChanged = false;
    this.#timer = setTimeout(() => this.#later(), shortestMs);
    this.#timer.unref();
    if (ids.length > 0) this.#sinks.records(ids);
    this.#sinks.status();
  }

  #later(): void {
    this.#timer = undefined;
    if (!this.#statusChanged) return;
    try {
      this.#tell();
    } catch {
      // A store that cannot be read now: whoever uses it next tells the operator, and the next change tells this one too.
    }
  }
}
