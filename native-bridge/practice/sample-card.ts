import type { CardImage } from './card-image.ts';

/** A card for tests of the module, whose blocks are told apart by their filling (54 text, 50 photo, 46 print, ...). */
export function sampleCard(different: Partial<CardImage> = {}): CardImage {
  return {
    text: new Uint8Array(256).fill(0x54),
    photo: new Uint8Array(1024).fill(0x50),
    fingerprint: new Uint8Array(0),
    newestAddress: undefined,
    bodyNumber: new Uint8Array(24).fill(0x42),
    ...different,
  };
}
