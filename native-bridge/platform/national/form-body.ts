import { asEncoded, type Parameters } from './sign.ts';

/** Bytes that stand for themselves in `application/x-www-form-urlencoded` (WHATWG URL, 5.2). */
const standsForItself = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(/[A-Za-z0-9*._-]/.test(String.fromCharCode(byte)) && byte < 0x80),
);
const hexDigits = Buffer.from('0123456789ABCDEF', 'latin1');
const [space, plus, percent, ampersand, equals] = [0x20, 0x2b, 0x25, 0x26, 0x3d];

/** Writes `bytes` encoded into `target` from `at` on and gives the place behind them. */
function writeEncoded(bytes: Uint8Array, target: Uint8Array, at: number): number {
  let end = at;
  // By index: walking half a million bytes with an iterator takes several times as long.
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (standsForItself[byte] === 1) target[end++] = byte;
    else if (byte === space) target[end++] = plus;
    else {
      target[end++] = percent;
      target[end++] = hexDigits[byte >> 4] ?? 0;
      target[end++] = hexDigits[byte & 15] ?? 0;
    }
  }
  return end;
}

/** Where forms are put together; one that is larger gets a place of its own, so that this one never becomes large. */
const usual = new Uint8Array(4 * 1024 * 1024);

/**
 * A form as it is sent, the same bytes as of `URLSearchParams`. That one makes several copies of a request with pictures,
 * half a million characters each, in the memory that is cleaned up last.
 */
export function formBody(parameters: Parameters): Uint8Array<ArrayBuffer> {
  const parts = Object.entries(parameters).map(([name, value]) => [Buffer.from(name), asEncoded(value).utf8] as const);
  const longest = parts.reduce((sum, [name, value]) => sum + 3 * (name.length + value.length) + 2, 0);
  const body = longest <= usual.length ? usual : new Uint8Array(longest);
  let end = 0;
  for (const [name, value] of parts) {
    if (end > 0) body[end++] = ampersand;
    end = writeEncoded(name, body, end);
    body[end++] = equals;
    end = writeEncoded(value, body, end);
  }
  return body.slice(0, end);
}
