import { asStationError, type ErrorCode, errorTable, StationError } from '../contract/errors.ts';
import type { ReaderState } from '../contract/reader.ts';
import type { EthnicGroups } from './card/card-text.ts';
import { CardCycle, type CardData, noCard } from './card-cycle.ts';
import { pause } from './pause.ts';
import type { OpenReader } from './reader-module.ts';
import { RecordedModule } from './recorded-module.ts';
import { type ModuleTest, type ModuleTestOptions, testModule } from './module-test.ts';

/** A card as it was presented once. */
export interface PresentedCard extends CardData {
  /** The newest added address, which follows the reading; undefined on most cards. Never rejects. */
  readonly newestAddress: Promise<string | undefined>;
}

/** Which reader a card was laid on. */
export type PresentingReader = Pick<OpenReader, 'transport' | 'model'> & { readonly samNumber: string | undefined };

export interface CardListener {
  /** A card was read; one call for each presentation. */
  onCard(card: PresentedCard, reader: PresentingReader): void;
  /** A card lies there but could not be read; told once while it lies there. */
  onCardTrouble(code: ErrorCode, detail: string | undefined): void;
}

/** Pauses in milliseconds between two looks for a card, and between two looks whether it was lifted. */
export interface ServicePace {
  readonly findMs: number;
  readonly removalMs: number;
}

/** About three looks a second, as the makers' own programs do or faster. */
export const ordinaryPace: ServicePace = { findMs: 300, removalMs: 250 };

export interface ServiceOptions {
  readonly ethnicGroups: () => EthnicGroups;
  readonly listener: CardListener;
  readonly onState: () => void;
  readonly pace: ServicePace;
}

/** Answers in a row that say the card is gone before it counts as lifted: one may be a hiccup. */
const removalAnswers = 2;

/** Below this speed the fingerprint records would keep the operator waiting for another second. */
const slowestForFingerprints = 57_600;

/** What the module itself says against a card; asking again while it lies there would only repeat it. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'card.refused-by-module',
  'card.signature-failed',
  'card.not-recognised',
]);

/** Faults of the module in the middle of a reading that do not end its service. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'reader.module-fault',
  'reader.unknown-status',
  'reader.command-refused',
]);

/** Every so manieth look whether the card was lifted asks by selection: some modules' cheap read never tells. */
const selectionEvery = 20;

/** Asks the module once whether the card on it has been lifted. */
type RemovalTest = () => Promise<boolean>;

/** Something that another part of the program wants of the module between two looks for a card. */
interface Guest {
  readonly run: () => Promise<void>;
  readonly refuse: (error: StationError) => void;
}

/**
 * Serves one open reader until it is lost or stopped: reads every card that is laid on it once and notices that it was
 * lifted. It is the reader's only owner; whoever else wants the module waits for the gap between two looks for a card,
 * or is told that the reader is busy.
 */
export class ReaderService {
  readonly #reader: OpenReader;
  readonly #module: RecordedModule;
  readonly #cycle: CardCycle;
  readonly #options: ServiceOptions;
  readonly #stop = new AbortController();
  #state: ReaderState['state'] = 'ready';
  #code: ErrorCode | undefined;
  #guest: Guest | undefined;
  #wake = new AbortController();
  #told: ErrorCode | undefined;

  constructor(reader: OpenReader, options: ServiceOptions) {
    this.#reader = reader;
    this.#options = options;
    this.#module = new RecordedModule(reader.module);
    const readsFingerprints = (reader.baudRate ?? slowestForFingerprints) >= slowestForFingerprints;
    this.#cycle = new CardCycle(this.#module, options.ethnicGroups, readsFingerprints);
  }

  get state(): ReaderState['state'] {
    return this.#state;
  }

  /** Why the reader was lost, from the moment when it was. */
  get code(): ErrorCode | undefined {
    return this.#code;
  }

  /** Resolves when `stop` was called; rejects with the `reader.*` code with which the reader was lost. */
  async run(): Promise<void> {
    const { signal } = this.#stop;
    try {
      while (!signal.aborted) {
        this.#tell('ready');
        await this.#serveGuest();
        await this.#lookForCard();
      }
    } catch (cause) {
      if (signal.aborted) return;
      // Told before the port is given back, which a driver may take its time over.
      this.#code = asStationError(cause).code;
      this.#tell('trouble');
      throw cause;
    } finally {
      this.#guest?.refuse(new StationError('reader.unplugged'));
      this.#guest = undefined;
      await this.#module.close();
    }
  }

  /** Gives the reader back at once. */
  stop(): Promise<void> {
    this.#stop.abort();
    this.#wake.abort();
    return this.#module.close();
  }

  /**
   * Has the module tested between two looks for a card. Rejects with `reader.busy` while a card or a test is on it, else
   * as `testModule`.
   */
  selfTest(options: ModuleTestOptions = {}): Promise<ModuleTest> {
    if (this.#state !== 'ready' || this.#guest !== undefined || this.#stop.signal.aborted) {
      return Promise.reject(new StationError('reader.busy'));
    }
    return new Promise((resolve, reject) => {
      this.#guest = { run: () => testModule(this.#module, options).then(resolve, reject), refuse: reject };
      this.#wake.abort();
    });
  }

  get statuses(): RecordedModule['statuses'] {
    return this.#module.statuses;
  }

  get figures(): RecordedModule['figures'] {
    return this.#module.figures;
  }

  #tell(state: ReaderState['state']): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState();
  }

  async #serveGuest(): Promise<void> {
    await this.#guest?.run();
    this.#guest = undefined;
  }

  async #lookForCard(): Promise<void> {
    const isGone = await this.#readOnce();
    if (isGone !== undefined) {
      this.#tell('lift-card');
      await this.#waitForRemoval(isGone);
      return;
    }
    if (this.#guest !== undefined) return;
    this.#wake = new AbortController();
    await pause(AbortSignal.any([this.#stop.signal, this.#wake.signal]), this.#options.pace.findMs);
  }

  /** One find, and the reading of what it found. For a card that is done with, how to tell that it was lifted. */
  async #readOnce(): Promise<RemovalTest | undefined> {
    try {
      const card = await this.#cycle.read(() => this.#cardFound());
      this.#told = undefined;
      if (card === noCard) return undefined;
      await this.#present(card);
      return () => this.#cycle.readCardIsGone();
    } catch (cause) {
      return this.#cardTrouble(asStationError(cause));
    }
  }

  /** A test that waited for the gap between two looks would now wait for as long as the card lies there. */
  #cardFound(): void {
    this.#tell('reading');
    this.#guest?.refuse(new StationError('reader.busy'));
    this.#guest = undefined;
  }

  /** The card is shown before its newest address is asked for. */
  async #present(card: CardData): Promise<void> {
    const { promise: newestAddress, resolve } = Promise.withResolvers<string | undefined>();
    const { transport, model, samNumber } = this.#reader;
    this.#options.listener.onCard({ ...card, newestAddress }, { transport, samNumber, ...(model && { model }) });
    try {
      resolve(await this.#cycle.newestAddress());
    } finally {
      resolve(undefined);
    }
  }

  #cardTrouble(error: StationError): RemovalTest | undefined {
    // A module that cannot even look for a card is of no use; one that fails over a card may read the next.
    const isPassing = passing.has(error.code) && this.#state === 'reading';
    if (!error.code.startsWith('card.') && !isPassing) throw error;
    if (this.#told !== error.code) this.#options.listener.onCardTrouble(error.code, error.detail);
    this.#told = error.code;
    if (refusals.has(error.code)) return () => this.#cycle.refusedCardIsGone();
    // A card that is refused for what it is stays refused until it is lifted; an interrupted one is read again.
    return errorTable[error.code].class === 'ask-operator' ? () => this.#cycle.readCardIsGone() : undefined;
  }

  async #waitForRemoval(isGone: RemovalTest): Promise<void> {
    const { signal } = this.#stop;
    for (let [gone, looks] = [0, 1]; gone < removalAnswers; looks++) {
      await pause(signal, this.#options.pace.removalMs);
      if (signal.aborted) return;
      const bySelection = looks % selectionEvery > selectionEvery - 1 - removalAnswers;
      gone = (await (bySelection ? this.#cycle.cardIsGoneBySelection() : isGone())) ? gone + 1 : 0;
    }
    this.#told = undefined;
  }
}
