import type { CardImage } from './card-image.ts';
import { ControlServer } from './control-server.ts';
import type { LineTrouble } from './line-trouble.ts';
import { DEFAULT_DELAYS, type ModuleDelays } from './module-delays.ts';
import { VirtualHidDevice, type HidFormOptions } from './hid-form.ts';
import type { ModuleFault } from './module-fault.ts';
import { ModuleLine, type CommandRecord } from './module-line.ts';
import type { ModuleVariant } from './module-variant.ts';
import type { ModulePort } from './module-port.ts';
import { VirtualReaderError } from './reader-error.ts';
import { SecurityModule, type ModuleState } from './security-module.ts';
import { SerialEnd } from './serial-end.ts';
import { hubPort, VirtualUsbDevice, type UsbFormOptions } from './usb-form.ts';
import { TcpPort } from './tcp-port.ts';
import { irregularChunks, systemClock, type ChunkSizes, type Clock } from './wire-pacing.ts';

export interface VirtualReaderOptions {
  /** Loopback TCP port, 0 for a free one. */
  readonly tcpPort?: number | undefined;
  /** This reader's end of a serial pair. */
  readonly serialPath?: string | undefined;
  /** The module behind a virtual USB device with bulk endpoints; see `usbDevice`. */
  readonly usb?: UsbFormOptions | undefined;
  /** The module behind a virtual HID device; see `hidDevice`. */
  readonly hid?: HidFormOptions | undefined;
  /** Loopback port of the HTTP control interface, 0 for a free one; absent: no such interface. */
  readonly controlPort?: number | undefined;
  /** Line speed in bits a second; also paces TCP. Default 115200. */
  readonly baud?: number | undefined;
  /** 16 bytes; default is one that no real module bears. */
  readonly samNumber?: Uint8Array | undefined;
  readonly variant?: ModuleVariant | undefined;
  readonly fault?: ModuleFault | undefined;
  readonly line?: LineTrouble | undefined;
  readonly delays?: Partial<ModuleDelays> | undefined;
  /** Factor on module work and wire time. Default 1; 0 answers at once. */
  readonly delayScale?: number | undefined;
  readonly chunkSizes?: ChunkSizes | undefined;
  readonly clock?: Clock | undefined;
}

export interface ReaderState extends ModuleState {
  readonly plugged: boolean;
  readonly baud: number;
  readonly tcpPort: number | undefined;
  readonly serialPath: string | undefined;
  readonly controlPort: number | undefined;
  /** The last commands, oldest first; never their content. */
  readonly recentCommands: readonly CommandRecord[];
}

export interface VirtualReader {
  readonly tcpPort: number | undefined;
  readonly serialPath: string | undefined;
  readonly controlPort: number | undefined;
  /** The device on the virtual USB hub, in the shape that the package `usb` or `node-hid` gives. */
  readonly usbDevice: VirtualUsbDevice | undefined;
  readonly hidDevice: VirtualHidDevice | undefined;
  readonly state: () => ReaderState;
  /** Throws `CardImageError` when a block has a size that no card has. */
  readonly lay: (card: CardImage) => void;
  readonly lift: () => void;
  /** The next read of card content ends with 41, or with half an answer when `cut`. */
  readonly liftDuringNextRead: (options?: { readonly cut?: boolean | undefined }) => void;
  /** Replaces the fault that is set; `{}` is a sound module. */
  readonly setStatus: (fault: ModuleFault) => void;
  /** The module is of another kind from now on; `{}` is the ordinary one. */
  readonly setVariant: (variant: ModuleVariant) => void;
  /** Replaces the trouble on the line; `{}` is a sound line. */
  readonly setLine: (trouble: LineTrouble) => void;
  /** Garbage that goes out right before the next answer. */
  readonly noise: (bytes: Uint8Array) => void;
  readonly unplug: () => Promise<void>;
  /** Rejects with `VirtualReaderError` when the port was taken in the meantime. */
  readonly plug: () => Promise<void>;
  /** Returns how to stop listening. */
  readonly onCommand: (listener: (record: CommandRecord) => void) => () => void;
  readonly close: () => Promise<void>;
}

/** Prints as 05.99-20000101-0000000467-0000000467; a real second group stands at 01 to 03. */
export const SYNTHETIC_SAM_NUMBER: Uint8Array = Uint8Array.from(Buffer.from('05006300652d3101d3010000d3010000', 'hex'));
const SAM_NUMBER_BYTES = 16;
const DEFAULT_BAUD = 115_200;
const KEPT_RECORDS = 50;

/** Starts a reader that speaks the module's protocol. Rejects with `VirtualReaderError` when a port cannot be had. */
export async function startVirtualReader(options: VirtualReaderOptions): Promise<VirtualReader> {
  const samNumber = options.samNumber ?? SYNTHETIC_SAM_NUMBER;
  const { tcpPort, serialPath, usb, hid } = options;
  if ([tcpPort, serialPath, usb, hid].every((line) => line === undefined))
    throw new VirtualReaderError('no-line', 'a virtual reader needs a TCP port, a serial path, or a USB or HID device');
  if (samNumber.length !== SAM_NUMBER_BYTES)
    throw new VirtualReaderError('wrong-sam-number', `SAM number has ${samNumber.length} bytes instead of 16`);
  const reader = new RunningReader(options, samNumber);
  await reader.start();
  return reader;
}

class RunningReader implements VirtualReader {
  readonly serialPath: string | undefined;
  readonly usbDevice: VirtualUsbDevice | undefined;
  readonly hidDevice: VirtualHidDevice | undefined;
  readonly #module: SecurityModule;
  readonly #lines: ModuleLine[] = [];
  readonly #ports: ModulePort[] = [];
  readonly #listeners = new Set<(record: CommandRecord) => void>();
  readonly #recent: CommandRecord[] = [];
  readonly #baud: number;
  #tcp: TcpPort | undefined;
  #control: ControlServer | undefined;
  #plugged = false;

  constructor(options: VirtualReaderOptions, samNumber: Uint8Array) {
    this.#module = new SecurityModule(samNumber, options.variant);
    this.#module.setFault(options.fault ?? {});
    this.#baud = options.baud ?? DEFAULT_BAUD;
    this.serialPath = options.serialPath;
    if (options.usb !== undefined) this.usbDevice = new VirtualUsbDevice(options.usb, this.#addLine(options));
    if (options.hid !== undefined) this.hidDevice = new VirtualHidDevice(options.hid, this.#addLine(options));
    this.#addPorts(options);
    if (options.controlPort !== undefined) this.#control = new ControlServer(this, options.controlPort);
  }

  get tcpPort(): number | undefined {
    return this.#tcp?.port;
  }

  get controlPort(): number | undefined {
    return this.#control?.port;
  }

  async start(): Promise<void> {
    try {
      await this.#openPorts();
      await this.#control?.open();
    } catch (cause) {
      await this.close();
      throw cause;
    }
  }

  state(): ReaderState {
    return {
      ...this.#module.state,
      plugged: this.#plugged,
      baud: this.#baud,
      tcpPort: this.tcpPort,
      serialPath: this.serialPath,
      controlPort: this.controlPort,
      recentCommands: [...this.#recent],
    };
  }

  lay(card: CardImage): void {
    this.#module.lay(card);
  }

  lift(): void {
    this.#module.lift();
  }

  liftDuringNextRead(options: { readonly cut?: boolean | undefined } = {}): void {
    this.#module.liftDuringNextRead({ cut: options.cut ?? false });
  }

  setStatus(fault: ModuleFault): void {
    this.#module.setFault(fault);
  }

  setVariant(variant: ModuleVariant): void {
    this.#module.setVariant(variant);
  }

  setLine(trouble: LineTrouble): void {
    for (const line of this.#lines) line.setTrouble(trouble);
  }

  noise(bytes: Uint8Array): void {
    for (const line of this.#lines) line.addNoise(bytes);
  }

  async unplug(): Promise<void> {
    this.#plugged = false;
    this.#module.powerCycle();
    await this.#closePorts();
  }

  async plug(): Promise<void> {
    if (this.#plugged) return;
    for (const line of this.#lines) line.powerUp();
    await this.#openPorts();
  }

  onCommand(listener: (record: CommandRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.unplug();
    await this.#control?.close();
  }

  #addPorts(options: VirtualReaderOptions): void {
    this.#addUsbPorts();
    if (options.tcpPort !== undefined) {
      this.#tcp = new TcpPort(options.tcpPort, this.#addLine(options));
      this.#ports.push(this.#tcp);
    }
    if (options.serialPath !== undefined)
      this.#ports.push(new SerialEnd(options.serialPath, this.#baud, this.#addLine(options)));
  }

  #addUsbPorts(): void {
    for (const device of [this.usbDevice, this.hidDevice]) if (device) this.#ports.push(hubPort(device));
  }

  #addLine(options: VirtualReaderOptions): ModuleLine {
    const line = new ModuleLine({
      module: this.#module,
      clock: options.clock ?? systemClock,
      baud: this.#baud,
      delays: { ...DEFAULT_DELAYS, ...options.delays },
      delayScale: options.delayScale ?? 1,
      chunkSizes: options.chunkSizes ?? irregularChunks(),
      onCommand: (record) => this.#record(record),
      unplug: () => void this.unplug(),
    });
    line.setTrouble(options.line ?? {});
    this.#lines.push(line);
    return line;
  }

  async #openPorts(): Promise<void> {
    for (const port of this.#ports) await port.open();
    this.#plugged = true;
  }

  async #closePorts(): Promise<void> {
    await Promise.all(this.#ports.map((port) => port.close()));
  }

  #record(record: CommandRecord): void {
    this.#recent.push(record);
    if (this.#recent.length > KEPT_RECORDS) this.#recent.shift();
    for (const listener of this.#listeners) listener(record);
  }
}
