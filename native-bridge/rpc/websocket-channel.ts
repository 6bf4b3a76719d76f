import { type Channel, Inbox } from './channel.ts';
import { fromWire, toWire } from './wire.ts';

/** The page's WebSocket (Node's global one has the same shape), as far as it is used here. */
interface PageSocket {
  binaryType: string;
  readonly readyState: number;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

declare const WebSocket: new (url: string) => PageSocket;

const open = 1;

/** Bytes that are not MessagePack become an undefined message, which the layer above refuses with a code. */
function decoded(data: unknown): unknown {
  try {
    return data instanceof ArrayBuffer ? fromWire(new Uint8Array(data)) : undefined;
  } catch {
    return undefined;
  }
}

/** Opens a WebSocket and resolves once it stands. Rejects when it cannot be opened. */
export function connectWebSocket(url: string): Promise<Channel> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const inbox = new Inbox();
  socket.addEventListener('message', (event) => inbox.deliver(decoded(event.data)));
  const channel: Channel = {
    send: (message) => {
      if (socket.readyState === open) socket.send(toWire(message));
    },
    onMessage: (listener) => inbox.listen(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(channel));
    socket.addEventListener('close', () => {
      inbox.close();
      reject(new Error('the WebSocket could not be opened'));
    });
  });
}
