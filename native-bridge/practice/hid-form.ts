import { EventEmitter } from 'node:events';
import type { ModuleLine } from './module-line.ts';

export interface HidFormOptions {
  readonly vendorId?: number | undefined;
  readonly productId?: number | undefined;
  /** Reports with the maker's wrapper, or frames without their preamble. Default wrapped. */
  readonly style?: 'wrapped' | 'stripped' | undefined;
  /** Reports left over from a program that crashed. */
  readonly stale?: readonly Uint8Array[] | undefined;
}

const REPORT_BYTES = 64;
const PREAMBLE = Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69);
const HEAD_BYTES = 7;
const PACKET_INDEX_BYTES = 2;

const u16le = (value: number): number[] => [value % 256, Math.floor(value / 256) % 256];
const sum16 = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => sum + byte, 0) % 65_536;

function padded(bytes: readonly number[]): Uint8Array {
  const report = new Uint8Array(REPORT_BYTES);
  report.set(bytes);
  return report;
}

/** Cuts bytes into reports, each beginning with what `head` says. */
function reportsOf(bytes: readonly number[], head: (index: number) => readonly number[]): Uint8Array[] {
  const reports: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const first = head(reports.length);
    const end = from + REPORT_BYTES - first.length;
    reports.push(padded([...first, ...bytes.slice(from, end)]));
    from = end;
  }
  return reports;
}

/** Takes the frame out of a wrapped request, or nothing when mark, length, command or checksum are wrong. */
function unwrap(
  report: readonly number[],
): { readonly serial: readonly number[]; readonly frame: Uint8Array } | undefined {
  const length = (report[3] ?? 0) + 256 * (report[4] ?? 0);
  const end = 5 + length;
  const isSound =
    report[0] === 0x88 &&
    report[5] === 0xb1 &&
    end + 2 <= report.length &&
    u16le(sum16(report.slice(3, end))).every((byte, index) => byte === report[end + index]);
  return isSound ? { serial: report.slice(1, 3), frame: Uint8Array.from(report.slice(6, end)) } : undefined;
}

/**
 * The module behind HID reports, as an object of the shape that `node-hid` gives: `read` before anybody listens to
 * `data`, then events.
 */
export class VirtualHidDevice extends EventEmitter {
  readonly vendorId: number;
  readonly productId: number;
  readonly path = 'virtual-hid';
  /** Words with which opening is refused. */
  openRefusal: string | undefined;
  /** Closing and writing never end. */
  isWedged = false;
  readonly #line: ModuleLine;
  readonly #options: HidFormOptions;
  readonly #unread: Uint8Array[] = [];
  #answer: number[] = [];
  #serial: readonly number[] = [0, 0];
  #plugged = false;
  #isOpen = false;

  constructor(options: HidFormOptions, line: ModuleLine) {
    super();
    this.#options = options;
    this.#line = line;
    this.vendorId = options.vendorId ?? 0x10c4;
    this.productId = options.productId ?? 0x0007;
  }

  get isPlugged(): boolean {
    return this.#plugged;
  }

  get isOpenedByHost(): boolean {
    return this.#isOpen;
  }

  async plug(): Promise<void> {
    this.#plugged = true;
  }

  async unplug(): Promise<void> {
    this.#plugged = false;
    this.#line.detach();
    if (this.#isOpen && this.listenerCount('error') > 0)
      this.emit('error', new Error('could not read from HID device'));
  }

  /** What the package's `HIDAsync.open` does. */
  async openByHost(): Promise<this> {
    if (!this.#plugged) throw new Error(`cannot open device with path ${this.path}: No such file or directory`);
    if (this.openRefusal !== undefined) throw new Error(this.openRefusal);
    this.removeAllListeners();
    this.#isOpen = true;
    this.#answer = [];
    this.#unread.splice(0, Infinity, ...(this.#options.stale ?? []));
    this.#line.attach((piece) => this.#collect(piece));
    return this;
  }

  async close(): Promise<void> {
    if (this.isWedged) await new Promise(() => undefined);
    this.#isOpen = false;
    this.#line.detach();
    this.removeAllListeners();
  }

  async read(_timeout: number): Promise<Uint8Array | undefined> {
    return this.#unread.shift();
  }

  /** The first byte is the report number, which this device does not use. */
  async write(report: Uint8Array): Promise<number> {
    if (this.isWedged) await new Promise(() => undefined);
    if (!this.#plugged || report.length !== 1 + REPORT_BYTES || report[0] !== 0)
      throw new Error('Cannot write to hid device');
    const frame = this.#frameOf([...report.slice(1)]);
    if (frame) this.#line.receive(frame);
    return report.length;
  }

  #frameOf(content: number[]): Uint8Array | undefined {
    if (this.#options.style === 'stripped') {
      const length = 256 * (content[0] ?? 0) + (content[1] ?? 0);
      return length + 2 <= content.length ? Uint8Array.from([...PREAMBLE, ...content.slice(0, length + 2)]) : undefined;
    }
    const request = unwrap(content);
    this.#serial = request?.serial ?? this.#serial;
    return request?.frame;
  }

  /** Reports carry whole answers; stray bytes of the module end here, as they do in such a reader. */
  #collect(piece: Uint8Array): void {
    this.#answer.push(...piece);
    for (;;) {
      const start = Buffer.from(this.#answer).indexOf(PREAMBLE);
      if (start < 0) return;
      const [high = 0, low = 0] = this.#answer.slice(start + PREAMBLE.length, start + HEAD_BYTES);
      const end = start + HEAD_BYTES + high * 256 + low;
      if (this.#answer.length < start + HEAD_BYTES || this.#answer.length < end) return;
      this.#report(this.#answer.slice(start, end));
      this.#answer = this.#answer.slice(end);
    }
  }

  #report(frame: readonly number[]): void {
    for (const report of this.#reportsOf(frame)) {
      if (this.listenerCount('data') > 0) this.emit('data', report);
      else this.#unread.push(report);
    }
  }

  #reportsOf(frame: readonly number[]): Uint8Array[] {
    if (this.#options.style === 'stripped') return reportsOf(frame.slice(PREAMBLE.length), () => []);
    const counted = [...u16le(frame.length + 1), 0, ...frame];
    const wrapped = [0xaa, ...this.#serial, ...counted, ...u16le(sum16(counted))];
    return reportsOf(wrapped, (index) => u16le(index).slice(0, PACKET_INDEX_BYTES));
  }
}
