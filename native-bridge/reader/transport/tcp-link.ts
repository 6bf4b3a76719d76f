import { connect, type Socket } from 'node:net';
import { StationError } from '../../contract/errors.ts';
import type { ByteLink } from './byte-link.ts';
import { closeLimitMs, endedWithin } from './time-limit.ts';

const connectTimeoutMs = 2000;

function linkOver(socket: Socket, address: string): ByteLink {
  return {
    kind: 'tcp',
    address,
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => (error ? reject(new StationError('reader.unplugged')) : resolve()));
      }),
    onBytes: (listener) => void socket.on('data', (bytes) => listener(bytes)),
    onClose: (listener) => void socket.once('close', listener),
    close: async () => {
      if (socket.closed) return;
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      socket.destroy();
      await endedWithin(closed, closeLimitMs);
    },
  };
}

/** Opens a serial device server (a reader's bytes over TCP). Rejects with `reader.not-found`. */
export function openTcpLink(host: string, port: number): Promise<ByteLink> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, timeout: connectTimeoutMs });
    const refuse = () => {
      socket.destroy();
      reject(new StationError('reader.not-found'));
    };
    socket.once('error', refuse);
    socket.once('timeout', refuse);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', refuse);
      // `close` follows every error and is what the owner listens for.
      socket.on('error', () => undefined);
      resolve(linkOver(socket, `${host}:${port}`));
    });
  });
}
