import type { WebSocket } from 'ws';

const intervalMs = 30_000;

/**
 * Pings every socket twice a minute and drops those that did not answer the ping before: a page that is gone without a
 * word would otherwise stay a client for ever. Returns the function that ends it.
 */
export function pingIdleSockets(sockets: ReadonlySet<WebSocket>): () => void {
  const waiting = new WeakSet<WebSocket>();
  const beat = () => {
    for (const socket of sockets) {
      if (waiting.has(socket)) socket.terminate();
      else ping(socket, waiting);
    }
  };
  const timer = setInterval(beat, intervalMs);
  return () => clearInterval(timer);
}

function ping(socket: WebSocket, waiting: WeakSet<WebSocket>): void {
  waiting.add(socket);
  socket.once('pong', () => waiting.delete(socket));
  socket.ping();
}
