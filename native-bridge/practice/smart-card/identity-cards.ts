import { hex, join, type SmartCard, startsWith, STATUS, success } from './smart-card.ts';

/** Storage card by whose name (90 00) a reader with a security module presents an identity card. */
const PAGES_ATR = hex('3B 8F 80 01 80 4F 0C A0 00 00 03 06 11 90 00 00 00 00 00 96');
const PAGE_BYTES = 256;

/** Identity card in a reader that has a security module: text and photo as pages of one file. */
export function identityPagesCard(text: Uint8Array, photo: Uint8Array): SmartCard {
  const lengths = Uint8Array.of(text.length >> 8, text.length & 0xff, photo.length >> 8, photo.length & 0xff);
  const file = join(lengths, text, photo);
  return {
    atr: PAGES_ATR,
    reset: () => undefined,
    answer: (command) => {
      if (!startsWith(command, 'FFB0')) return STATUS.noClass;
      const page = file.slice((command[2] ?? 0) * PAGE_BYTES, ((command[2] ?? 0) + 1) * PAGE_BYTES);
      return page.length > 0 ? success(page) : STATUS.wrongParameter;
    },
  };
}

/** ATRs of an identity card on readers without security module (pcsc-tools list of 2026-06), and one of no list. */
export const ORDINARY_IDENTITY_ATRS = {
  short: hex('3B 86 80 01 80 4F 03 F0 01 00 3A'),
  atqb: hex('3B 88 80 01 D1 03 86 05 00 80 80 00 58'),
  storage: hex('3B 8F 80 01 80 4F 0C A0 00 00 03 06 07 FF B0 00 00 00 00 20'),
  unlisted: hex('3B 80 80 01 01'),
} as const;

/** Identity card on an ordinary reader: a random number, the chip's serial number and a UID of zeros. */
export function ordinaryIdentityCard(
  chipSerial: Uint8Array,
  atr: Uint8Array = ORDINARY_IDENTITY_ATRS.short,
): SmartCard {
  return {
    atr,
    reset: () => undefined,
    answer: (command) => {
      if (startsWith(command, '0084')) return success(hex('0123456789ABCDEF'));
      if (startsWith(command, '0036')) return success(chipSerial);
      return startsWith(command, 'FFCA') ? success(new Uint8Array(4)) : STATUS.noCommand;
    },
  };
}
