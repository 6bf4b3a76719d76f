import { StationError } from '../contract/errors.ts';
import { encodeRequest } from './sam/frames.ts';
import type { ByteLink } from './transport/byte-link.ts';
import type { SerialPortInfo, SerialPorts } from './transport/serial-link.ts';

/** What lies behind a port: a module at one speed, another device that never answers, or a driver that takes no bytes. */
export type TestDevice = TestModule | 'silent' | 'wedged' | 'busy';

/** `named` is the port whose module it is, where the same module shows itself on two ports. */
interface TestModule {
  readonly moduleAt: number;
  readonly named?: string;
}

const done = 0x90;
const findFailed = 0x80;

/** An answer has the shape of a request whose command and parameter are SW1 and SW2, both 0. */
const answerFrame = (status: number, data: Uint8Array = new Uint8Array()) =>
  encodeRequest(0, 0, Uint8Array.of(status, ...data));

/** Each module has a number of its own, made of its port's name. */
function samNumberOf(path: string): Uint8Array {
  const letters = new TextEncoder().encode(path);
  return Uint8Array.from({ length: 16 }, (_, index) => letters[index] ?? 0);
}

function answerTo(request: Uint8Array, path: string): Uint8Array {
  const command = request[7];
  if (command === 0x12) return answerFrame(done, samNumberOf(path));
  return answerFrame(command === 0x20 ? findFailed : done);
}

/** Serial ports in memory that keep account of what is opened, written and given back. */
export class TestPorts implements SerialPorts {
  readonly devices = new Map<string, TestDevice>();
  /** Every opening so far, as `path@speed`. */
  readonly openings: string[] = [];
  /** Ports that are open now; one that is open twice stands here twice. */
  readonly held: string[] = [];
  /** Requests that were written to any port. */
  writes = 0;
  readonly #closers = new Map<string, () => void>();
  readonly #silent = new Set<string>();
  readonly #slow = new Set<string>();
  /** The most ports that were open at the same time. */
  mostHeld = 0;

  async list(): Promise<readonly SerialPortInfo[]> {
    return [...this.devices.keys()].map((path) => ({ path }));
  }

  async open(path: string, baudRate: number): Promise<ByteLink> {
    const device = this.devices.get(path);
    if (device === undefined) throw new StationError('reader.not-found');
    this.openings.push(`${path}@${baudRate}`);
    if (device === 'busy') throw new StationError('reader.port-busy');
    this.held.push(path);
    this.mostHeld = Math.max(this.mostHeld, this.held.length);
    return this.#link(path, baudRate, device);
  }

  /** The port goes, as when a USB plug is pulled. */
  unplug(path: string): void {
    this.devices.delete(path);
    this.#closers.get(path)?.();
  }

  /** The module behind an open port does not answer any more. */
  silence(path: string): void {
    this.#silent.add(path);
  }

  /** The driver takes a second over giving the port back. */
  closesSlowly(path: string): void {
    this.#slow.add(path);
  }

  #link(path: string, baudRate: number, device: TestDevice): ByteLink {
    let hear: (bytes: Uint8Array) => void = () => undefined;
    let closed: () => void = () => undefined;
    const module = typeof device === 'object' && device.moduleAt === baudRate ? device : undefined;
    this.#closers.set(path, () => closed());
    return {
      kind: 'serial',
      address: path,
      onBytes: (listener) => void (hear = listener),
      onClose: (listener) => void (closed = listener),
      write: async (bytes) => {
        this.writes++;
        if (device === 'wedged') await new Promise(() => undefined);
        if (module && !this.#silent.has(path)) queueMicrotask(() => hear(answerTo(bytes, module.named ?? path)));
      },
      close: async () => {
        if (this.#slow.has(path)) await new Promise((resolve) => setTimeout(resolve, 1000));
        const index = this.held.indexOf(path);
        if (index >= 0) this.held.splice(index, 1);
        closed();
      },
    };
  }
}
