import { type Channel, Inbox } from './channel.ts';

/** The page's MessagePort, as far as it is used here. */
export interface WebPort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): void;
  start(): void;
  close(): void;
}

/** Electron's MessagePortMain, as far as it is used here. */
export interface MainPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

function channelOver(port: { postMessage(message: unknown): void; close(): void }, inbox: Inbox): Channel {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => inbox.listen(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => {
      port.close();
      inbox.close();
    },
  };
}

/** A channel over a page's MessagePort. */
export function fromMessagePort(port: WebPort): Channel {
  const inbox = new Inbox();
  port.addEventListener('message', (event) => inbox.deliver(event.data));
  port.addEventListener('close', () => inbox.close());
  port.start();
  return channelOver(port, inbox);
}

/** A channel over the port that Electron's main and utility processes hold. */
export function fromMainPort(port: MainPort): Channel {
  const inbox = new Inbox();
  port.on('message', (event) => inbox.deliver(event.data));
  port.on('close', () => inbox.close());
  port.start();
  return channelOver(port, inbox);
}
