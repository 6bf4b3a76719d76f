import { StationError } from '../../contract/errors.ts';

/** Something that carries commands to a card and its answers back, one at a time. */
export interface ApduChannel {
  /**
   * Sends a command APDU (ISO/IEC 7816-4, short form) and returns the card's answer, data with the two status bytes.
   * Rejects with `card.moved`, or with a `reader.*` code when the reader is what failed.
   */
  transmit(command: Uint8Array): Promise<Uint8Array>;
}

export interface ApduAnswer {
  readonly data: Uint8Array;
  /** SW1 and SW2, for example 0x9000. */
  readonly status: number;
}

export const done = 0x9000;

/** A file of 64 KiB would take 256 answers; no record or page read here takes more than a few. */
const mostSteps = 8;

/** Some drivers answer for a card that was just taken away with nothing at all. */
function split(answer: Uint8Array): ApduAnswer {
  const [sw1, sw2] = answer.subarray(-2);
  if (sw1 === undefined || sw2 === undefined) throw new StationError('card.moved', 'empty answer');
  return { data: answer.slice(0, -2), status: (sw1 << 8) | sw2 };
}

/** Whether the command ends in an expected length: header only, or header, data and one more byte. */
const hasExpectedLength = (command: Uint8Array) =>
  command.length === 5 || (command.length > 5 && command.length === 6 + (command[4] ?? 0));

function withExpectedLength(command: Uint8Array, length: number): Uint8Array {
  const rest = hasExpectedLength(command) ? command.subarray(0, -1) : command;
  return Uint8Array.of(...rest, length);
}

const getResponse = (length: number) => Uint8Array.of(0x00, 0xc0, 0x00, 0x00, length);

/**
 * Sends a command and follows the card's transport answers: 61xx (more is waiting), 6Cxx (ask for exactly so many).
 * Rejects like the channel, and with `other-card.unreadable` when there is no end to them.
 */
export async function exchange(channel: ApduChannel, command: Uint8Array): Promise<ApduAnswer> {
  const parts: Uint8Array[] = [];
  let next = command;
  for (let step = 0; step < mostSteps; step++) {
    const { data, status } = split(await channel.transmit(next));
    const count = status & 0xff;
    if (status >> 8 === 0x6c) next = withExpectedLength(next, count);
    else {
      parts.push(data);
      if (status >> 8 !== 0x61) return { data: concatenated(parts), status };
      next = getResponse(count);
    }
  }
  throw new StationError('other-card.unreadable', 'transport answers without end');
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** SELECT by name of an application, with or without the wish for its description (Le). */
export function selectByName(name: Uint8Array, wantsDescription: boolean): Uint8Array {
  return Uint8Array.of(0x00, 0xa4, 0x04, 0x00, name.length, ...name, ...(wantsDescription ? [0x00] : []));
}

/** Four digits of status for support; a status is never personal. */
export const statusText = (status: number): string => `SW ${status.toString(16).padStart(4, '0')}`;
