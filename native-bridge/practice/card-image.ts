/** What a card holds, as the module hands it over: bytes, not fields. */
export interface CardImage {
  /** 256 bytes UTF-16LE. */
  readonly text: Uint8Array;
  /** 1024 bytes. */
  readonly photo: Uint8Array;
  /** 0 bytes (no print on the card), 512 or 1024. */
  readonly fingerprint: Uint8Array;
  /** 70 bytes UTF-16LE, absent on most cards. */
  readonly newestAddress: Uint8Array | undefined;
  /** 16 to 32 opaque bytes that belong to the plastic, not to the person. */
  readonly bodyNumber: Uint8Array;
}

/** Thrown for a card whose blocks have a size that no real card has. */
export class CardImageError extends Error {
  readonly code = 'card-block-size';
}

/** Throws `CardImageError` unless every block has one of the sizes that the read commands can carry. */
export function checkCardImage(card: CardImage): void {
  requireSize('text', card.text, [256]);
  requireSize('photo', card.photo, [1024]);
  requireSize('fingerprint', card.fingerprint, [0, 512, 1024]);
  if (card.newestAddress) requireSize('newestAddress', card.newestAddress, [70]);
  if (card.bodyNumber.length < 16 || card.bodyNumber.length > 32) refuse('bodyNumber', card.bodyNumber, '16..32');
}

function requireSize(block: string, bytes: Uint8Array, allowed: readonly number[]): void {
  if (!allowed.includes(bytes.length)) refuse(block, bytes, allowed.join(' or '));
}

function refuse(block: string, bytes: Uint8Array, allowed: string): never {
  throw new CardImageError(`card block ${block} has ${bytes.length} bytes instead of ${allowed}`);
}
