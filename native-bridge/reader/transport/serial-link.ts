import { SerialPort } from 'serialport';
import { z } from 'zod';
import { type ErrorCode, StationError } from '../../contract/errors.ts';
import type { ByteLink } from './byte-link.ts';

const portsSchema = z.array(z.object({ path: z.string() }));

/** How the operating systems word the ways a port cannot be opened. */
const openFailures: readonly (readonly [RegExp, ErrorCode])[] = [
  [/access denied|permission denied|EACCES|EPERM/i, 'reader.port-denied'],
  [/busy|cannot lock|resource temporarily unavailable|EBUSY/i, 'reader.port-busy'],
];

function openFailure(error: Error): StationError {
  const code = openFailures.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'reader.not-found';
  return new StationError(code);
}

function linkOver(port: SerialPort): ByteLink {
  return {
    kind: 'serial',
    address: port.path,
    write: (bytes) =>
      new Promise((resolve, reject) => {
        port.write(Buffer.from(bytes), (error) => (error ? reject(new StationError('reader.unplugged')) : resolve()));
      }),
    onBytes: (listener) => void port.on('data', (bytes: Buffer) => listener(bytes)),
    onClose: (listener) => void port.once('close', listener),
    close: () =>
      new Promise((resolve) => {
        if (port.isOpen) port.close(() => resolve());
        else resolve();
      }),
  };
}

/** Opens a serial port 8N1 without flow control. Rejects with `reader.not-found`, `.port-denied` or `.port-busy`. */
export function openSerialLink(path: string, baudRate: number): Promise<ByteLink> {
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate, dataBits: 8, parity: 'none', stopBits: 1, autoOpen: false });
    // An error on an open port is followed by `close`, which is what the owner listens for.
    port.on('error', () => undefined);
    port.open((error) => (error ? reject(openFailure(error)) : resolve(linkOver(port))));
  });
}

/** The names of the serial ports that exist now. */
export async function listSerialPorts(): Promise<readonly string[]> {
  return portsSchema.parse(await SerialPort.list()).map((port) => port.path);
}
