import { join, type SmartCard, startsWith } from './smart-card.ts';

/**
 * Habits of cards and readers between command and answer. Each wraps a card and says the same in another way:
 * `get-response` announces data with 61xx and gives it when asked (T=0), `exact-length` wants to be asked for exactly the
 * bytes it has (6Cxx).
 */

const OUT_OF_DATA = 0x90;

/** Data is fetched in pieces of at most `pieceBytes`. */
export function withGetResponse(card: SmartCard, pieceBytes = 256): SmartCard {
  let waiting = new Uint8Array();
  const announce = (): Uint8Array => Uint8Array.of(0x61, Math.min(waiting.length, pieceBytes) & 0xff);
  const fetch = (): Uint8Array => {
    const piece = waiting.slice(0, pieceBytes);
    waiting = waiting.slice(pieceBytes);
    return join(piece, waiting.length > 0 ? announce() : Uint8Array.of(OUT_OF_DATA, 0x00));
  };
  return {
    atr: card.atr,
    reset: () => card.reset(),
    answer: (command) => {
      if (startsWith(command, '00C0')) return fetch();
      const answer = card.answer(command);
      const hasData = answer.length > 2 && answer.at(-2) === OUT_OF_DATA;
      if (!hasData) return answer;
      waiting = answer.slice(0, -2);
      return announce();
    },
  };
}

/** The last byte of a command is taken for the length it asks for; 00 means 256. */
export function withExactLength(card: SmartCard): SmartCard {
  return {
    atr: card.atr,
    reset: () => card.reset(),
    answer: (command) => {
      const answer = card.answer(command);
      const bytes = answer.length - 2;
      const asked = command.length === 5 ? (command[4] ?? 0) || 256 : bytes;
      return bytes === 0 || asked === bytes ? answer : Uint8Array.of(0x6c, bytes & 0xff);
    },
  };
}
