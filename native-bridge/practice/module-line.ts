import { TroubledAnswers, type LineTrouble } from './line-trouble.ts';
import { encodeAnswer, RequestScanner, type RequestEvent } from './module-frame.ts';
import { FRAME_SILENCE_MILLISECONDS, type ModuleDelays } from './module-delays.ts';
import { MODULE_STATUS } from './module-status.ts';
import type { ModuleAnswer, ModuleJob, SecurityModule } from './security-module.ts';
import { byteTime, sendPaced, type ChunkSizes, type Clock } from './wire-pacing.ts';

/** One command as the log shows it: which, and how it ended, but no content. */
export interface CommandRecord {
  readonly command: ModuleJob['command'] | 'bad-checksum' | 'bad-length';
  /** Command and parameter in hex, e.g. "30 01"; empty when the frame could not be read. */
  readonly code: string;
  readonly status: number;
  /** Milliseconds of the reader's clock. */
  readonly at: number;
}

export interface LineSettings {
  readonly module: SecurityModule;
  readonly clock: Clock;
  readonly baud: number;
  readonly delays: ModuleDelays;
  /** Factor on module work and wire time; 0 answers at once. */
  readonly delayScale: number;
  readonly chunkSizes: ChunkSizes;
  readonly onCommand: (record: CommandRecord) => void;
  /** The reader loses its power in the middle of an answer. */
  readonly unplug: () => void;
}

type Writer = (piece: Uint8Array) => void;

/** A UART buffer's worth of requests; a host that sends more without listening loses the rest. */
const WAITING_REQUESTS = 8;

/** The module's end of one line: takes bytes, lets the module work, and sends its answers at the line's speed. */
export class ModuleLine {
  readonly #settings: LineSettings;
  readonly #scanner = new RequestScanner();
  readonly #waiting: RequestEvent[] = [];
  #writer: Writer | undefined;
  #running = false;
  #deafUntil = 0;
  #noise: Uint8Array = new Uint8Array(0);
  #trouble = new TroubledAnswers({});
  #isFirstAnswer = true;
  #silence: NodeJS.Timeout | undefined;

  constructor(settings: LineSettings) {
    this.#settings = settings;
  }

  /** A host is connected; one that was connected before gets nothing more. */
  attach(writer: Writer): void {
    this.detach();
    this.#isFirstAnswer = true;
    this.#writer = writer;
  }

  /** The module has just got its power and does not listen for a while. */
  powerUp(): void {
    const { clock, delays, delayScale } = this.#settings;
    this.#deafUntil = clock.now() + delays.powerUp * delayScale;
  }

  /** The host is gone; whatever was under way is not sent any more. */
  detach(): void {
    this.#writer = undefined;
    this.#waiting.length = 0;
    this.#scanner.abandon();
    clearTimeout(this.#silence);
  }

  /** Garbage that goes out right before the next answer. */
  addNoise(bytes: Uint8Array): void {
    this.#noise = Uint8Array.from([...this.#noise, ...bytes]);
  }

  /** Replaces the trouble that is set. */
  setTrouble(trouble: LineTrouble): void {
    this.#trouble = new TroubledAnswers(trouble);
  }

  receive(chunk: Uint8Array): void {
    if (!this.#writer || this.#settings.clock.now() < this.#deafUntil) return;
    this.#accept(this.#scanner.push(chunk));
    this.#watchSilence();
  }

  #accept(events: readonly RequestEvent[]): void {
    const room = WAITING_REQUESTS - this.#waiting.length;
    this.#waiting.push(...events.slice(0, room));
    if (!this.#running) void this.#run();
  }

  /** A frame that does not end is a length error too. */
  #watchSilence(): void {
    clearTimeout(this.#silence);
    if (!this.#scanner.isInsideFrame) return;
    this.#silence = setTimeout(() => {
      this.#scanner.abandon();
      this.#accept([{ kind: 'bad-length', wireBytes: 0 }]);
    }, FRAME_SILENCE_MILLISECONDS);
    this.#silence.unref();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let event = this.#waiting.shift(); event; event = this.#waiting.shift()) await this.#serve(event);
    this.#running = false;
  }

  async #serve(event: RequestEvent): Promise<void> {
    const writer = this.#writer;
    if (!writer) return;
    const { module, baud } = this.#settings;
    const { powerCycles } = module;
    await this.#pause(event.wireBytes * byteTime(baud));
    if (module.powerCycles !== powerCycles) return;
    const answer = event.kind === 'request' ? await this.#work(event.body) : this.#complain(event.kind);
    if (answer) await this.#send(answer, writer);
  }

  /** `undefined` when the module lost its power over the work. */
  async #work(body: Uint8Array): Promise<ModuleAnswer | undefined> {
    const { module, delays } = this.#settings;
    const { powerCycles } = module;
    const job = module.begin(body);
    await this.#pause(delays[job.work]);
    if (module.powerCycles !== powerCycles) return undefined;
    const answer = job.finish();
    this.#record(job.command, hexOf(body.subarray(0, 2)), answer.status);
    return answer;
  }

  #complain(kind: 'bad-checksum' | 'bad-length'): ModuleAnswer {
    const status = kind === 'bad-checksum' ? MODULE_STATUS.badChecksum : MODULE_STATUS.badLength;
    this.#record(kind, '', status);
    return { status, data: new Uint8Array(0), cut: false };
  }

  #record(command: CommandRecord['command'], code: string, status: number): void {
    this.#settings.onCommand({ command, code, status, at: this.#settings.clock.now() });
  }

  async #send(answer: ModuleAnswer, writer: Writer): Promise<void> {
    const { clock, baud, delayScale, chunkSizes, unplug } = this.#settings;
    const sent = this.#trouble.take(this.#bytesOf(answer), this.#isFirstAnswer);
    this.#isFirstAnswer = false;
    if (!sent) return;
    if (this.#trouble.slowMs > 0) await clock.wait(this.#trouble.slowMs);
    await sendPaced(this.#withNoise(sent.bytes), {
      clock,
      byteMilliseconds: byteTime(baud) * delayScale,
      chunkSizes: this.#trouble.chunkSizes() ?? chunkSizes,
      write: writer,
      isOpen: () => this.#writer === writer,
    });
    if (sent.unplugsAfterIt) unplug();
  }

  #bytesOf(answer: ModuleAnswer): Uint8Array {
    const frame = encodeAnswer(answer.status, answer.data);
    return answer.cut ? frame.subarray(0, Math.floor(frame.length / 2)) : frame;
  }

  #withNoise(bytes: Uint8Array): Uint8Array {
    const whole = Uint8Array.from([...this.#noise, ...bytes]);
    this.#noise = new Uint8Array(0);
    return whole;
  }

  async #pause(milliseconds: number): Promise<void> {
    const scaled = milliseconds * this.#settings.delayScale;
    if (scaled > 0) await this.#settings.clock.wait(scaled);
  }
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
}
