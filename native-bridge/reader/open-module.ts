import { StationError } from '../contract/errors.ts';
import type { ReaderAddress } from '../contract/station.ts';
import { SamModule } from './sam/sam-module.ts';
import type { ByteLink } from './transport/byte-link.ts';
import type { SerialPorts } from './transport/serial-link.ts';
import { openTcpLink } from './transport/tcp-link.ts';

/** A module that answered, with the identity it gave. */
export interface OpenModule {
  readonly module: SamModule;
  readonly link: ByteLink;
  readonly baudRate: number;
  readonly number: string;
}

/** Speeds in the order in which modules in the field have them. */
export const baudRates: readonly number[] = [115_200, 9600, 57_600, 38_400, 19_200];

/** An unknown port gets one status frame per speed and this long to answer. */
const probeMs = 300;

/** Runs `work` on a module and gives its line back unless the work gave a result; at once when it is called off. */
async function orGiveBack<T>(
  module: SamModule,
  signal: AbortSignal,
  work: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const giveBack = () => void module.close();
  signal.addEventListener('abort', giveBack, { once: true });
  let result: T | undefined;
  try {
    if (!signal.aborted) result = await work();
    return result;
  } finally {
    signal.removeEventListener('abort', giveBack);
    if (result === undefined) await module.close();
  }
}

async function openAtSpeed(
  ports: SerialPorts,
  path: string,
  baudRate: number,
  signal: AbortSignal,
): Promise<OpenModule | undefined> {
  const link = await ports.open(path, baudRate);
  const module = new SamModule(link, baudRate);
  return orGiveBack(module, signal, async () =>
    (await module.probe(probeMs)) ? { module, link, baudRate, number: await module.number() } : undefined,
  );
}

/**
 * Opens the module on a serial port at the first of these speeds at which one answers. Rejects with the port's trouble,
 * the module's, or `reader.no-answer`; also when `signal` calls it off, with the port given back.
 */
export async function openSerialModule(
  ports: SerialPorts,
  path: string,
  speeds: readonly number[],
  signal: AbortSignal,
): Promise<OpenModule> {
  for (const baudRate of speeds) {
    if (signal.aborted) break;
    const open = await openAtSpeed(ports, path, baudRate, signal);
    if (open !== undefined) return open;
  }
  throw new StationError('reader.no-answer');
}

/** Opens the module behind a serial device server. Rejects with `reader.not-found` or the module's trouble. */
export async function openTcpModule(host: string, port: number, signal: AbortSignal): Promise<OpenModule> {
  const link = await openTcpLink(host, port);
  const [baudRate = 115_200] = baudRates;
  const module = new SamModule(link, baudRate);
  const open = await orGiveBack(module, signal, async () => ({
    module,
    link,
    baudRate,
    number: await module.number(),
  }));
  if (open === undefined) throw new StationError('reader.unplugged');
  return open;
}

/** Opens the reader at an address that the operator chose. */
export function openModule(
  address: Exclude<ReaderAddress, { kind: 'automatic' }>,
  ports: SerialPorts,
  signal: AbortSignal,
): Promise<OpenModule> {
  return address.kind === 'tcp'
    ? openTcpModule(address.host, address.port, signal)
    : openSerialModule(ports, address.path, baudRates, signal);
}
