import type { StationClient } from '../../native-bridge/contract/client.ts';
import type { Channel } from '../../native-bridge/rpc/channel.ts';
import { createReconnectingClient } from '../../native-bridge/rpc/client.ts';
import { fromMessagePort } from '../../native-bridge/rpc/message-port-channel.ts';
import { connectWebSocket } from '../../native-bridge/rpc/websocket-channel.ts';

const isPortMessage = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'station-port';

/** Asks the Electron preload for a port to the station; each request gives a new one. */
function requestPort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>) => {
      const [port] = event.ports;
      if (event.source !== window || !isPortMessage(event.data) || port === undefined) return;
      window.removeEventListener('message', receive);
      resolve(port);
    };
    window.addEventListener('message', receive);
    window.postMessage({ kind: 'station-port-please' }, window.location.origin);
  });
}

const openPort = async (): Promise<Channel> => fromMessagePort(await requestPort());

/** The browser shell serves page and socket from one origin and knows the page by its cookie. */
const openSocket = (): Promise<Channel> => connectWebSocket(`ws://${window.location.host}/station`);

/** The station, by the way that the shell around the page offers: only the browser shell serves pages over HTTP. */
export function connectStation(): StationClient {
  return createReconnectingClient(window.location.protocol === 'http:' ? openSocket : openPort);
}
