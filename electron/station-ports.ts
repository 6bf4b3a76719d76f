import type { MessagePortMain } from 'electron';
import type { UtilityBridge } from './bridge-process.ts';

/** Name of the message with which a page asks for a port, and of the one that brings it. */
export const stationPort = 'station-port';

interface PortPair {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;
}

interface Page {
  isDestroyed(): boolean;
  postMessage(channel: string, message: unknown, transfer: MessagePortMain[]): void;
}

interface Bridges {
  whenServing(): Promise<unknown>;
  readonly servingProcess: UtilityBridge | undefined;
}

/**
 * Gives a page a line of its own to the bridge: one end to each. A page that asks early waits until the bridge serves.
 * When the bridge dies its end closes, the page's end closes with it, and the page asks again.
 */
export async function connectPage(page: Page, bridges: Bridges, createPorts: () => PortPair): Promise<void> {
  await bridges.whenServing();
  const bridge = bridges.servingProcess;
  if (bridge === undefined || page.isDestroyed()) return;
  const { port1, port2 } = createPorts();
  bridge.sendPort(port1);
  page.postMessage(stationPort, undefined, [port2]);
}
