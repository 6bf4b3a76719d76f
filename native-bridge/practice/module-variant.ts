/** What makes a module find a card again that it has read and that was not lifted. Lifting always does. */
export const CARD_HIDING = ['until-reset', 'until-lifted', 'until-antenna', 'never'] as const;

/** Ways in which modules in the field differ from each other. */
export interface ModuleVariant {
  /**
   * How long a card that was read is hidden from find (80): until it is lifted, until the module is reset (default), until
   * the antenna is switched off and on (`FA 11`, a maker's command that only such a module knows), or not at all.
   */
  readonly hidesReadCard?: (typeof CARD_HIDING)[number] | undefined;
  /** The first module number after power-up is wrong. */
  readonly firstNumberWrong?: boolean | undefined;
  /** False: `30 10` is answered with 21. Default true. */
  readonly readsFingerprint?: boolean | undefined;
  /** `30 10` is answered with 37, with text and photo or without anything. */
  readonly damagedFingerprint?: 'with-text' | 'bare' | undefined;
  /** `30 02` is answered with the card's four slots of added addresses instead of 21. */
  readonly readsAddedInformation?: boolean | undefined;
  /** Length of the answer to `30 05`, 16 to 32 bytes. Default: as the card has it. */
  readonly bodyNumberBytes?: number | undefined;
}

/** Slots of added addresses on a card, 70 bytes of UTF-16LE each. */
const ADDRESS_SLOTS = 4;
const SLOT_BYTES = 70;
const SPACE_LOW_BYTE = 0x20;

/** The four slots of a card, the newest address in the first one, the others blank. */
export function addedInformation(newestAddress: Uint8Array): Uint8Array {
  const slots = new Uint8Array(ADDRESS_SLOTS * SLOT_BYTES);
  for (let offset = 0; offset < slots.length; offset += 2) slots[offset] = SPACE_LOW_BYTE;
  slots.set(newestAddress);
  return slots;
}

/** A body number cut or filled up with zeros to the length that the module gives. */
export function bodyNumberAs(bytes: number | undefined, bodyNumber: Uint8Array): Uint8Array {
  if (bytes === undefined) return bodyNumber;
  const sized = new Uint8Array(bytes);
  sized.set(bodyNumber.subarray(0, bytes));
  return sized;
}

/** A number of the right length that is not the module's. */
export function wrongNumber(samNumber: Uint8Array): Uint8Array {
  return samNumber.map((byte) => byte ^ 0x5a);
}
