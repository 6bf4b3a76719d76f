import type { CardFields, Fingerprint } from '../contract/card.ts';
import { asStationError, type ErrorCode, StationError } from '../contract/errors.ts';
import { moduleStatus } from '../contract/reader-status.ts';
import { cardText, type EthnicGroups, readCardText, textBytes } from './card/card-text.ts';
import { readFingerprints } from './card/fingerprints.ts';
import { photoBytes } from './portrait/portrait-decoder.ts';
import type { ReaderModule } from './reader-module.ts';
import { samCommands, type SamCommand } from './sam/commands.ts';
import type { SamAnswer } from './sam/frames.ts';

/** What one presentation of a card gave at once; its newest address and its portrait come after it. */
export interface CardData {
  readonly fields: CardFields;
  readonly photoBlock: Uint8Array;
  /** Which fingers have a record; undefined where the reader did not read that. */
  readonly fingerprints: readonly Fingerprint[] | undefined;
  /** From the find answer that saw the card to the answer with text and photo, in milliseconds. */
  readonly readMs: number;
  /** Status bytes of this reading in their order. */
  readonly statusPath: readonly number[];
}

/** A find that saw no card. */
export const noCard = Symbol('no card');

/** Random-number and selection hiccups pass when the cycle begins again at find. */
const restarts = 2;

/** Lengths of text, photo and fingerprint in the head of an answer, big-endian. */
const lengthBytes = 2;

function fail(answer: SamAnswer): never {
  const { class: meaning, code } = moduleStatus(answer.status);
  const hex = answer.status.toString(16).padStart(2, '0');
  throw new StationError(code ?? (meaning === 'poll' ? 'card.moved' : 'reader.unknown-status'), `SW3 ${hex}`);
}

const meaningOf = (answer: SamAnswer) => moduleStatus(answer.status).class;

/** The blocks that the answer's head announces. Throws `card.length-wrong` unless they are there to the byte. */
function blocksOf(data: Uint8Array, count: number): readonly Uint8Array[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const headBytes = count * lengthBytes;
  if (data.length < headBytes) throw new StationError('card.length-wrong');
  const blocks: Uint8Array[] = [];
  let offset = headBytes;
  for (let index = 0; index < count; index++) {
    const length = view.getUint16(index * lengthBytes);
    blocks.push(data.slice(offset, offset + length));
    offset += length;
  }
  const [text, photo] = blocks;
  if (offset !== data.length || text?.length !== textBytes || photo?.length !== photoBytes) {
    throw new StationError('card.length-wrong');
  }
  return blocks;
}

/** The blocks, with the answer they came in wiped. */
function takenBlocks(data: Uint8Array, count: number): readonly Uint8Array[] {
  try {
    return blocksOf(data, count);
  } finally {
    data.fill(0);
  }
}

/** The card was moved while it was read: the operator is told at once, before it is tried again. */
const readingFailed = 0x41;

/** The cheap read's answers that say that the card is gone: reading failed, or no card. */
const goneStatuses: ReadonlySet<number> = new Set([readingFailed, 0x81, 0x80, 0x34]);

/** While a card lies there its removal is looked for often, so a module that fell silent is to be known soon. */
const removalRead: SamCommand = { ...samCommands.readNewestAddress, waitMs: 500 };

/** Failures that pass when the cycle begins again at find, as long as the card lies there. */
const restartable: ReadonlySet<ErrorCode> = new Set([
  'card.moved',
  'card.lay-again',
  'card.authentication-failed',
  'reader.unknown-status',
  'reader.module-fault',
]);

/** The steps of reading cards on one module; knows what that module can and where it stands. */
export class CardCycle {
  readonly #module: ReaderModule;
  readonly #ethnicGroups: () => EthnicGroups;
  #readsFingerprints: boolean;
  /** The record of the card that is being read failed its check: text and photo are read without it. */
  #skipsFingerprints = false;
  #path: number[] = [];

  /** `readsFingerprints` is false where 1024 more bytes would keep the operator waiting. */
  constructor(module: ReaderModule, ethnicGroups: () => EthnicGroups, readsFingerprints: boolean) {
    this.#module = module;
    this.#ethnicGroups = ethnicGroups;
    this.#readsFingerprints = readsFingerprints;
  }

  /**
   * Finds, selects and reads one card. Returns `noCard` when none lies there; throws a `StationError` of a `card.*` code
   * when reading failed, `reader.*` when the reader did. A selection that failed is begun again at find; what the module
   * says against the card itself (statuses 32 and 33) is never tried again.
   */
  async read(onFound: () => void): Promise<CardData | typeof noCard> {
    this.#path = [];
    this.#skipsFingerprints = false;
    if (!(await this.#find())) return noCard;
    const foundAt = performance.now();
    onFound();
    for (let restart = 0; ; restart++) {
      try {
        return await this.#selectAndRead(foundAt);
      } catch (error) {
        const { code } = asStationError(error);
        if (code === 'reader.module-fault') await this.#module.exchange(samCommands.reset);
        const isOver = restart === restarts || !restartable.has(code) || this.#path.at(-1) === readingFailed;
        if (isOver || !(await this.#find())) throw error;
      }
    }
  }

  /** The newest added address; none on most cards, and never a reason to refuse one. */
  async newestAddress(): Promise<string | undefined> {
    const answer = await this.#module.exchange(samCommands.readNewestAddress);
    if (meaningOf(answer) !== 'ok') return undefined;
    return cardText(answer.data) || undefined;
  }

  /**
   * Whether the card that was read has left the field. Find cannot tell (most modules answer 80 until the card is
   * lifted), a cheap read can, where the module knows it.
   */
  async readCardIsGone(): Promise<boolean> {
    const answer = await this.#module.exchange(removalRead);
    const meaning = meaningOf(answer);
    if (meaning === 'ok' || meaning === 'empty') return false;
    if (meaning === 'device') fail(answer);
    if (goneStatuses.has(answer.status)) return true;
    if (meaning === 'reset') await this.#module.exchange(samCommands.reset);
    return this.cardIsGoneBySelection();
  }

  /** The same by selecting the card and, where that fails, finding it: for modules whose cheap read tells nothing. */
  async cardIsGoneBySelection(): Promise<boolean> {
    const selected = await this.#module.exchange(samCommands.select);
    if (meaningOf(selected) === 'ok') return false;
    const found = await this.#module.exchange(samCommands.find);
    if (meaningOf(found) === 'device') fail(found);
    return meaningOf(found) !== 'ok';
  }

  /**
   * Whether a card that the module refused has left the field. The cheap read cannot tell, as nothing is selected after
   * a refusal. Find can: it sees the card as long as it lies there, and where a module hides a refused card as it hides
   * one that was read, it goes on hiding it until the card was lifted.
   */
  async refusedCardIsGone(): Promise<boolean> {
    const answer = await this.#module.exchange(samCommands.find);
    const meaning = meaningOf(answer);
    if (meaning === 'device') fail(answer);
    if (meaning === 'reset') await this.#module.exchange(samCommands.reset);
    return meaning === 'poll';
  }

  /** Asks once whether a card lies on the reader. Throws when the module is unusable. */
  async #find(): Promise<boolean> {
    const answer = await this.#step(samCommands.find);
    const meaning = meaningOf(answer);
    if (meaning === 'ok') return true;
    if (meaning === 'poll') return false;
    if (meaning !== 'reset') return fail(answer);
    await this.#module.exchange(samCommands.reset);
    return false;
  }

  async #selectAndRead(foundAt: number): Promise<CardData> {
    const selected = await this.#step(samCommands.select);
    if (meaningOf(selected) !== 'ok') fail(selected);
    const [text, photoBlock, prints] = await this.#content();
    if (text === undefined || photoBlock === undefined) throw new StationError('card.length-wrong');
    const readMs = performance.now() - foundAt;
    const fields = readCardText(text, this.#ethnicGroups());
    const fingerprints = prints && readFingerprints(prints);
    // Neither is needed any more, and must not be found in memory later.
    text.fill(0);
    prints?.fill(0);
    return { fields, photoBlock, fingerprints, readMs, statusPath: [...this.#path] };
  }

  /** Text, photo and, where the module reads them, fingerprints. */
  async #content(): Promise<readonly Uint8Array[]> {
    if (this.#readsFingerprints && !this.#skipsFingerprints) {
      const answer = await this.#step(samCommands.readTextPhotoAndFingerprint);
      const meaning = meaningOf(answer);
      if (meaning === 'ok') return takenBlocks(answer.data, 3);
      if (meaning === 'unsupported') this.#readsFingerprints = false;
      else if (meaning === 'partial') this.#skipsFingerprints = true;
      else fail(answer);
    }
    const answer = await this.#step(samCommands.readTextAndPhoto);
    return meaningOf(answer) === 'ok' ? takenBlocks(answer.data, 2) : fail(answer);
  }

  async #step(command: SamCommand): Promise<SamAnswer> {
    const answer = await this.#module.exchange(command);
    this.#path.push(answer.status);
    return answer;
  }
}
