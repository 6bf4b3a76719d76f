import { StationError } from '../../contract/errors.ts';
import type { ByteLink } from './byte-link.ts';
import { closeLimitMs, endedWithin } from './time-limit.ts';
import type { ClaimedUsbReader, UsbEndpointInfo, UsbForm } from './usb-device.ts';

/** Preamble and length of a frame: what travels on the lower endpoint of the split form. */
const headBytes = 7;
const preamble = Buffer.from('aaaaaa9669', 'hex');

/** A read that brings nothing ends after this long, which is also how long closing may have to wait for it. */
const readMs = 200;
/** Stale bytes are there at once; one empty read of this length shows that none are left. */
const drainMs = 20;
/** More packets than the longest answer has are not stale bytes but a device that never stops. */
const drainPackets = 64;
/** Requests are at most 11 bytes; a device that does not take them in this time does not listen. */
const writeMs = 1000;
/** The rest of an answer that has not come by then will not come any more. */
const restSilenceMs = 1000;
/** Failed reads in a row, each after clearing a halt, that make the line a lost one. */
const mostFaults = 3;

const isTimeout = (error: unknown): boolean => error instanceof Error && /cancelled|timed? ?out/i.test(error.message);
const isGone = (error: unknown): boolean =>
  error instanceof Error && /disconnected|no such device|not connected/i.test(error.message);

/** How many bytes of an answer are still to come on the other endpoint after this packet. */
function bytesToCome(packet: Uint8Array): number {
  const start = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength).indexOf(preamble);
  if (start < 0 || packet.length < start + headBytes) return 0;
  const length = ((packet[start + 5] ?? 0) << 8) | (packet[start + 6] ?? 0);
  return Math.max(0, length - (packet.length - start - headBytes));
}

/** Frames over the bulk endpoints of a claimed device. */
class UsbLink implements ByteLink {
  readonly kind = 'usb';
  readonly address: string;
  readonly #reader: ClaimedUsbReader;
  readonly #form: UsbForm;
  #hear: (bytes: Uint8Array) => void = () => undefined;
  #tellClosed: (() => void) | undefined;
  #stopped = false;
  #isOver = false;
  #isWriting = false;
  #faults = 0;
  #ended: Promise<void> | undefined;

  constructor(reader: ClaimedUsbReader, form: UsbForm, address: string) {
    this.#reader = reader;
    this.#form = form;
    this.address = address;
  }

  /** Drains what an earlier program left behind, then reads until the line is closed or lost. */
  async start(): Promise<void> {
    for (const endpoint of this.#form.ins) await this.#drain(endpoint);
    this.#ended ??= this.#readOn().then(() => this.#end());
  }

  /** A transfer that hangs holds its endpoint until its time is over, and meanwhile nothing more can be sent. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#stopped) throw new StationError('reader.unplugged');
    if (this.#isWriting) throw new StationError('reader.no-answer');
    this.#isWriting = true;
    try {
      await this.#writeFrame(bytes);
    } finally {
      this.#isWriting = false;
    }
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.#hear = listener;
  }

  onClose(listener: () => void): void {
    if (this.#isOver) listener();
    else this.#tellClosed = listener;
  }

  async close(): Promise<void> {
    this.#stopped = true;
    this.#ended ??= this.#end();
    await endedWithin(this.#ended, closeLimitMs);
  }

  async #writeFrame(bytes: Uint8Array): Promise<void> {
    const [first, second] = this.#form.outs;
    if (first === undefined) throw new StationError('reader.not-found');
    await this.#send(first, second === undefined ? bytes : bytes.subarray(0, headBytes));
    if (second !== undefined) await this.#send(second, bytes.subarray(headBytes));
  }

  async #readOn(): Promise<void> {
    const [first, second] = this.#form.ins;
    while (!this.#stopped && first !== undefined) {
      const packet = await this.#receive(first, readMs);
      this.#hear(packet);
      const missing = second === undefined ? 0 : bytesToCome(packet);
      if (second !== undefined && missing > 0) await this.#readRest(second, missing);
    }
  }

  /** Bytes too few or too many would be taken for the next answer's, so then the endpoint is emptied. */
  async #readRest(endpoint: UsbEndpointInfo, count: number): Promise<void> {
    let missing = count;
    let lastAt = performance.now();
    while (missing > 0 && !this.#stopped && performance.now() - lastAt < restSilenceMs) {
      const packet = await this.#receive(endpoint, readMs);
      if (packet.length === 0) continue;
      missing -= packet.length;
      lastAt = performance.now();
      this.#hear(packet);
    }
    if (missing !== 0 && !this.#stopped) await this.#drain(endpoint);
  }

  async #drain(endpoint: UsbEndpointInfo): Promise<void> {
    for (let packets = 0; packets < drainPackets && !this.#stopped; packets++) {
      if ((await this.#receive(endpoint, drainMs)).length === 0) return;
    }
  }

  /**
   * The next packet, empty when none came. One packet a transfer: a longer one that runs out of its time would lose the
   * packets that it already had.
   */
  async #receive({ endpointNumber, packetSize }: UsbEndpointInfo, waitMs: number): Promise<Uint8Array> {
    try {
      const packet = await this.#reader.device.nativeTransferIn(endpointNumber, waitMs, packetSize);
      this.#faults = 0;
      return packet ?? new Uint8Array();
    } catch (error) {
      if (!isTimeout(error)) await this.#recover('in', endpointNumber, error);
      return new Uint8Array();
    }
  }

  async #send(endpoint: number, bytes: Uint8Array): Promise<void> {
    try {
      await this.#reader.device.nativeTransferOut(endpoint, writeMs, bytes);
    } catch (error) {
      if (isTimeout(error)) throw new StationError('reader.no-answer');
      await this.#recover('out', endpoint, error);
      throw new StationError(this.#stopped ? 'reader.unplugged' : 'reader.link-fault');
    }
  }

  async #recover(direction: 'in' | 'out', endpoint: number, error: unknown): Promise<void> {
    this.#faults++;
    if (isGone(error) || this.#faults >= mostFaults) this.#stopped = true;
    else await this.#reader.device.clearHalt(direction, endpoint).catch(() => undefined);
  }

  async #end(): Promise<void> {
    const tell = this.#tellClosed;
    this.#tellClosed = undefined;
    this.#isOver = true;
    tell?.();
    await this.#reader.release();
  }
}

/** Draining takes 40 ms; a device on which it takes longer than this is one whose transfers never end. */
const startLimitMs = 2000;

/**
 * A line over the endpoints of one form; closing it releases the device. Rejects with `reader.no-answer` when the
 * device's transfers do not end.
 */
export async function openUsbLink(reader: ClaimedUsbReader, form: UsbForm, address: string): Promise<ByteLink> {
  const link = new UsbLink(reader, form, address);
  if (await endedWithin(link.start(), startLimitMs)) return link;
  await link.close();
  throw new StationError('reader.no-answer');
}
