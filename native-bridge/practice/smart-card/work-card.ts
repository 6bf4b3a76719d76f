import { hex, type SmartCard, startsWith, STATUS, success } from './smart-card.ts';

/** Mifare Classic 1K as PC/SC readers present it (card name 00 01). */
const CLASSIC_ATR = hex('3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 01 00 00 00 00 6A');

/** A contactless card with nothing but its UID. */
export function workCard(uid: Uint8Array, atr: Uint8Array = CLASSIC_ATR): SmartCard {
  return {
    atr,
    reset: () => undefined,
    answer: (command) => (startsWith(command, 'FFCA0000') ? success(uid) : STATUS.noCommand),
  };
}
