import type { ApduChannel } from './apdu-channel.ts';

/** What a reader's slot holds. */
export interface SlotState {
  readonly isPresent: boolean;
  /** A card is there but gives no answer to reset: it lies the wrong way round, or is broken. */
  readonly isMute: boolean;
  /** Counts insertions and removals, so that a quick exchange of cards is noticed; 0 where the system does not count. */
  readonly events: number;
}

export interface SlotWatcher {
  /** A reader has appeared or its slot has changed; called for every reader when watching begins. */
  changed(readerName: string, slot: SlotState): void;
  /** The reader was unplugged. */
  gone(readerName: string): void;
  /** The service ended; nothing more comes from it. */
  lost(): void;
}

/** A connection with the card in a reader. The card is ours alone until it is closed. */
export interface CardSession extends ApduChannel {
  readonly atr: Uint8Array;
  /** Gives the card back as it is. Never rejects, but waits for the command under way, and so for a wedged reader. */
  close(): Promise<void>;
}

/** The system's smart-card service (WinSCard, pcscd), connected. */
export interface SmartCardService {
  /** Rejects with `card.moved`, `other-card.unreadable`, `reader.busy` or another `reader.*` code. */
  connect(readerName: string): Promise<CardSession>;
  /** Ends watching; the watcher hears nothing more. Never throws. */
  stop(): void;
}

/** Connects with the service and watches all its readers. Rejects with `reader.pcsc-unavailable`. */
export type OpenSmartCardService = (watcher: SlotWatcher) => Promise<SmartCardService>;
