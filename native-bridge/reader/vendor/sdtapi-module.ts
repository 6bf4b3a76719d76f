import { StationError } from '../../contract/errors.ts';
import { hostStatuses, libraryStatus, moduleStatus, moduleStatuses } from '../../contract/reader-status.ts';
import type { LineFigures, ReaderModule } from '../reader-module.ts';
import { samCommands, type SamCommand } from '../sam/commands.ts';
import type { SamAnswer } from '../sam/frames.ts';
import { closeLimitMs, endedWithin } from '../transport/time-limit.ts';
import type { HelperAnswer, HelperReady } from './helper-messages.ts';
import { type Helper, HelperFault } from './helper-process.ts';
import type { SdtFunctionName } from './sdt-functions.ts';

/** The library's function for each command, by the command's name. */
const functions: Readonly<Partial<Record<string, SdtFunctionName>>> = {
  [samCommands.reset.name]: 'SDT_ResetSAM',
  [samCommands.status.name]: 'SDT_GetSAMStatus',
  [samCommands.number.name]: 'SDT_GetSAMID',
  [samCommands.find.name]: 'SDT_StartFindIDCard',
  [samCommands.select.name]: 'SDT_SelectIDCard',
  [samCommands.readTextAndPhoto.name]: 'SDT_ReadBaseMsg',
  [samCommands.readTextPhotoAndFingerprint.name]: 'SDT_ReadBaseFPMsg',
  [samCommands.readNewestAddress.name]: 'SDT_ReadNewAppMsg',
};

/** What a module answers to a command that it does not know. */
const unknownCommand: SamAnswer = { status: 0x21, data: new Uint8Array() };

/** Resends after a damaged answer, before the module is reset and asked once more, as on a line of our own. */
const resends = 3;

/** Attempts at a short command that may stay without any answer. */
const silentAttempts = 3;

/** A command that may take longer than this is long: it is not repeated into silence. */
const longWaitMs = 1000;

/** The library waits for a silent module as long as it likes; all attempts at a short command end by then. */
const shortCommandMs = 2000;

/** A library has limits of its own; it is taken for hanging when it needs this much longer than the command, in ms. */
export const defaultSpareMs = 3000;

/** A function of the library, and the time in milliseconds that its command may take. */
interface Call {
  readonly name: SdtFunctionName;
  readonly waitMs: number;
}

interface RepeatedCall extends Call {
  /** Attempts that may stay without any answer. */
  readonly silentAttempts: number;
  /** No further attempt is made after this time of `performance.now()`. */
  readonly until: number;
}

const resetCall: Call = { name: 'SDT_ResetSAM', waitMs: samCommands.reset.waitMs };
const statusCall: Call = { name: 'SDT_GetSAMStatus', waitMs: samCommands.status.waitMs };

export interface SdtPort {
  readonly helper: Helper;
  /** Path of the library. */
  readonly library: string;
  /** 1..16 are serial ports, 1001..1016 USB. */
  readonly port: number;
  readonly spareMs: number;
}

/** Bytes that a module sends before data of several parts: the size of each, big-endian. */
function lengthHead(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap(({ length }) => [length >> 8, length & 0xff]));
}

/** The parts of an answer in the form in which the module itself sends them. */
function dataOf(outputs: readonly string[]): Uint8Array {
  const parts = outputs.map((output) => Buffer.from(output, 'base64'));
  return Uint8Array.from(Buffer.concat(parts.length > 1 ? [lengthHead(parts), ...parts] : parts));
}

function unknownValue(value: number): StationError {
  return new StationError('reader.unknown-status', `sdtapi ${(value >>> 0).toString(16)}`);
}

/**
 * The module's answer in a return value of the library. Throws the trouble of the line, which the library tells in the
 * same value; an unknown value of one byte is taken for the module's.
 */
function answerOf(value: number, outputs: readonly string[]): SamAnswer {
  const isModules = value in moduleStatuses || (!(value in hostStatuses) && value >= 0 && value <= 0xff);
  if (isModules)
    return { status: value, data: moduleStatus(value).class === 'ok' ? dataOf(outputs) : new Uint8Array() };
  const isKnown = value in hostStatuses || libraryStatus(value).code !== 'reader.unknown-status';
  throw isKnown ? new StationError(libraryStatus(value).code ?? 'reader.unknown-status') : unknownValue(value);
}

/** Passes an answer on. Throws when the module says that the request was damaged. */
function undamaged(answer: SamAnswer): SamAnswer {
  const { class: meaning, code } = moduleStatus(answer.status);
  if (meaning === 'resend' && code !== undefined) throw new StationError(code);
  return answer;
}

/** Rejects with `reader.no-answer` at a time of `performance.now()`; the call goes on in the library. */
async function answeredBy<T>(deadline: number, work: Promise<T>): Promise<T> {
  if (await endedWithin(work, deadline - performance.now())) return work;
  work.catch(() => undefined);
  throw new StationError('reader.no-answer');
}

/** The trouble that the operator can do something about: a library that hangs or crashes has lost its reader. */
export function asReaderTrouble(cause: unknown): StationError {
  if (cause instanceof StationError) return cause;
  const isStart = cause instanceof HelperFault && cause.kind === 'start';
  return new StationError(isStart ? 'reader.library-unusable' : 'reader.unplugged', undefined, { cause });
}

/** Calls a function of the library. Rejects with a `HelperFault`. */
function callSdt(
  { helper, library, port, spareMs }: SdtPort,
  name: SdtFunctionName,
  waitMs: number,
  within?: HelperReady,
): Promise<HelperAnswer> {
  return helper.run({ kind: 'sdt', library, function: name, port }, waitMs + spareMs, within);
}

/** A security module behind the makers' common library, on a port that was opened in the helper. */
export class SdtApiModule implements ReaderModule {
  readonly #port: SdtPort;
  /** The run of the helper in which the port is open. */
  readonly #within: HelperReady;
  #figures: LineFigures = { droppedBytes: 0, badChecks: 0, resends: 0 };
  #closing: Promise<void> | undefined;
  #isLost = false;
  #isClosed = false;
  #abandon: (error: StationError) => void = () => undefined;

  constructor(port: SdtPort, within: HelperReady) {
    this.#port = port;
    this.#within = within;
  }

  get figures(): LineFigures {
    return this.#figures;
  }

  /** Whether the library lost the port, or the process in which it was open. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Whether the library still holds the port: until it is lost, or closed for good. */
  get holdsPort(): boolean {
    return !this.#isLost && !this.#isClosed;
  }

  /**
   * Calls the library's function for the command and returns what the module's own answer would be. A command without a
   * function is answered with status 21. A damaged answer is asked for again up to three times, then once more after a
   * reset. A short command (find, status, number) without an answer is asked up to three times and fails with
   * `reader.no-answer` within 2 s, a long one once, after a look at the module's status. Rejects with a `reader.*` code;
   * a call that hangs or crashes with `reader.unplugged`.
   */
  async exchange(command: SamCommand): Promise<SamAnswer> {
    const name = functions[command.name];
    if (name === undefined) return unknownCommand;
    const { waitMs } = command;
    if (waitMs > longWaitMs) return this.#mended({ name, waitMs, silentAttempts: 1, until: Infinity });
    const until = performance.now() + shortCommandMs;
    return answeredBy(until, this.#mended({ name, waitMs, silentAttempts, until }));
  }

  /** Closes the port; a call under way fails at once. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#closePort();
    this.#abandon(new StationError('reader.unplugged'));
    return this.#closing;
  }

  /** Not waited for longer than on any line: a call that hangs is in front of it. */
  async #closePort(): Promise<void> {
    const closed = callSdt({ ...this.#port, spareMs: 0 }, 'SDT_ClosePort', closeLimitMs, this.#within);
    await endedWithin(closed, closeLimitMs);
    this.#isClosed = true;
  }

  async #mended(call: RepeatedCall): Promise<SamAnswer> {
    try {
      return await this.#repeated(call);
    } catch (cause) {
      const fault = asReaderTrouble(cause);
      // A module that is gone is told as such, instead of as one that was silent once.
      if (fault.code === 'reader.no-answer' && call.silentAttempts === 1) await this.#once(statusCall);
      if (fault.code !== 'reader.link-fault') throw fault;
      await this.#once(resetCall);
      return await this.#undamaged(call);
    }
  }

  async #repeated(call: RepeatedCall): Promise<SamAnswer> {
    let [damaged, silent] = [0, 0];
    for (;;) {
      try {
        return await this.#undamaged(call);
      } catch (cause) {
        const fault = asReaderTrouble(cause);
        if (fault.code === 'reader.link-fault') damaged++;
        else if (fault.code === 'reader.no-answer') silent++;
        else throw fault;
        if (damaged > resends || silent === call.silentAttempts || performance.now() >= call.until) throw fault;
        this.#figures = { ...this.#figures, resends: this.#figures.resends + 1 };
      }
    }
  }

  /** One attempt, whose answer is neither damaged nor says that the request was. */
  async #undamaged(call: Call): Promise<SamAnswer> {
    try {
      return undamaged(await this.#once(call));
    } catch (cause) {
      const fault = asReaderTrouble(cause);
      if (fault.code === 'reader.link-fault')
        this.#figures = { ...this.#figures, badChecks: this.#figures.badChecks + 1 };
      throw fault;
    }
  }

  async #once(call: Call): Promise<SamAnswer> {
    try {
      return await this.#answer(call);
    } catch (cause) {
      const fault = asReaderTrouble(cause);
      this.#isLost ||= fault.code === 'reader.unplugged' && this.#closing === undefined;
      throw fault;
    }
  }

  async #answer({ name, waitMs }: Call): Promise<SamAnswer> {
    if (this.#isLost || this.#closing !== undefined) throw new StationError('reader.unplugged');
    const abandoned = new Promise<never>((_, reject) => (this.#abandon = reject));
    const answer = await Promise.race([callSdt(this.#port, name, waitMs, this.#within), abandoned]);
    if (answer.kind === 'sdt') return answerOf(answer.value, answer.outputs);
    // An older library without the function is like an older module without the command.
    if (answer.kind === 'unusable' && answer.part === 'function') return unknownCommand;
    throw new StationError('reader.library-unusable');
  }
}

function openTrouble(value: number): StationError {
  return new StationError(libraryStatus(value).code ?? 'reader.port-unavailable', `sdtapi ${value.toString(16)}`);
}

/** Opens a port. Rejects with a `reader.*` code or a `HelperFault`. */
export async function openSdtPort(port: SdtPort): Promise<SdtApiModule> {
  const answer = await callSdt(port, 'SDT_OpenPort', samCommands.reset.waitMs);
  const { identity } = port.helper;
  if (answer.kind !== 'sdt' || identity === undefined) throw new StationError('reader.library-unusable');
  if (moduleStatus(answer.value).class !== 'ok') throw openTrouble(answer.value);
  return new SdtApiModule(port, identity);
}
