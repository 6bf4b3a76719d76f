import { type Channel, Inbox } from './channel.ts';

const half = (own: Inbox, other: Inbox): Channel => ({
  // A structured copy, so that neither side can change what the other holds: as on every other channel.
  send: (message) => {
    const copy = structuredClone(message);
    queueMicrotask(() => other.deliver(copy));
  },
  onMessage: (listener) => own.listen(listener),
  onClose: (listener) => own.onClose(listener),
  close: () => {
    own.close();
    other.close();
  },
});

/** Two ends of one line inside a process. */
export function inProcessChannelPair(): readonly [Channel, Channel] {
  const left = new Inbox();
  const right = new Inbox();
  return [half(left, right), half(right, left)];
}
