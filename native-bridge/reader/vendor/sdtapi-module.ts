import { type ErrorCode, StationError } from '../../contract/errors.ts';
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

/** Resends after a damaged or missing answer, as on a line of our own. */
const resends = 3;

/** A library has limits of its own; it is taken for hanging when it needs this much longer than the command, in ms. */
export const defaultSpareMs = 3000;

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

/** A frame that did not arrive whole, on either side. */
const resendable: ReadonlySet<ErrorCode> = new Set(['reader.link-fault', 'reader.no-answer']);

function damage(answer: SamAnswer): StationError | undefined {
  const { class: meaning, code } = moduleStatus(answer.status);
  return meaning === 'resend' && code !== undefined ? new StationError(code) : undefined;
}

/** The trouble that the operator can do something about: a library that hangs or crashes has lost its reader. */
export function asReaderTrouble(cause: unknown): StationError {
  if (cause instanceof StationError) return cause;
  const isStart = cause instanceof HelperFault && cause.kind === 'start';
  return new StationError(isStart ? 'reader.library-unusable' : 'reader.unplugged', undefined, { cause });
}

/** Calls a function of the library. Rejects with a `HelperFault`. */
export function callSdt(
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
  #abandon: (error: StationError) => void = () => undefined;

  constructor(port: SdtPort, within: HelperReady) {
    this.#port = port;
    this.#within = within;
  }

  get figures(): LineFigures {
    return this.#figures;
  }

  /** Whether the port is open no more: it was closed, or the library lost it. */
  get isClosed(): boolean {
    return this.#isLost || this.#closing !== undefined;
  }

  /**
   * Calls the library's function for the command and returns what the module's own answer would be. A command without a
   * function is answered with status 21. Rejects with a `reader.*` code; a call that hangs or crashes with
   * `reader.unplugged`.
   */
  async exchange(command: SamCommand): Promise<SamAnswer> {
    const name = functions[command.name];
    if (name === undefined) return unknownCommand;
    for (let resend = 0; ; resend++) {
      const answer = await this.#once(name, command.waitMs).catch(asReaderTrouble);
      const fault = answer instanceof StationError ? answer : damage(answer);
      if (fault === undefined) return answer as SamAnswer;
      this.#isLost ||= fault.code === 'reader.unplugged';
      this.#count(fault, resend);
      if (!resendable.has(fault.code) || resend === resends) throw fault;
    }
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
  }

  #count({ code }: StationError, resend: number): void {
    const { badChecks, resends: before, droppedBytes } = this.#figures;
    const isAgain = resendable.has(code) && resend < resends;
    this.#figures = {
      droppedBytes,
      badChecks: badChecks + (code === 'reader.link-fault' ? 1 : 0),
      resends: before + (isAgain ? 1 : 0),
    };
  }

  async #once(name: SdtFunctionName, waitMs: number): Promise<SamAnswer> {
    if (this.isClosed) throw new StationError('reader.unplugged');
    const abandoned = new Promise<never>((_, reject) => (this.#abandon = reject));
    const answer = await Promise.race([callSdt(this.#port, name, waitMs, this.#within), abandoned]);
    if (answer.kind === 'sdt') return answerOf(answer.value, answer.outputs);
    // An older library without the function is like an older module without the command.
    if (answer.kind === 'unusable' && answer.part === 'function') return unknownCommand;
    throw new StationError('reader.library-unusable');
  }
}
