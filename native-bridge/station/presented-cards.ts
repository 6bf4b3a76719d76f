import { asStationError, StationError } from '../contract/errors.ts';
import type { OtherCard } from '../contract/other-card.ts';
import type { PortraitDecoder } from '../reader/portrait/portrait-decoder.ts';
import type { PresentedCard, PresentingReader } from '../reader/reader-service.ts';
import type { firstReading } from './card-desk.ts';
import type { EnrolmentDesk } from './enrolment-desk.ts';

type CardReading = ReturnType<typeof firstReading>;

export interface PresentedCardsOptions {
  /** In practice only cards of the virtual reader have a place; undefined: a real project. */
  readonly practiceSamNumber: string | undefined;
  /** Throws while nobody is at the desk; a card that is laid on is a sign of life. */
  readonly demandSomebody: () => void;
  readonly decoder: PortraitDecoder;
  readonly desk: Pick<EnrolmentDesk, 'cardRead' | 'cardCompleted'>;
  readonly firstReading: (card: PresentedCard, reader: PresentingReader) => CardReading;
  readonly onPortrait: () => void;
  readonly onOtherCard: (card: OtherCard) => void;
  readonly onTrouble: (error: StationError) => void;
}

/** Brings what the readers present to the enrolment at the desk. */
export class PresentedCards {
  readonly #options: PresentedCardsOptions;
  #completing: Promise<unknown> = Promise.resolve();

  constructor(options: PresentedCardsOptions) {
    this.#options = options;
  }

  /** The text is shown and stored at once; portrait and newest address follow and hold nothing up. */
  presented(card: PresentedCard, reader: PresentingReader): void {
    const { practiceSamNumber, demandSomebody, desk, firstReading, onTrouble } = this.#options;
    try {
      demandSomebody();
      if (practiceSamNumber !== undefined && reader.samNumber !== practiceSamNumber)
        throw new StationError('card.real-in-practice');
      const reading = firstReading(card, reader);
      desk.cardRead(reading);
      this.#completing = Promise.all([this.#completing, this.#addPortrait(reading.readAt, card)]);
      void this.#addAddress(reading.readAt, card);
    } catch (cause) {
      card.photoBlock.fill(0);
      onTrouble(asStationError(cause));
    }
  }

  /** A real bank or social-security card has no more place in practice than a real identity card. */
  presentedOther(card: OtherCard): void {
    const { practiceSamNumber, onOtherCard, onTrouble } = this.#options;
    if (practiceSamNumber === undefined) onOtherCard(card);
    else onTrouble(new StationError('card.real-in-practice'));
  }

  /** Resolves when every portrait that is being decoded has reached its draft. */
  async completed(): Promise<void> {
    await this.#completing;
  }

  async #addPortrait(readAt: string, card: PresentedCard): Promise<void> {
    const { decoder, desk, onPortrait, onTrouble } = this.#options;
    try {
      desk.cardCompleted(readAt, { portrait: await decoder.decode(card.photoBlock) });
      onPortrait();
    } catch (cause) {
      onTrouble(asStationError(cause));
    } finally {
      // It is the portrait of a person; where a draft keeps that, it is in the encrypted file.
      card.photoBlock.fill(0);
    }
  }

  async #addAddress(readAt: string, card: PresentedCard): Promise<void> {
    const newestAddress = await card.newestAddress;
    if (newestAddress === undefined) return;
    try {
      this.#options.desk.cardCompleted(readAt, { newestAddress });
    } catch (cause) {
      this.#options.onTrouble(asStationError(cause));
    }
  }
}
