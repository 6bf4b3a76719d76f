import { type RawData, WebSocket } from 'ws';
import { type Channel, Inbox } from './channel.ts';
import { fromWire, maximumMessageBytes, toWire } from './wire.ts';

/** Bytes that may wait for a slow client. */
const mostUnread = 4 * maximumMessageBytes;

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function decoded(data: RawData, isBinary: boolean): unknown {
  try {
    return isBinary ? fromWire(bytesOf(data)) : undefined;
  } catch {
    return undefined;
  }
}

/** A channel over the server's end of a WebSocket. */
export function fromServerSocket(socket: WebSocket): Channel {
  const inbox = new Inbox();
  socket.on('message', (data, isBinary) => inbox.deliver(decoded(data, isBinary)));
  socket.on('close', () => inbox.close());
  // An error is always followed by `close`; without a listener it would end the process.
  socket.on('error', () => undefined);
  return {
    send: (message) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      // A client that does not read what it asked for must not fill our memory.
      if (socket.bufferedAmount > mostUnread) socket.terminate();
      else socket.send(toWire(message));
    },
    onMessage: (listener) => inbox.listen(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => socket.close(),
  };
}
