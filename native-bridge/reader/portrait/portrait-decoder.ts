import type { Portrait } from '../../contract/card.ts';
import type { PortraitDecoderState } from '../../contract/reader.ts';

/** Bytes of a card's photo block. */
export const photoBytes = 1024;

/** Turns the chip's 1024-byte photo block into a picture, or says why it cannot. Never rejects. */
export interface PortraitDecoder {
  decode(block: Uint8Array): Promise<Portrait>;
  /** Which decoder there is, if any, after a test where that is possible. Never rejects. */
  state(): Promise<PortraitDecoderState>;
}
