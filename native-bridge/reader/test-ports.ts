import { StationError } from '../contract/errors.ts';
import { encodeRequest } from './sam/frames.ts';
import type { ByteLink } from './transport/byte-link.ts';
import type { SerialPorts } from './transport/serial-link.ts';

/** What lies behind a port: a module at one speed, another device that never answers, or a driver that takes no bytes. */
export type TestDevice = { readonly moduleAt: number } | 'silent' | 'wedged' | 'busy';

const done = 0x90;
const findFailed = 0x80;

/** An answer has the shape of a request whose command and parameter are SW1 and SW2, both 0. */
const answerFrame = (status: number, data: Uint8Array = new Uint8Array()) =>
  encodeRequest(0, 0, Uint8Array.of(status, ...data));

function answerTo(request: Uint8Array): Uint8Array {
  const command = request[7];
  if (command === 0x12) return answerFrame(done, new Uint8Array(16));
  return answerFrame(command === 0x20 ? findFailed : done);
}

/** Serial ports in memory that keep account of what is opened, written and given back. */
export class TestPorts implements SerialPorts {
  readonly devices = new Map<string, TestDevice>();
  /** Every opening so far, as `path@speed`. */
  readonly openings: string[] = [];
  /** Ports that are open now; one that is open twice stands here twice. */
  readonly held: string[] = [];
  /** The most ports that were open at the same time. */
  mostHeld = 0;

  async list(): Promise<readonly string[]> {
    return [...this.devices.keys()];
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

  #link(path: string, baudRate: number, device: TestDevice): ByteLink {
    let hear: (bytes: Uint8Array) => void = () => undefined;
    let closed: () => void = () => undefined;
    const answers = typeof device === 'object' && device.moduleAt === baudRate;
    return {
      kind: 'serial',
      address: path,
      onBytes: (listener) => void (hear = listener),
      onClose: (listener) => void (closed = listener),
      write: async (bytes) => {
        if (device === 'wedged') await new Promise(() => undefined);
        if (answers) queueMicrotask(() => hear(answerTo(bytes)));
      },
      close: async () => {
        const index = this.held.indexOf(path);
        if (index >= 0) this.held.splice(index, 1);
        closed();
      },
    };
  }
}
