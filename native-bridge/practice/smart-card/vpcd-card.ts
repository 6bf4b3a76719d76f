import { connect, type Socket } from 'node:net';
import type { SmartCard } from './smart-card.ts';

/**
 * A card in a reader of the virtual reader driver (vsmartcard's vpcd): the driver listens on TCP, a card is a connection
 * to it. Both sides send two bytes of length, big-endian, and then so many bytes. One byte from the driver is a control
 * (0 power off, 1 power on, 2 reset, 4 give the ATR), anything longer is a command.
 */

const CONTROL = { powerOff: 0, powerOn: 1, reset: 2, giveAtr: 4 } as const;
const HEAD_BYTES = 2;

/** The driver's first slot; each further slot has the next port. */
export const VPCD_PORT = 35_963;

/**
 * What happens instead of an answer: other bytes, the card is taken away before it answers, or it never answers. It is
 * asked for each command with its count since the card was inserted (0 first) and the card's own answer.
 */
export type Interference = (
  command: Uint8Array,
  count: number,
  answer: Uint8Array,
) => Uint8Array | 'remove' | 'never-answer';

export interface InsertedCard {
  /** Commands so far, oldest first. */
  readonly commands: readonly Uint8Array[];
  /** Takes the card away; resolves when the line is closed. */
  remove(): Promise<void>;
}

/** Inserts a card into the slot with that port. Rejects when no driver listens there. */
export function insertCard(card: SmartCard, port: number = VPCD_PORT, interfere?: Interference): Promise<InsertedCard> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      // The driver ending is the reader being switched off; 'close' follows.
      socket.on('error', () => socket.destroy());
      resolve(new VpcdCard(socket, card, interfere));
    });
  });
}

class VpcdCard implements InsertedCard {
  readonly commands: Uint8Array[] = [];
  readonly #socket: Socket;
  readonly #card: SmartCard;
  readonly #interfere: Interference | undefined;
  #received = new Uint8Array();

  constructor(socket: Socket, card: SmartCard, interfere: Interference | undefined) {
    this.#socket = socket;
    this.#card = card;
    this.#interfere = interfere;
    socket.on('data', (bytes) => this.#receive(bytes));
  }

  remove(): Promise<void> {
    if (this.#socket.closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.destroy();
    });
  }

  #receive(bytes: Uint8Array): void {
    this.#received = Uint8Array.from([...this.#received, ...bytes]);
    for (;;) {
      const length = ((this.#received[0] ?? 0) << 8) | (this.#received[1] ?? 0);
      if (this.#received.length < HEAD_BYTES + length || this.#received.length < HEAD_BYTES) return;
      const message = this.#received.slice(HEAD_BYTES, HEAD_BYTES + length);
      this.#received = this.#received.slice(HEAD_BYTES + length);
      this.#take(message);
    }
  }

  #take(message: Uint8Array): void {
    if (message.length > 1) return this.#command(message);
    if (message[0] === CONTROL.giveAtr) this.#send(this.#card.atr);
    else if (message[0] === CONTROL.powerOn || message[0] === CONTROL.reset) this.#card.reset();
  }

  #command(command: Uint8Array): void {
    const answer = this.#card.answer(command);
    const outcome = this.#interfere?.(command, this.commands.length, answer) ?? answer;
    this.commands.push(command);
    if (outcome === 'remove') this.#socket.destroy();
    else if (outcome !== 'never-answer') this.#send(outcome);
  }

  #send(message: Uint8Array): void {
    const head = Uint8Array.of(message.length >> 8, message.length & 0xff);
    this.#socket.write(Uint8Array.from([...head, ...message]));
  }
}
