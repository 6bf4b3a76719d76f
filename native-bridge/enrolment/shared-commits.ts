import { asStationError } from '../contract/errors.ts';
import type { Outbox } from '../store/outbox.ts';
import { scopeOf } from './delivery-trouble.ts';

interface Waiting {
  /** Does the work and gives what to do once it is durable. */
  readonly run: () => () => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * Lets the changes of several requests that are under way at a time share a transaction, for a durable commit takes some
 * milliseconds in which nothing else happens. Each change is durable when its promise resolves; one that throws does
 * not concern the others, trouble of the store concerns all.
 */
export class SharedCommits {
  readonly #together: Outbox['together'];
  readonly #windowMs: number;
  #waiting: Waiting[] = [];

  /** `windowMs`: how long a change waits for others, 0 for not at all. */
  constructor(together: Outbox['together'], windowMs: number) {
    this.#together = together;
    this.#windowMs = windowMs;
  }

  commit<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const run = () => {
        try {
          const result = work();
          return () => resolve(result);
        } catch (cause) {
          const error = asStationError(cause);
          if (scopeOf(error.code) === 'store') throw error;
          return () => reject(error);
        }
      };
      this.#waiting.push({ run, reject });
      if (this.#windowMs === 0) this.#flush();
      else if (this.#waiting.length === 1) setTimeout(() => this.#flush(), this.#windowMs);
    });
  }

  #flush(): void {
    const together = this.#waiting;
    this.#waiting = [];
    try {
      const ends = this.#together(() => together.map(({ run }) => run()));
      for (const end of ends) end();
    } catch (cause) {
      for (const { reject } of together) reject(cause);
    }
  }
}
