import type { ReaderAddress, ReaderSettings } from '../contract/reader.ts';
import type { FleetPlan } from './reader-fleet.ts';
import type { ReaderFinder, ReaderPort } from './reader-module.ts';
import { SerialFinder } from './transport/serial-finder.ts';
import { type SerialPorts, systemSerialPorts } from './transport/serial-link.ts';
import { tcpPort } from './transport/tcp-finder.ts';

/** On Windows `com3` and `COM3` are the same port. */
const sameName = (path: string) => (process.platform === 'win32' ? path.toUpperCase() : path);

/** Where the settings let the station look for readers. `others` search transports besides the serial ports. */
export function fleetPlan(
  settings: ReaderSettings,
  others: readonly ReaderFinder[] = [],
  ports: SerialPorts = systemSerialPorts,
): FleetPlan {
  const excluded = new Set(settings.excludedPorts.map(sameName));
  const serial = new SerialFinder((path) => excluded.has(sameName(path)), ports);
  const portAt = (address: ReaderAddress): ReaderPort =>
    address.kind === 'tcp' ? tcpPort(address.host, address.port) : serial.port({ path: address.path });
  return {
    chosen: settings.addresses.map(portAt),
    finders: settings.automatic ? [serial, ...others] : [],
    boundSamNumber: settings.boundSamNumber,
  };
}
