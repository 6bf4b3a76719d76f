import { setTimeout as sleep } from 'node:timers/promises';
import type { Connector } from '../platform/connector.ts';

/** Keeps a shortest time between the beginnings of two requests, whoever makes them. */
export class RequestPace {
  readonly #gapMs: number;
  readonly #released = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  constructor(gapMs: number) {
    this.#gapMs = gapMs;
  }

  /** Resolves when the next request may begin. */
  turn(): Promise<void> {
    const mine = this.#last.then(() => undefined);
    this.#last = mine
      .then(() => sleep(this.#gapMs, undefined, { ref: false, signal: this.#released.signal }))
      .catch(() => undefined);
    return mine;
  }

  /** Holds nobody up any more: the program ends, and what was begun is to be finished. */
  release(): void {
    this.#released.abort();
  }
}

/** The same connector with every call in its turn. The pages of one query count as one. */
export function pacedConnector(connector: Connector, pace: RequestPace): Connector {
  const { batch } = connector;
  const paced =
    <A extends readonly unknown[], R>(call: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      await pace.turn();
      return call(...given);
    };
  return {
    name: connector.name,
    get clockDifferenceSeconds() {
      return connector.clockDifferenceSeconds;
    },
    addTeam: paced((team) => connector.addTeam(team)),
    addWorker: paced((worker) => connector.addWorker(worker)),
    ...(batch && {
      batch: {
        largest: batch.largest,
        check: (worker) => batch.check(worker),
        addWorkers: paced((workers) => batch.addWorkers(workers)),
      },
    }),
    updateWorker: paced((worker) => connector.updateWorker(worker)),
    outcome: paced((serial, people) => connector.outcome(serial, people)),
    findTeam: paced((team) => connector.findTeam(team)),
    findWorker: paced((worker) => connector.findWorker(worker)),
  };
}
