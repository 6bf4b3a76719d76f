import type { ModuleLine } from './module-line.ts';
import type { ModulePort } from './module-port.ts';

export interface UsbFormOptions {
  readonly vendorId?: number | undefined;
  readonly productId?: number | undefined;
  /** Two OUT and two IN endpoints (02, 06, 81, 85), or one of each (02, 81). Default 4. */
  readonly endpoints?: 2 | 4 | undefined;
  /** Whether head and rest of a frame travel on endpoints of their own. Default: with four endpoints. */
  readonly split?: boolean | undefined;
  /** Left over from a program that crashed; lies on every IN endpoint when the device is opened. */
  readonly stale?: Uint8Array | undefined;
  /** Interface class of the descriptor; default FF, the maker's own. */
  readonly interfaceClass?: number | undefined;
}

interface UsbEndpointDescriptor {
  readonly endpointNumber: number;
  readonly direction: 'in' | 'out';
  readonly type: 'bulk';
  readonly packetSize: number;
}

/** Full speed allows bulk packets of at most 64 bytes. */
const PACKET_BYTES = 64;
const HEAD_BYTES = 7;
const PREAMBLE_BYTES = 5;

/** Packets that wait on one IN endpoint, and the reads that wait for them. */
class InEndpoint {
  readonly #packets: Uint8Array[] = [];
  #waiting: ((packet: Uint8Array | Error) => void) | undefined;

  put(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += PACKET_BYTES) this.#put(bytes.slice(from, from + PACKET_BYTES));
  }

  /** Ends a waiting read. */
  fail(message: string): void {
    this.#settle(new Error(message));
  }

  clear(): void {
    this.#packets.length = 0;
  }

  read(timeout: number): Promise<Uint8Array> {
    const packet = this.#packets.shift();
    if (packet) return Promise.resolve(packet);
    if (this.#waiting) return Promise.reject(new Error('transferIn error: endpoint not found'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail('transferIn error: Cancelled'), timeout);
      this.#waiting = (outcome) => {
        clearTimeout(timer);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
    });
  }

  #put(packet: Uint8Array): void {
    if (!this.#settle(packet)) this.#packets.push(packet);
  }

  #settle(outcome: Uint8Array | Error): boolean {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(outcome);
    return waiting !== undefined;
  }
}

/** Parts the module's stream of answers into heads (7 bytes) and what follows them. */
class AnswerParting {
  #head: number[] = [];
  #rest = 0;

  /** Tells for each piece whether it is (part of) a head; pieces of a head come when it is complete. */
  take(bytes: Uint8Array, tell: (piece: Uint8Array, isHead: boolean) => void): void {
    let from = 0;
    while (from < bytes.length)
      from += this.#rest > 0 ? this.#takeRest(bytes.subarray(from), tell) : this.#takeHead(bytes[from], tell);
  }

  #takeRest(bytes: Uint8Array, tell: (piece: Uint8Array, isHead: boolean) => void): number {
    const piece = bytes.slice(0, this.#rest);
    this.#rest -= piece.length;
    tell(piece, false);
    return piece.length;
  }

  #takeHead(byte: number | undefined, tell: (piece: Uint8Array, isHead: boolean) => void): number {
    this.#head.push(byte ?? 0);
    const [high = 0, low = 0] = this.#head.slice(PREAMBLE_BYTES);
    if (this.#head.length === HEAD_BYTES) {
      tell(Uint8Array.from(this.#head), true);
      this.#head = [];
      this.#rest = high * 256 + low;
    }
    return 1;
  }
}

/** How a virtual device on the USB hub is plugged in and out. */
export function hubPort(device: { plug(): Promise<void>; unplug(): Promise<void> }): ModulePort {
  return { open: () => device.plug(), close: () => device.unplug() };
}

/**
 * The module behind USB bulk endpoints, as an object of the shape that the package `usb` gives. Its refusals use that
 * package's words.
 */
export class VirtualUsbDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly bus = '1';
  readonly ports: readonly number[] = [4];
  /** False: the device has no configuration until one is selected. */
  isConfigured = true;
  /** Words with which opening, or claiming its interface, is refused. */
  openRefusal: string | undefined;
  claimRefusal: string | undefined;
  /** A kernel driver sits on the interface until it is detached. */
  kernelDriver: string | undefined;
  /** Transfers neither end nor run out of their time. */
  isWedged = false;
  /** The next reads fail with these words. */
  readonly readFailures: string[] = [];
  readonly halts: string[] = [];
  readonly #line: ModuleLine;
  readonly #options: UsbFormOptions;
  readonly #ins = new Map<number, InEndpoint>();
  #parting = new AnswerParting();
  #plugged = false;
  #isOpen = false;
  #claimed = false;

  constructor(options: UsbFormOptions, line: ModuleLine) {
    this.#options = options;
    this.#line = line;
    this.vendorId = options.vendorId ?? 0x0400;
    this.productId = options.productId ?? 0xc35a;
    for (const { endpointNumber, direction } of this.#endpoints())
      if (direction === 'in') this.#ins.set(endpointNumber, new InEndpoint());
  }

  get isPlugged(): boolean {
    return this.#plugged;
  }

  get isOpenedByHost(): boolean {
    return this.#isOpen;
  }

  get isClaimed(): boolean {
    return this.#claimed;
  }

  get configurations() {
    const alternate = {
      interfaceClass: this.#options.interfaceClass ?? 0xff,
      endpoints: this.#endpoints(),
    };
    return [{ configurationValue: 1, interfaces: [{ interfaceNumber: 0, alternate }] }];
  }

  get configuration() {
    if (!this.isConfigured) throw new Error('configuration error: device is not configured');
    return this.configurations[0];
  }

  plug(): Promise<void> {
    this.#plugged = true;
    return Promise.resolve();
  }

  async unplug(): Promise<void> {
    this.#plugged = false;
    this.#letGo();
    for (const endpoint of this.#ins.values()) endpoint.fail('transferIn error: Disconnected');
  }

  async open(): Promise<void> {
    this.#refuseUnless(this.#plugged, 'open error: failed to open device (errno 19)');
    if (this.openRefusal !== undefined) throw new Error(this.openRefusal);
    this.#isOpen = true;
    for (const endpoint of this.#ins.values()) {
      endpoint.clear();
      endpoint.put(this.#options.stale ?? new Uint8Array(0));
    }
  }

  async close(): Promise<void> {
    this.#isOpen = false;
  }

  async selectConfiguration(): Promise<void> {
    this.isConfigured = true;
  }

  async claimInterface(): Promise<void> {
    this.#refuseUnless(this.#isOpen, 'claimInterface error: invalid state');
    this.#refuseUnless(this.kernelDriver === undefined, 'claimInterface error: interface is busy (errno 16)');
    if (this.claimRefusal !== undefined) throw new Error(this.claimRefusal);
    this.#claimed = true;
    this.#parting = new AnswerParting();
    this.#line.attach((piece) => this.#answer(piece));
  }

  async releaseInterface(): Promise<void> {
    this.#letGo();
  }

  async detachKernelDriver(): Promise<void> {
    this.kernelDriver = undefined;
  }

  async clearHalt(direction: 'in' | 'out', endpointNumber: number): Promise<void> {
    this.halts.push(`${direction} ${endpointNumber}`);
  }

  async nativeTransferIn(endpointNumber: number, timeout: number, length: number): Promise<Uint8Array> {
    if (this.isWedged) return new Promise(() => undefined);
    this.#refuseUnless(this.#plugged, 'transferIn error: Disconnected');
    const failure = this.readFailures.shift();
    if (failure !== undefined) throw new Error(failure);
    const endpoint = this.#claimed ? this.#ins.get(endpointNumber) : undefined;
    if (!endpoint) throw new Error('transferIn error: endpoint not found');
    return (await endpoint.read(timeout)).subarray(0, length);
  }

  async nativeTransferOut(endpointNumber: number, _timeout: number, data: Uint8Array): Promise<number> {
    if (this.isWedged) return new Promise(() => undefined);
    this.#refuseUnless(this.#plugged, 'transferOut error: Disconnected');
    this.#refuseUnless(this.#claimed, 'transferOut error: endpoint not found');
    if (this.#takes(endpointNumber, data)) this.#line.receive(data.slice());
    return data.length;
  }

  get #isSplit(): boolean {
    return this.#options.split ?? this.#options.endpoints !== 2;
  }

  /** In the split form a head that is longer than a head is not understood, nor is a frame on one endpoint's second. */
  #takes(endpointNumber: number, data: Uint8Array): boolean {
    if (this.#isSplit) return endpointNumber === 6 || data.length <= HEAD_BYTES;
    return endpointNumber === 2;
  }

  #answer(piece: Uint8Array): void {
    if (!this.#isSplit) this.#ins.get(1)?.put(piece);
    else this.#parting.take(piece, (bytes, isHead) => this.#ins.get(isHead ? 1 : 5)?.put(bytes));
  }

  #letGo(): void {
    this.#claimed = false;
    this.#line.detach();
  }

  #endpoints(): readonly UsbEndpointDescriptor[] {
    const [outs, ins] =
      this.#options.endpoints === 2
        ? [[2], [1]]
        : [
            [2, 6],
            [1, 5],
          ];
    const describe = (direction: 'in' | 'out') => (endpointNumber: number) =>
      ({ endpointNumber, direction, type: 'bulk', packetSize: PACKET_BYTES }) as const;
    return [...outs.map(describe('out')), ...ins.map(describe('in'))];
  }

  #refuseUnless(condition: boolean, words: string): void {
    if (!condition) throw new Error(words);
  }
}
