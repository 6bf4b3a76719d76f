import { asStationError, type ErrorCode, errorTable } from '../contract/errors.ts';
import type { ReaderState } from '../contract/card.ts';
import type { ReaderAddress } from '../contract/station.ts';
import type { EthnicGroups } from './card/card-text.ts';
import { cardStillThere, noCard, type PresentedCard, readCard } from './card-cycle.ts';
import { type OpenModule, openModule } from './open-module.ts';

export interface MonitorListener {
  onState(state: ReaderState): void;
  /** A card was read; one call for each presentation. */
  onCard(card: PresentedCard, reader: { readonly samNumber: string; readonly transport: 'serial' | 'tcp' }): void;
  /** A card lies there but could not be read. */
  onCardTrouble(code: ErrorCode, detail: string | undefined): void;
}

/** One stretch of service, from `start` to `stop`. */
interface Run {
  stopped: boolean;
  /** Ends the pause that the loop is in. */
  wake: () => void;
  open: OpenModule | undefined;
  done: Promise<void>;
}

/** Pauses in milliseconds; a reader polls for cards about three times a second. */
const findIntervalMs = 300;
const removalIntervalMs = 250;
const reopenIntervalMs = 700;

/** Answers in a row that say the card is gone before it counts as lifted: one may be a hiccup. */
const removalAnswers = 2;

/**
 * Keeps one reader in service: searches it, reads every card that is laid on it once, notices that the card was lifted
 * and that the reader was unplugged, and opens it again by itself. Trouble is a state with a code; nothing ends it but
 * `stop`.
 */
export class ReaderMonitor {
  readonly #listener: MonitorListener;
  readonly #ethnicGroups: EthnicGroups;
  #address: ReaderAddress;
  #state: ReaderState = { state: 'searching' };
  #run: Run | undefined;

  constructor(address: ReaderAddress, ethnicGroups: EthnicGroups, listener: MonitorListener) {
    this.#address = address;
    this.#ethnicGroups = ethnicGroups;
    this.#listener = listener;
  }

  get state(): ReaderState {
    return this.#state;
  }

  start(): void {
    const run: Run = { stopped: false, wake: () => undefined, open: undefined, done: Promise.resolve() };
    this.#run = run;
    run.done = this.#serve(run);
  }

  async stop(): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    this.#run = undefined;
    run.stopped = true;
    run.wake();
    await run.open?.module.close();
    await run.done;
  }

  /** Goes over to another reader. */
  async useAddress(address: ReaderAddress): Promise<void> {
    await this.stop();
    this.#address = address;
    this.#tell({ state: 'searching' });
    this.start();
  }

  #tell(state: ReaderState): void {
    const same =
      state.state === this.#state.state && state.code === this.#state.code && state.samNumber === this.#state.samNumber;
    this.#state = state;
    if (!same) this.#listener.onState(state);
  }

  async #serve(run: Run): Promise<void> {
    while (!run.stopped) {
      try {
        run.open = await openModule(this.#address);
        await this.#serveModule(run, run.open);
      } catch (error) {
        const { code } = asStationError(error);
        if (!run.stopped) this.#tell({ state: 'trouble', code });
      } finally {
        await run.open?.module.close();
        run.open = undefined;
      }
      await this.#pause(run, reopenIntervalMs);
    }
  }

  async #serveModule(run: Run, open: OpenModule): Promise<void> {
    const about = { transport: open.link.kind, address: open.link.address, samNumber: open.number };
    while (!run.stopped) {
      this.#tell({ state: 'ready', ...about });
      const waitsForRemoval = await this.#readOnce(open, () => this.#tell({ state: 'reading', ...about }));
      if (waitsForRemoval) {
        this.#tell({ state: 'lift-card', ...about });
        await this.#waitForRemoval(run, open);
      } else {
        await this.#pause(run, findIntervalMs);
      }
    }
  }

  /** One find, and the reading of what it found. True when a card was read and now lies there. */
  async #readOnce(open: OpenModule, onFound: () => void): Promise<boolean> {
    try {
      const card = await readCard(open.module, this.#ethnicGroups, onFound);
      if (card === noCard) return false;
      this.#listener.onCard(card, { samNumber: open.number, transport: open.link.kind });
      return true;
    } catch (cause) {
      const error = asStationError(cause);
      if (!error.code.startsWith('card.')) throw error;
      this.#listener.onCardTrouble(error.code, error.detail);
      // A card that is refused for what it is stays refused until it is lifted; an interrupted one is read again.
      return errorTable[error.code].class === 'ask-operator';
    }
  }

  async #waitForRemoval(run: Run, open: OpenModule): Promise<void> {
    for (let gone = 0; gone < removalAnswers && !run.stopped;) {
      await this.#pause(run, removalIntervalMs);
      if (run.stopped) return;
      gone = (await cardStillThere(open.module)) ? 0 : gone + 1;
    }
  }

  #pause(run: Run, milliseconds: number): Promise<void> {
    if (run.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      run.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
