import { asStationError, StationError } from '../../contract/errors.ts';
import type { ByteLink } from '../transport/byte-link.ts';
import { extraWireMs, printSamNumber, samCommands, type SamCommand } from './commands.ts';
import { FrameParser, type SamAnswer } from './frames.ts';
import { samStatus } from './status.ts';

/** Resends of one request after a damaged or missing answer, before the fault is reported. */
const resends = 3;

interface Waiting {
  readonly resolve: (answer: SamAnswer) => void;
  readonly reject: (error: StationError) => void;
}

/** One security module behind an open line. One request is under way at a time. */
export class SamModule {
  readonly #link: ByteLink;
  readonly #baudRate: number;
  readonly #parser = new FrameParser();
  #waiting: Waiting | undefined;
  #closed = false;
  #closing: Promise<void> | undefined;

  constructor(link: ByteLink, baudRate = 115_200) {
    this.#link = link;
    this.#baudRate = baudRate;
    link.onBytes((bytes) => this.#receive(bytes));
    link.onClose(() => this.#lose());
  }

  get droppedBytes(): number {
    return this.#parser.droppedBytes;
  }

  /**
   * Sends one request and returns the module's answer, whatever its status. Rejects with `reader.no-answer`,
   * `reader.link-fault` or `reader.unplugged`.
   */
  async exchange(command: SamCommand): Promise<SamAnswer> {
    for (let resend = 0; ; resend++) {
      const answer = await this.#once(command).catch((error: unknown) => error as StationError);
      const fault = answer instanceof StationError ? answer : damaged(answer);
      if (fault === undefined) return answer as SamAnswer;
      if (fault.code === 'reader.unplugged' || resend === resends) throw fault;
    }
  }

  /** One attempt, for telling whether a module listens on this line at all. */
  async probe(waitMs: number): Promise<boolean> {
    return this.#once({ ...samCommands.status, waitMs }).then(
      () => true,
      () => false,
    );
  }

  /** The module's number as printed. The first answer after power-up is wrong on some modules, so two must agree. */
  async number(): Promise<string> {
    let previous: string | undefined;
    for (let attempt = 0; attempt < 4; attempt++) {
      const answer = await this.exchange(samCommands.number);
      const { class: meaning, code } = samStatus(answer.status);
      if (meaning === 'device') throw new StationError(code ?? 'reader.unknown-status');
      const number = meaning === 'ok' && answer.data.length === 16 ? printSamNumber(answer.data) : undefined;
      if (number !== undefined && number === previous) return number;
      previous = number;
    }
    throw new StationError('reader.link-fault', 'SAM number');
  }

  /** Gives the line back. What waits for an answer fails at once, whether or not the line can be closed in time. */
  close(): Promise<void> {
    this.#lose();
    this.#closing ??= this.#link.close();
    return this.#closing;
  }

  async #once(command: SamCommand): Promise<SamAnswer> {
    if (this.#closed) throw new StationError('reader.unplugged');
    this.#parser.clear();
    const answer = this.#expect(command);
    const waiting = this.#waiting;
    // Not waited for: on a wedged port a write never ends, and the answer's deadline is the only one.
    this.#link.write(command.request).catch((error: unknown) => waiting?.reject(asStationError(error)));
    return answer;
  }

  /** The next answer, no later than the command allows. */
  #expect(command: SamCommand): Promise<SamAnswer> {
    const waitMs = command.waitMs + extraWireMs(command.answerBytes, this.#baudRate);
    return new Promise<SamAnswer>((resolve, reject) => {
      const timer = setTimeout(
        () => this.#settle()?.reject(new StationError('reader.no-answer', command.name)),
        waitMs,
      );
      const settled = () => clearTimeout(timer);
      this.#waiting = {
        resolve: (value) => (settled(), resolve(value)),
        reject: (error) => (settled(), reject(error)),
      };
    });
  }

  #settle(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }

  #receive(bytes: Uint8Array): void {
    for (const answer of this.#parser.push(bytes, performance.now())) this.#settle()?.resolve(answer);
  }

  #lose(): void {
    this.#closed = true;
    this.#settle()?.reject(new StationError('reader.unplugged'));
  }
}

function damaged(answer: SamAnswer): StationError | undefined {
  const { class: meaning, code } = samStatus(answer.status);
  return meaning === 'resend' && code !== undefined ? new StationError(code) : undefined;
}
