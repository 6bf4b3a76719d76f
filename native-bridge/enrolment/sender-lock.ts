/**
 * Lets one thing at a time happen to sealed records as a whole: a request of the sender, an export, an erasure, a wipe or
 * the change of the key. Whoever asks first comes first; the sender asks anew for every request, so nobody waits longer
 * than one takes.
 */
export class SenderLock {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` while nothing else runs here. `work` must not ask for the same lock: it would wait for itself. */
  exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
