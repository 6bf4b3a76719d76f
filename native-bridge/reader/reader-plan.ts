import { realpathSync } from 'node:fs';
import type { ReaderAddress, ReaderSettings } from '../contract/reader.ts';
import type { FleetPlan } from './reader-fleet.ts';
import type { ReaderFinder, ReaderPort } from './reader-module.ts';
import { SerialFinder } from './transport/serial-finder.ts';
import { type SerialPorts, systemSerialPorts } from './transport/serial-link.ts';
import { tcpPort } from './transport/tcp-finder.ts';

/** One name for each port: `com3` is COM3 on Windows, elsewhere a name may be a link to the device. */
function deviceOf(path: string): string {
  if (process.platform === 'win32') return path.toUpperCase();
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Where the settings let the station look for readers. `others` search transports besides the serial ports. */
export function fleetPlan(
  settings: ReaderSettings,
  others: readonly ReaderFinder[] = [],
  ports: SerialPorts = systemSerialPorts,
): FleetPlan {
  const chosenPaths = settings.addresses.flatMap((address) => (address.kind === 'serial' ? [address.path] : []));
  // Asked anew each time, as a link may come and go with its device. A chosen port is served under its chosen name.
  const isTaken = (path: string) =>
    [...settings.excludedPorts, ...chosenPaths].some((taken) => deviceOf(taken) === deviceOf(path));
  const serial = new SerialFinder(isTaken, ports);
  const portAt = (address: ReaderAddress): ReaderPort =>
    address.kind === 'tcp' ? tcpPort(address.host, address.port) : serial.port({ path: address.path });
  return {
    chosen: settings.addresses.map(portAt),
    finders: settings.automatic ? [serial, ...others] : [],
    boundSamNumber: settings.boundSamNumber,
  };
}
