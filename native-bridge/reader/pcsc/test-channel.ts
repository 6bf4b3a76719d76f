import type { ApduChannel } from './apdu-channel.ts';

/** A channel in memory that remembers what was sent, as upper-case hex. */
export class TestChannel implements ApduChannel {
  readonly sent: string[] = [];
  readonly #answer: (command: Uint8Array) => Uint8Array;

  constructor(answer: (command: Uint8Array) => Uint8Array) {
    this.#answer = answer;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    this.sent.push(Buffer.from(command).toString('hex').toUpperCase());
    return this.#answer(command);
  }
}

/** Gives the answers (hex) one after another. */
export const scripted = (...answers: readonly string[]): TestChannel => {
  const left = [...answers];
  return new TestChannel(() => Uint8Array.from(Buffer.from(left.shift() ?? '6F00', 'hex')));
};
