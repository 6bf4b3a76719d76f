import type { ReaderAddress } from '../contract/station.ts';
import { StationError } from '../contract/errors.ts';
import { SamModule } from './sam/sam-module.ts';
import type { ByteLink } from './transport/byte-link.ts';
import { listSerialPorts, openSerialLink } from './transport/serial-link.ts';
import { openTcpLink } from './transport/tcp-link.ts';

/** A module that answered, with the identity it gave. */
export interface OpenModule {
  readonly module: SamModule;
  readonly link: ByteLink;
  readonly number: string;
}

/** Speeds in the order in which modules in the field have them. */
const baudRates = [115_200, 9600, 57_600, 38_400, 19_200] as const;

/** An unknown port gets one status frame per speed and this long to answer. */
const probeMs = 300;

async function identify(link: ByteLink, baudRate: number): Promise<OpenModule> {
  const module = new SamModule(link, baudRate);
  try {
    return { module, link, number: await module.number() };
  } catch (error) {
    await module.close();
    throw error;
  }
}

async function openSerialModule(path: string): Promise<OpenModule> {
  for (const baudRate of baudRates) {
    const link = await openSerialLink(path, baudRate);
    const module = new SamModule(link, baudRate);
    if (await module.probe(probeMs)) return identify(link, baudRate);
    await module.close();
  }
  throw new StationError('reader.no-answer');
}

async function closeUnless(other: OpenModule, found: OpenModule): Promise<void> {
  if (other !== found) await other.module.close();
}

async function firstSerialModule(): Promise<OpenModule> {
  const searches = (await listSerialPorts()).map(openSerialModule);
  // Searches that end later than the winner give their port back.
  const found = await Promise.any(searches).catch((error: unknown) => {
    const reasons = error instanceof AggregateError ? (error.errors as unknown[]) : [];
    const refusals = reasons.filter((reason) => reason instanceof StationError);
    throw refusals.find(({ code }) => code.startsWith('reader.port-')) ?? new StationError('reader.not-found');
  });
  for (const search of searches) search.then((other) => closeUnless(other, found)).catch(() => undefined);
  return found;
}

/** Opens the reader at an address, finding port and speed by itself where they are not given. */
export async function openModule(address: ReaderAddress): Promise<OpenModule> {
  switch (address.kind) {
    case 'tcp':
      return identify(await openTcpLink(address.host, address.port), baudRates[0]);
    case 'serial':
      return openSerialModule(address.path);
    case 'automatic':
      return firstSerialModule();
  }
}
