import type { SerialPort } from 'serialport';
import { z } from 'zod';
import { type ErrorCode, StationError } from '../../contract/errors.ts';
import type { ByteLink } from './byte-link.ts';
import { closeLimitMs, endedWithin } from './time-limit.ts';

export interface SerialPortInfo {
  readonly path: string;
  /** The maker and USB ids of the chip behind a USB port, for support. */
  readonly driver?: string;
}

/** The serial ports of this computer. */
export interface SerialPorts {
  /** The ports that exist now. */
  list(): Promise<readonly SerialPortInfo[]>;
  /**
   * Opens a port 8N1 without flow control. Rejects with `reader.not-found`, `.port-denied`, `.port-busy`, or
   * `.no-answer` when the driver takes longer than 2 s.
   */
  open(path: string, baudRate: number): Promise<ByteLink>;
}

const text = z.string().optional();
const portsSchema = z.array(z.object({ path: z.string(), manufacturer: text, vendorId: text, productId: text }));

function portInfo({ path, manufacturer, vendorId, productId }: z.infer<typeof portsSchema>[number]): SerialPortInfo {
  const ids = vendorId && productId && `${vendorId}:${productId}`.toLowerCase();
  const driver = [manufacturer, ids].filter(Boolean).join(' ');
  return driver === '' ? { path } : { path, driver };
}

/** Opening a Bluetooth port whose device is out of reach can take half a minute. */
const openLimitMs = 2000;

const deniedWords = /access denied|permission denied|EACCES|EPERM/i;
const busyWords = /busy|cannot lock|resource temporarily unavailable|EBUSY/i;

/** What the operating system's words for a refused port mean. Windows words a port in use as "Access denied". */
export function openFailureCode(message: string, platform: NodeJS.Platform = process.platform): ErrorCode {
  if (busyWords.test(message)) return 'reader.port-busy';
  if (!deniedWords.test(message)) return 'reader.not-found';
  return platform === 'win32' ? 'reader.port-busy' : 'reader.port-denied';
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
    close: async () => {
      if (port.isOpen) await endedWithin(new Promise<void>((resolve) => port.close(() => resolve())), closeLimitMs);
    },
  };
}

/** Ports whose opening has not ended: each holds a thread, so none is begun a second time. */
const opening = new Set<string>();

function beginToOpen(port: SerialPort): Promise<void> {
  opening.add(port.path);
  const opened = new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  return opened.finally(() => opening.delete(port.path));
}

/** Opens a port that was set up; one that opens later than its time limit is closed again. */
export async function openPort(port: SerialPort): Promise<ByteLink> {
  if (opening.has(port.path)) throw new StationError('reader.no-answer');
  // An error on an open port is followed by `close`, which is what the owner listens for.
  port.on('error', () => undefined);
  const opened = beginToOpen(port);
  if (!(await endedWithin(opened, openLimitMs))) {
    opened.then(() => port.close(() => undefined)).catch(() => undefined);
    throw new StationError('reader.no-answer');
  }
  await opened.catch((error: Error) => {
    throw new StationError(openFailureCode(error.message));
  });
  return linkOver(port);
}

const loadPackage = () => import('serialport');

export const systemSerialPorts: SerialPorts = {
  list: async () => portsSchema.parse(await (await loadPackage()).SerialPort.list()).map(portInfo),
  open: async (path, baudRate) => {
    const { SerialPort } = await loadPackage();
    return openPort(new SerialPort({ path, baudRate, dataBits: 8, parity: 'none', stopBits: 1, autoOpen: false }));
  },
};
