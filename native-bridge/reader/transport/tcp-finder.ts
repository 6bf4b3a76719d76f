import { demandSam } from '../open-sam.ts';
import type { ReaderPort } from '../reader-module.ts';
import { openTcpLink } from './tcp-link.ts';

/** A reader behind a serial device server. Nothing tells of such a server by itself, so its address is given. */
export function tcpPort(host: string, port: number): ReaderPort {
  return {
    key: `tcp:${host}:${port}`,
    isKnownReader: true,
    open: async (signal) => demandSam(await openTcpLink(host, port), { driver: 'TCP' }, signal),
  };
}
