/**
 * What a card's answer to reset tells about how it must be read:
 * `identity-pages`  the storage card that a reader with its own security module shows instead of an identity card;
 * `identity-card`   an identity card on a reader without security module;
 * `storage`         a memory card, which knows no commands beyond its UID and blocks;
 * `processor`       anything else: a card with applications, or one that tells nothing.
 */
export type CardClass = 'identity-pages' | 'identity-card' | 'storage' | 'processor';

/** Interface bytes come in at most so many groups; a chain that is longer is no ATR. */
const mostGroups = 8;

/** The historical bytes of an ATR (ISO/IEC 7816-3); fewer than it announces when it is cut short. */
export function historicalBytes(atr: Uint8Array): Uint8Array {
  const format = atr[1] ?? 0;
  let position = 2;
  let present = format >> 4;
  for (let group = 0; present !== 0 && group < mostGroups; group++) {
    const bytes = [1, 2, 4, 8].filter((bit) => (present & bit) !== 0).length;
    const next = (present & 8) === 0 ? 0 : (atr[position + bytes - 1] ?? 0) >> 4;
    position += bytes;
    present = next;
  }
  return atr.subarray(position, position + (format & 0x0f));
}

const startsWith = (bytes: Uint8Array, head: readonly number[]) => head.every((byte, index) => bytes[index] === byte);

/** PC/SC part 3: status indicator 80, application identifier with the RID of the PC/SC workgroup. */
const storageCard = [0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06];
/** Place of the card name (two bytes) in the historical bytes of a storage card; in the ATR that is index 13. */
const cardNameOffset = 9;
/** Card names: that of the reader with a security module, and what one driver calls an identity card. */
const pagesName = [0x90, 0x00];
const identityName = [0xff, 0xb0];

/** Historical bytes of identity cards on ordinary readers (pcsc-tools list of 2026-06). */
const identityCards: readonly (readonly number[])[] = [
  [0x80, 0x4f, 0x03, 0xf0, 0x01, 0x00],
  // The card's ATQB: application data D1 03 86 05, protocol information 00 80 80.
  [0xd1, 0x03, 0x86, 0x05, 0x00, 0x80, 0x80],
];

/** How to read the card that gave this ATR. Never throws, whatever the bytes. */
export function cardClass(atr: Uint8Array): CardClass {
  const history = historicalBytes(atr);
  if (startsWith(history, storageCard)) {
    const name = history.subarray(cardNameOffset);
    if (startsWith(name, pagesName)) return 'identity-pages';
    return startsWith(name, identityName) ? 'identity-card' : 'storage';
  }
  return identityCards.some((head) => startsWith(history, head)) ? 'identity-card' : 'processor';
}
