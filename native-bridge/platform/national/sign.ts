import { createHash, type Hash } from 'node:crypto';
import { createFieldCipher } from './field-cipher.ts';

/** A text with its bytes in UTF-8. Half a million characters are turned into bytes once, for signing and for sending. */
export interface EncodedText {
  readonly text: string;
  readonly utf8: Uint8Array<ArrayBuffer>;
}

export type Parameters = Readonly<Record<string, string | EncodedText>>;

export const encodedText = (text: string): EncodedText => ({ text, utf8: Buffer.from(text, 'utf8') });

export const asEncoded = (value: string | EncodedText): EncodedText =>
  typeof value === 'string' ? encodedText(value) : value;

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/** Letters with a lower case lie outside of these: ASCII, some punctuation, CJK, full-width forms without A to Z. */
const mayHaveCase = /[^\0-\x7f\u2010-\u203f\u3000-\u9fff\uff00-\uff20\uff3b-\uffef]/;

/** Bytes lowered at a time: short texts are cheap to make and to forget. */
const pieceBytes = 65_536;

/**
 * Adds `text.toLowerCase()` in UTF-8. A request is mostly Base64, half a million characters of it, and lowering it as a
 * text that has Chinese in it takes many times as long as lowering its bytes: that changes A to Z, and of all other bytes
 * only those that begin a character below U+0800.
 */
function addLowerCased(hash: Hash, { text, utf8 }: EncodedText): void {
  if (mayHaveCase.test(text)) return void hash.update(text.toLowerCase());
  const bytes = Buffer.from(utf8.buffer, utf8.byteOffset, utf8.byteLength);
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    hash.update(bytes.toString('latin1', from, from + pieceBytes).toLowerCase(), 'latin1');
  }
}

/**
 * The `sign` of a request: SHA-256 over the sorted parameters and the secret, 64 lower-case hex characters.
 * Values go in as they are, before URL encoding; the whole text is lower-cased, secret and Base64 included.
 */
export function sign(parameters: Parameters, secret: string): string {
  const hash = createHash('sha256');
  const pairs = Object.entries(parameters).filter(([name]) => name !== 'sign');
  for (const [name, value] of pairs.sort(byName)) {
    hash.update(`${name.toLowerCase()}=`);
    addLowerCased(hash, asEncoded(value));
    hash.update('&');
  }
  return hash.update(`appsecret=${secret.toLowerCase()}`).digest('hex');
}

/** `corpsign` of platforms that know each enterprise by a key of its own; signed like every other parameter. */
export const corpSign = (enterpriseKey: string, timestamp: string, secret: string): string =>
  createFieldCipher(secret).encrypt(enterpriseKey + timestamp);
