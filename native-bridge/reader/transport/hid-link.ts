import { type ErrorCode, StationError } from '../../contract/errors.ts';
import type { ByteLink } from './byte-link.ts';
import type { HidStyle } from './hid-style.ts';
import { closeLimitMs, endedWithin, openedInTime } from './time-limit.ts';

/** What is used of an open device of the package `node-hid` (`HIDAsync`). */
export interface HidDevice {
  /** The next report, empty or undefined when none came in time. Only before anybody listens to `data`. */
  read(timeoutMs: number): Promise<Uint8Array | undefined>;
  write(report: Buffer): Promise<number>;
  on(event: 'data', listener: (report: Uint8Array) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  close(): Promise<void>;
}

/** Content of a report in bytes. */
const reportBytes = 64;

/**
 * These readers number no reports. Both on Windows and on Linux hidapi then wants a 0 before the content of an outgoing
 * report (Windows sends it along as the driver's report number, Linux' hidraw takes it off), and gives incoming ones
 * without it.
 */
const noReportNumber = 0;

/** Reports that an earlier program left behind are there at once. */
const drainMs = 5;
/** More reports than the longest answer has are not left-overs but a device that never stops. */
const drainReports = 64;

const deniedWords = /permission denied|EACCES/i;
/** In whatever language Windows says it: access denied and sharing violation both mean another program. */
const busyWords = /0x00000005|0x00000020|busy/i;
const goneWords = /no such|0x00000002|0x00000003|0x0000001F|0x0000048F|not found/i;

/** What hidapi's words for a refused device mean. */
export function hidFailureCode(error: unknown): ErrorCode {
  if (error instanceof StationError) return error.code;
  const words = error instanceof Error ? error.message : String(error);
  if (deniedWords.test(words)) return 'reader.driver-missing';
  if (busyWords.test(words)) return 'reader.port-busy';
  return goneWords.test(words) ? 'reader.unplugged' : 'reader.port-unavailable';
}

async function drain(device: HidDevice): Promise<void> {
  for (let reports = 0; reports < drainReports; reports++) {
    const report = await device.read(drainMs);
    if (report === undefined || report.length === 0) return;
  }
}

/** Frames in the reports of an open device. */
class HidLink implements ByteLink {
  readonly kind = 'hid';
  readonly address: string;
  readonly #device: HidDevice;
  readonly #style: HidStyle;
  #hear: (bytes: Uint8Array) => void = () => undefined;
  #tellClosed: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  constructor(device: HidDevice, style: HidStyle, address: string) {
    this.#device = device;
    this.#style = style;
    this.address = address;
    device.on('data', (report) => this.#receive(report));
    device.on('error', () => void this.close());
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#closing !== undefined) throw new StationError('reader.unplugged');
    const report = Buffer.alloc(1 + reportBytes);
    report[0] = noReportNumber;
    report.set(this.#style.pack(bytes), 1);
    await this.#device.write(report).catch(() => {
      throw new StationError('reader.unplugged');
    });
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.#hear = listener;
  }

  onClose(listener: () => void): void {
    if (this.#closing === undefined) this.#tellClosed = listener;
    else listener();
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  #receive(report: Uint8Array): void {
    const bytes = this.#style.unpack(report, performance.now());
    if (bytes !== undefined) this.#hear(bytes);
  }

  async #end(): Promise<void> {
    this.#tellClosed?.();
    await endedWithin(this.#device.close(), closeLimitMs);
  }
}

/**
 * Opens a device and drains it. Rejects with `reader.driver-missing`, `.port-busy`, `.unplugged`, `.port-unavailable`,
 * or `.no-answer` after 2 s.
 */
export async function openHidLink(open: () => Promise<HidDevice>, style: HidStyle, address: string): Promise<ByteLink> {
  const openAndDrain = async () => {
    const device = await open();
    try {
      await drain(device);
    } catch (error) {
      await endedWithin(device.close(), closeLimitMs);
      throw error;
    }
    return device;
  };
  try {
    const device = await openedInTime(`hid:${address}`, openAndDrain, (late) => late.close());
    return new HidLink(device, style, address);
  } catch (error) {
    throw new StationError(hidFailureCode(error));
  }
}
