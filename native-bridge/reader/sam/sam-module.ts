import { asStationError, StationError } from '../../contract/errors.ts';
import { moduleStatus } from '../../contract/reader-status.ts';
import type { LineFigures, ReaderModule } from '../reader-module.ts';
import type { ByteLink } from '../transport/byte-link.ts';
import { extraWireMs, samCommands, type SamCommand } from './commands.ts';
import { FrameParser, type SamAnswer } from './frames.ts';

/** Resends of one request after a damaged answer, before the module is reset and asked once more. */
const resends = 3;

/** Attempts that may stay without any answer: with 500 ms each, a reader that is gone is known within 2 s. */
const silentAttempts = 3;

/** A command that may take longer than this is not repeated into silence before the module has shown that it lives. */
const longWaitMs = 1000;

/** Makers' drivers wait this long for a module to answer even a short command. */
const slowestMs = 1500;

/** After a damaged frame the rest of it has passed when the line was quiet for this long. */
const quietMs = 100;

interface Waiting {
  readonly resolve: (answer: SamAnswer) => void;
  readonly reject: (error: StationError) => void;
}

/** One security module behind an open line of bytes. One request is under way at a time. */
export class SamModule implements ReaderModule {
  readonly #link: ByteLink;
  readonly #baudRate: number;
  readonly #parser = new FrameParser();
  #waiting: Waiting | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #lastByteAt = 0;
  #resends = 0;
  /** Requests that were sent and not answered yet: their answers must not be taken for the next command's. */
  #owed = 0;
  /** How long an answer that is owed may still take, in milliseconds. */
  #owedMs = 0;
  #paid: () => void = () => undefined;
  #closed = false;
  #closing: Promise<void> | undefined;

  constructor(link: ByteLink, baudRate = 115_200) {
    this.#link = link;
    this.#baudRate = baudRate;
    link.onBytes((bytes) => this.#receive(bytes));
    link.onClose(() => this.#lose());
  }

  get figures(): LineFigures {
    const { droppedBytes, badChecks } = this.#parser;
    return { droppedBytes, badChecks, resends: this.#resends };
  }

  /**
   * Sends one request and returns the module's answer, whatever its status. A damaged answer is asked for again up to
   * three times, then once more after a reset. Rejects with `reader.no-answer`, `reader.link-fault` or
   * `reader.unplugged`.
   */
  async exchange(command: SamCommand): Promise<SamAnswer> {
    if (this.#owed > 0) await this.#awaitOwed();
    try {
      return await this.#repeated(command);
    } catch (cause) {
      const fault = asStationError(cause);
      if (fault.code !== 'reader.link-fault') throw fault;
      await this.#once(samCommands.reset);
      return await this.#undamaged(command);
    }
  }

  /** One attempt, for telling whether a module listens on this line at all. */
  async probe(waitMs: number): Promise<boolean> {
    return this.#once({ ...samCommands.status, waitMs }).then(
      () => true,
      () => false,
    );
  }

  /** Gives the line back. What waits for an answer fails at once, whether or not the line can be closed in time. */
  close(): Promise<void> {
    this.#lose();
    this.#closing ??= this.#link.close();
    return this.#closing;
  }

  async #repeated(command: SamCommand): Promise<SamAnswer> {
    let [damaged, silent] = [0, 0];
    for (;;) {
      try {
        return await this.#undamaged(command);
      } catch (cause) {
        const fault = asStationError(cause);
        if (fault.code === 'reader.link-fault') damaged++;
        else if (fault.code === 'reader.no-answer') silent++;
        else throw fault;
        if (damaged > resends || silent === silentAttempts) throw fault;
        if (fault.code === 'reader.no-answer' && command.waitMs > longWaitMs) await this.#once(samCommands.status);
        this.#resends++;
      }
    }
  }

  /** One attempt, whose answer is neither damaged nor says that the request was. */
  async #undamaged(command: SamCommand): Promise<SamAnswer> {
    const answer = await this.#once(command);
    const { class: meaning, code } = moduleStatus(answer.status);
    if (meaning === 'resend' && code !== undefined) throw new StationError(code);
    return answer;
  }

  async #once(command: SamCommand): Promise<SamAnswer> {
    if (this.#closed) throw new StationError('reader.unplugged');
    this.#parser.clear();
    this.#owed++;
    const answer = this.#expect(command);
    const waiting = this.#waiting;
    // Not waited for: on a wedged port a write never ends, and the answer's deadline is the only one.
    this.#link.write(command.request).catch((error: unknown) => waiting?.reject(asStationError(error)));
    return answer;
  }

  /**
   * Lets the answers pass that a module still owes to the last command's attempts. One that does not come within the
   * time that the command allows was lost.
   */
  async #awaitOwed(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.#owedMs);
    this.#paid = resolve;
    await promise;
    clearTimeout(timer);
    this.#owed = 0;
  }

  /** The next answer, no later than the command allows. */
  #expect(command: SamCommand): Promise<SamAnswer> {
    const waitMs = command.waitMs + extraWireMs(command.answerBytes, this.#baudRate);
    this.#owedMs = Math.max(waitMs, slowestMs);
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

  #answered(answer: SamAnswer): void {
    this.#owed = Math.max(0, this.#owed - 1);
    this.#settle()?.resolve(answer);
    if (this.#owed === 0) this.#paid();
  }

  #settle(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    return waiting;
  }

  #receive(bytes: Uint8Array): void {
    this.#lastByteAt = performance.now();
    const badChecks = this.#parser.badChecks;
    for (const answer of this.#parser.push(bytes, this.#lastByteAt)) this.#answered(answer);
    if (this.#parser.badChecks > badChecks || this.#quiet !== undefined) this.#awaitQuiet();
  }

  /** A true answer may follow a broken frame at once; when the line falls silent instead, none will come. */
  #awaitQuiet(): void {
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    if (this.#waiting === undefined) return;
    this.#quiet = setTimeout(() => this.#settle()?.reject(new StationError('reader.link-fault')), quietMs);
  }

  #lose(): void {
    this.#closed = true;
    this.#paid();
    this.#settle()?.reject(new StationError('reader.unplugged'));
  }
}
