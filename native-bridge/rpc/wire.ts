import { decode, encode } from '@msgpack/msgpack';

/** Largest message on a WebSocket in bytes: a full-size camera frame with room to spare. */
export const maximumMessageBytes = 8 * 1024 * 1024;

/** MessagePack keeps `Uint8Array` as bytes; `undefined` members are left out, as in a structured copy after a schema. */
export function toWire(message: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode(message, { ignoreUndefined: true }));
}

/** No message of the contract comes near these; what exceeds them was made to be expensive. */
const limits = {
  maxBinLength: maximumMessageBytes,
  maxStrLength: 1_000_000,
  maxArrayLength: 10_000,
  maxMapLength: 1000,
  maxExtLength: 0,
};
const deepest = 32;

/** Depth of nesting without recursion, for a value that may be deeper than the stack allows. */
function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= deepest; depth++) {
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null && !ArrayBuffer.isView(item) ? (Object.values(item) as unknown[]) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

/** Throws on bytes that are not one whole MessagePack value, or one that no honest sender would make. */
export function fromWire(bytes: Uint8Array): unknown {
  const value = decode(bytes, limits);
  if (isTooDeep(value)) throw new RangeError('nested too deeply');
  return value;
}
