import { asStationError, type ErrorCode, StationError } from '../../contract/errors.ts';
import type { OtherCard } from '../../contract/other-card.ts';
import { closeLimitMs, endedWithin } from '../transport/time-limit.ts';
import type { ApduChannel } from './apdu-channel.ts';
import type { IdentityData } from './identity-pages.ts';
import { type PresentedCard, readPresentedCard } from './presented-card.ts';
import type { CardSession, SlotState, SmartCardService } from './smart-card-service.ts';

export interface PcscTrouble {
  readonly code: ErrorCode;
  readonly readerName: string;
  /** Serial number of the identity card's chip, 16 hex digits, where an ordinary reader could get it. */
  readonly chipSerial?: string;
}

/** What hears of the cards. Each of these is called at most once a presentation, `onRemoved` always last. */
export interface CardListener {
  /** `readMs` runs from the card being noticed to its last page. */
  onIdentityCard(data: IdentityData, reader: { readonly name: string; readonly readMs: number }): void;
  onOtherCard(card: OtherCard): void;
  onCardTrouble(trouble: PcscTrouble): void;
  onRemoved(readerName: string): void;
}

/** `lift-card`: what lies there was dealt with; it stays so until the card is taken away. */
export type SlotPhase =
  { readonly state: 'ready' | 'reading' | 'lift-card' } | { readonly state: 'trouble'; readonly code: ErrorCode };

/** Limits of one presentation. Reading all pages of an identity card takes about a second. */
const connectLimitMs = 10_000;
const commandLimitMs = 5_000;
const sessionLimitMs = 20_000;
/** Windows itself looks at each new card for a moment; then the slot is free. */
const busyAttempts = 10;
const busyPauseMs = 200;

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** One reader's slot: reads each card once a presentation and one card at a time. */
export class CardSlot {
  readonly name: string;
  readonly #service: SmartCardService;
  readonly #listener: CardListener;
  readonly #onPhase: () => void;
  #phase: SlotPhase = { state: 'ready' };
  #slot: SlotState = { isPresent: false, isMute: false, events: 0 };
  #queue: Promise<void> = Promise.resolve();
  /** Ends when the reader has let go of the last session; a wedged one never does. */
  #released: Promise<void> = Promise.resolve();
  #isGone = false;

  constructor(name: string, service: SmartCardService, listener: CardListener, onPhase: () => void) {
    this.name = name;
    this.#service = service;
    this.#listener = listener;
    this.#onPhase = onPhase;
  }

  get phase(): SlotPhase {
    return this.#phase;
  }

  /** Takes over what the slot holds now. What follows from it happens in the order of these calls. */
  change(slot: SlotState): void {
    const before = this.#slot;
    this.#slot = slot;
    const wasMute = before.isMute && !slot.isMute;
    const isOther = slot.isPresent && (!before.isPresent || wasMute || slot.events !== before.events);
    if (before.isPresent && (isOther || !slot.isPresent)) this.#enqueue(() => this.#remove());
    if (isOther) this.#enqueue(() => this.#present(slot));
  }

  /** The reader or the service is gone. Resolves when the reading under way has ended, which then counts for nothing. */
  async leave(): Promise<void> {
    this.#isGone = true;
    if (this.#slot.isPresent) this.#listener.onRemoved(this.name);
    await this.#queue;
  }

  #enqueue(step: () => void | Promise<void>): void {
    this.#queue = this.#queue.then(() => (this.#isGone ? undefined : step()));
  }

  #remove(): void {
    this.#enter({ state: 'ready' });
    this.#listener.onRemoved(this.name);
  }

  async #present({ isMute }: SlotState): Promise<void> {
    this.#enter({ state: 'reading' });
    const seenAt = performance.now();
    try {
      if (isMute) throw new StationError('other-card.unreadable', 'mute');
      const card = await this.#read();
      if (!this.#isGone) this.#deliver(card, performance.now() - seenAt);
    } catch (error) {
      if (!this.#isGone) this.#fail(asStationError(error).code);
    }
  }

  #deliver(card: PresentedCard, readMs: number): void {
    this.#enter({ state: 'lift-card' });
    if (card.kind === 'identity') this.#listener.onIdentityCard(card.data, { name: this.name, readMs });
    else if (card.kind === 'others') card.cards.forEach((other) => this.#listener.onOtherCard(other));
    else {
      const { chipSerial } = card;
      const serial = chipSerial === undefined ? {} : { chipSerial };
      this.#listener.onCardTrouble({ code: 'card.wrong-reader', readerName: this.name, ...serial });
    }
  }

  #fail(code: ErrorCode): void {
    this.#enter(code.startsWith('reader.') ? { state: 'trouble', code } : { state: 'lift-card' });
    this.#listener.onCardTrouble({ code, readerName: this.name });
  }

  #enter(phase: SlotPhase): void {
    this.#phase = phase;
    this.#onPhase();
  }

  async #read(): Promise<PresentedCard> {
    // One that still holds the reader would hold another thread each time.
    if (!(await endedWithin(this.#released, commandLimitMs))) throw new StationError('reader.no-answer', 'session');
    const session = await this.#connect();
    try {
      const seen = { readerName: this.name, readAt: new Date().toISOString() };
      return await readPresentedCard(this.#limited(session), session.atr, seen);
    } finally {
      this.#released = session.close();
      await endedWithin(this.#released, closeLimitMs);
    }
  }

  async #connect(): Promise<CardSession> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#connectOnce();
      } catch (error) {
        const isBusy = error instanceof StationError && error.code === 'reader.busy';
        if (!isBusy || attempt === busyAttempts || this.#isGone) throw error;
        await pause(busyPauseMs);
      }
    }
  }

  async #connectOnce(): Promise<CardSession> {
    const connecting = this.#service.connect(this.name);
    if (await endedWithin(connecting, connectLimitMs)) return connecting;
    // Whenever it comes after all, nobody wants it any more.
    this.#released = connecting.then(
      (session) => session.close(),
      () => undefined,
    );
    throw new StationError('reader.no-answer', 'connect');
  }

  /** A channel on which no command, and not all of them together, takes longer than it may. */
  #limited(channel: ApduChannel): ApduChannel {
    const end = performance.now() + sessionLimitMs;
    return {
      transmit: async (command) => {
        if (this.#isGone) throw new StationError('reader.unplugged');
        const answering = channel.transmit(command);
        if (await endedWithin(answering, Math.min(commandLimitMs, end - performance.now()))) return answering;
        throw new StationError('reader.no-answer', 'command');
      },
    };
  }
}
