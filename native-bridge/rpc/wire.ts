import { decode, encode } from '@msgpack/msgpack';

/** Largest message on a WebSocket in bytes: a full-size camera frame with room to spare. */
export const maximumMessageBytes = 8 * 1024 * 1024;

/** MessagePack keeps `Uint8Array` as bytes; `undefined` members are left out, as in a structured copy after a schema. */
export function toWire(message: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode(message, { ignoreUndefined: true }));
}

/** Throws on bytes that are not one whole MessagePack value. */
export function fromWire(bytes: Uint8Array): unknown {
  return decode(bytes, { maxBinLength: maximumMessageBytes, maxStrLength: maximumMessageBytes });
}
