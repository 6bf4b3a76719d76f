import type { SerialPort } from 'serialport';
import type { ModuleLine } from './module-line.ts';
import type { ModulePort } from './module-port.ts';
import { VirtualReaderError } from './reader-error.ts';

/**
 * The module at one end of a pair of joined serial ports (com0com on Windows, a pty pair elsewhere). The host at the
 * other end is not told when this end is closed: it only hears nothing any more, as from a reader without power.
 */
export class SerialEnd implements ModulePort {
  readonly #path: string;
  readonly #baud: number;
  readonly #line: ModuleLine;
  #port: SerialPort | undefined;

  constructor(path: string, baud: number, line: ModuleLine) {
    this.#path = path;
    this.#baud = baud;
    this.#line = line;
  }

  async open(): Promise<void> {
    const { SerialPort } = await import('serialport');
    const port = new SerialPort({ path: this.#path, baudRate: this.#baud, autoOpen: false });
    await opened(port);
    // The pair was torn down: the line is dead until it is plugged again.
    port.on('error', () => this.#line.detach());
    port.on('close', () => this.#line.detach());
    port.on('data', (chunk: Uint8Array) => this.#line.receive(chunk));
    this.#line.attach((piece) => port.write(Buffer.from(piece)));
    this.#port = port;
  }

  async close(): Promise<void> {
    const port = this.#port;
    this.#port = undefined;
    this.#line.detach();
    if (port?.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
  }
}

function opened(port: SerialPort): Promise<void> {
  return new Promise((resolve, reject) =>
    port.open((cause) =>
      cause ? reject(new VirtualReaderError('serial-not-opened', `${port.path}: ${cause.message}`, cause)) : resolve(),
    ),
  );
}
