import { createConnection, type Socket } from 'node:net';
import { once } from 'node:events';
import { bytesOf } from './golden-frames.ts';

/** A host for tests: sends raw bytes and waits until so many have come back. Knows nothing of frames. */
export class TestHost {
  readonly #write: (bytes: Uint8Array) => void;
  #received: number[] = [];
  #look: () => void = () => undefined;

  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  get received(): number {
    return this.#received.length;
  }

  take(chunk: Uint8Array): void {
    this.#received.push(...chunk);
    this.#look();
  }

  send(hex: string): void {
    this.#write(bytesOf(hex));
  }

  /** Takes out the next `count` bytes as soon as they are there. */
  async next(count: number): Promise<Uint8Array> {
    await new Promise<void>((resolve) => {
      this.#look = () => this.#received.length >= count && resolve();
      this.#look();
    });
    return Uint8Array.from(this.#received.splice(0, count));
  }

  exchange(hex: string, answerBytes: number): Promise<Uint8Array> {
    this.send(hex);
    return this.next(answerBytes);
  }
}

export interface TcpTestHost extends TestHost {
  readonly socket: Socket;
}

/** Connects; rejects when nobody listens. */
export async function connectTestHost(port: number): Promise<TcpTestHost> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  const host = Object.assign(new TestHost((bytes) => socket.write(bytes)), { socket });
  socket.on('data', (chunk) => host.take(chunk));
  await once(socket, 'connect');
  // A reader that is unplugged resets the connection; 'close' tells.
  socket.on('error', () => socket.destroy());
  return host;
}
