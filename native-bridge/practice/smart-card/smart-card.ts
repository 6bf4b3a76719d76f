/** A card that answers commands (ISO/IEC 7816-4), as a chip does: bytes in, bytes with two status bytes out. */
export interface SmartCard {
  readonly atr: Uint8Array;
  /** Power has come or the card was reset: nothing is selected any more. */
  reset(): void;
  answer(command: Uint8Array): Uint8Array;
}

export const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits.replaceAll(' ', ''), 'hex'));

export const ascii = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'ascii'));

export const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

/** The beginning of a command as hex digits, for telling commands apart. */
export const startsWith = (command: Uint8Array, digits: string): boolean =>
  Buffer.from(command).toString('hex').startsWith(digits.replaceAll(' ', '').toLowerCase());

/** An answer without fault: data and 9000. */
export const success = (...data: readonly Uint8Array[]): Uint8Array => join(...data, STATUS.done);

export const STATUS = {
  done: hex('9000'),
  locked: hex('6982'),
  conditions: hex('6985'),
  noFile: hex('6A82'),
  noRecord: hex('6A83'),
  noCommand: hex('6D00'),
  noClass: hex('6E00'),
  wrongParameter: hex('6B00'),
} as const;

/** The data of a command with Lc; empty for one without. */
export const commandData = (command: Uint8Array): Uint8Array => command.slice(5, 5 + (command[4] ?? 0));
