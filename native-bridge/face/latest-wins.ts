interface Waiting {
  readonly begin: () => void;
  readonly overtaken: () => void;
}

/**
 * One job at a time and one that waits: a newer one takes the place of the one that waits, whose caller is told at once.
 * For work on the frames of a camera, of which only the newest is worth anything.
 */
export class LatestWins {
  readonly #newError: () => Error;
  #busy = false;
  #waiting: Waiting | undefined;

  /** `newError` makes what the caller of an overtaken job is told. */
  constructor(newError: () => Error) {
    this.#newError = newError;
  }

  async run<Result>(job: () => Promise<Result>): Promise<Result> {
    if (this.#busy) await this.#turn();
    this.#busy = true;
    try {
      return await job();
    } finally {
      const next = this.#waiting;
      this.#waiting = undefined;
      // Taken at once, so that a job which comes before the waiting one goes on cannot slip in between.
      this.#busy = next !== undefined;
      next?.begin();
    }
  }

  #turn(): Promise<void> {
    this.#waiting?.overtaken();
    return new Promise((begin, reject) => {
      this.#waiting = { begin, overtaken: () => reject(this.#newError()) };
    });
  }
}
