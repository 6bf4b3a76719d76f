import { createServer, type Server, type Socket } from 'node:net';
import { listenOnLoopback, stopListening } from './loopback-listener.ts';
import type { ModuleLine } from './module-line.ts';
import type { ModulePort } from './module-port.ts';

/**
 * The module behind a serial-to-TCP box: one line, one host. A new connection takes the line over, as such boxes do so
 * that a host which vanished without closing does not lock the reader.
 */
export class TcpPort implements ModulePort {
  readonly #line: ModuleLine;
  #port: number;
  #server: Server | undefined;
  #host: Socket | undefined;

  /** `port` 0 takes a free one at the first opening and keeps it from then on. */
  constructor(port: number, line: ModuleLine) {
    this.#port = port;
    this.#line = line;
  }

  get port(): number {
    return this.#port;
  }

  async open(): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => this.#connect(socket));
    this.#port = await listenOnLoopback(server, this.#port, 'tcp-not-opened');
    this.#server = server;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#line.detach();
    this.#host?.destroy();
    if (server) await stopListening(server);
  }

  #connect(socket: Socket): void {
    this.#host?.destroy();
    this.#host = socket;
    this.#line.attach((piece) => socket.write(piece));
    socket.on('data', (chunk) => this.#receive(socket, chunk));
    // A reset by the host is an ordinary end; 'close' follows.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#leave(socket));
  }

  #receive(socket: Socket, chunk: Uint8Array): void {
    if (this.#host === socket) this.#line.receive(chunk);
  }

  #leave(socket: Socket): void {
    if (this.#host !== socket) return;
    this.#host = undefined;
    this.#line.detach();
  }
}
