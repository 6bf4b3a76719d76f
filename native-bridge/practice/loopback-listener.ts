import type { Server } from 'node:net';
import { VirtualReaderError, type VirtualReaderErrorCode } from './reader-error.ts';

export const LOOPBACK = '127.0.0.1';

/** Listens on the loopback address; 0 takes a free port. Resolves to the port, rejects with `VirtualReaderError`. */
export async function listenOnLoopback(server: Server, port: number, code: VirtualReaderErrorCode): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause: Error): void =>
      reject(new VirtualReaderError(code, `port ${port}: ${cause.message}`, cause));
    server.once('error', refuse);
    server.listen(port, LOOPBACK, () => {
      server.off('error', refuse);
      resolve();
    });
  });
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}

/** Stops listening; resolves when the last connection is gone. Does nothing when it is not listening. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
