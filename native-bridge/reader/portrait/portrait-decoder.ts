import type { Portrait } from '../../contract/card.ts';

/** Bytes of a card's photo block. */
export const photoBytes = 1024;

/** Turns the chip's 1024-byte photo block into a picture, or says why it cannot. Never rejects. */
export interface PortraitDecoder {
  decode(block: Uint8Array): Promise<Portrait>;
}

/** The station without a vendor's photo library: text is read in full, the photo stays undecoded. */
export const noPortraitDecoder: PortraitDecoder = {
  decode: () => Promise.resolve({ state: 'missing', code: 'portrait.no-decoder' }),
};
