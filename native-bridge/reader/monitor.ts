import { asStationError, type ErrorCode, errorTable } from '../contract/errors.ts';
import type { ReaderState } from '../contract/card.ts';
import type { ReaderAddress } from '../contract/station.ts';
import type { EthnicGroups } from './card/card-text.ts';
import { AutomaticSearch } from './automatic-search.ts';
import { cardStillThere, noCard, type PresentedCard, readCard, refusedCardIsGone } from './card-cycle.ts';
import { type OpenModule, openModule } from './open-module.ts';
import type { SamModule } from './sam/sam-module.ts';
import { type SerialPorts, systemSerialPorts } from './transport/serial-link.ts';

export interface MonitorListener {
  onState(state: ReaderState): void;
  /** A card was read; one call for each presentation. */
  onCard(card: PresentedCard, reader: { readonly samNumber: string; readonly transport: 'serial' | 'tcp' }): void;
  /** A card lies there but could not be read. */
  onCardTrouble(code: ErrorCode, detail: string | undefined): void;
}

/** One stretch of service, from its beginning to its halt. */
interface Run {
  readonly stop: AbortController;
  open: OpenModule | undefined;
  done: Promise<void>;
}

/** Asks the module once whether the card on it has been lifted. */
type RemovalTest = (module: SamModule) => Promise<boolean>;

const readCardIsGone: RemovalTest = async (module) => !(await cardStillThere(module));

/** What the module itself says against a card; asking again while it lies there would only repeat it. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'card.refused-by-module',
  'card.signature-failed',
  'card.not-recognised',
]);

/** Pauses in milliseconds; a reader polls for cards about three times a second. */
const findIntervalMs = 300;
const removalIntervalMs = 250;
const reopenIntervalMs = 500;

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
  readonly #ports: SerialPorts;
  readonly #search: AutomaticSearch;
  #address: ReaderAddress;
  #state: ReaderState = { state: 'searching' };
  #run: Run | undefined;
  /** Whether service is wanted: from `start` to `stop`. */
  #wanted = false;
  /** Beginnings and halts, one after the other, so that never two runs hold the reader. */
  #steps: Promise<void> = Promise.resolve();

  constructor(
    address: ReaderAddress,
    ethnicGroups: EthnicGroups,
    listener: MonitorListener,
    ports: SerialPorts = systemSerialPorts,
  ) {
    this.#address = address;
    this.#ethnicGroups = ethnicGroups;
    this.#listener = listener;
    this.#ports = ports;
    this.#search = new AutomaticSearch(ports);
  }

  get state(): ReaderState {
    return this.#state;
  }

  start(): void {
    this.#wanted = true;
    void this.#afterwards(async () => this.#begin());
  }

  /** Ends the service and gives the port back. Nothing begins again until `start`. */
  stop(): Promise<void> {
    this.#wanted = false;
    return this.#afterwards(() => this.#halt());
  }

  /** Goes over to another reader; a stopped monitor uses it from its next start. */
  useAddress(address: ReaderAddress): Promise<void> {
    return this.#afterwards(async () => {
      await this.#halt();
      this.#address = address;
      if (this.#wanted) this.#tell({ state: 'searching' });
      this.#begin();
    });
  }

  #afterwards(step: () => Promise<void>): Promise<void> {
    const done = this.#steps.then(step);
    this.#steps = done.catch(() => undefined);
    return done;
  }

  #begin(): void {
    if (!this.#wanted || this.#run !== undefined) return;
    const run: Run = { stop: new AbortController(), open: undefined, done: Promise.resolve() };
    this.#run = run;
    this.#search.forgetFailures();
    run.done = this.#serve(run);
  }

  async #halt(): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    run.stop.abort();
    await run.open?.module.close();
    await run.done;
    this.#run = undefined;
  }

  #tell(state: ReaderState): void {
    const same =
      state.state === this.#state.state && state.code === this.#state.code && state.samNumber === this.#state.samNumber;
    this.#state = state;
    if (!same) this.#listener.onState(state);
  }

  async #serve(run: Run): Promise<void> {
    const { signal } = run.stop;
    while (!signal.aborted) {
      try {
        run.open = await this.#open(signal);
        await this.#serveModule(run, run.open);
      } catch (error) {
        const { code } = asStationError(error);
        if (!signal.aborted) this.#tell({ state: 'trouble', code });
      } finally {
        await run.open?.module.close();
        run.open = undefined;
      }
      await pause(signal, reopenIntervalMs);
    }
  }

  #open(signal: AbortSignal): Promise<OpenModule> {
    return this.#address.kind === 'automatic'
      ? this.#search.open(signal)
      : openModule(this.#address, this.#ports, signal);
  }

  async #serveModule(run: Run, open: OpenModule): Promise<void> {
    const about = { transport: open.link.kind, address: open.link.address, samNumber: open.number };
    const { signal } = run.stop;
    while (!signal.aborted) {
      this.#tell({ state: 'ready', ...about });
      const isGone = await this.#readOnce(open, () => this.#tell({ state: 'reading', ...about }));
      if (isGone !== undefined) {
        this.#tell({ state: 'lift-card', ...about });
        await waitForRemoval(open.module, isGone, signal);
      } else {
        await pause(signal, findIntervalMs);
      }
    }
  }

  /** One find, and the reading of what it found. For a card that is done with, how to tell that it was lifted. */
  async #readOnce(open: OpenModule, onFound: () => void): Promise<RemovalTest | undefined> {
    try {
      const card = await readCard(open.module, this.#ethnicGroups, onFound);
      if (card === noCard) return undefined;
      this.#listener.onCard(card, { samNumber: open.number, transport: open.link.kind });
      return readCardIsGone;
    } catch (cause) {
      const error = asStationError(cause);
      if (!error.code.startsWith('card.')) throw error;
      this.#listener.onCardTrouble(error.code, error.detail);
      if (refusals.has(error.code)) return refusedCardIsGone;
      // A card that is refused for what it is stays refused until it is lifted; an interrupted one is read again.
      return errorTable[error.code].class === 'ask-operator' ? readCardIsGone : undefined;
    }
  }
}

async function waitForRemoval(module: SamModule, isGone: RemovalTest, signal: AbortSignal): Promise<void> {
  for (let gone = 0; gone < removalAnswers;) {
    await pause(signal, removalIntervalMs);
    if (signal.aborted) return;
    gone = (await isGone(module)) ? gone + 1 : 0;
  }
}

/** Ends early when the signal is given. */
function pause(signal: AbortSignal, milliseconds: number): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
}
