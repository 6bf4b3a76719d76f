import { createHash } from 'node:crypto';

export type Parameters = Readonly<Record<string, string>>;

const byName = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : 1);

/** Letters with a lower case lie outside of these: ASCII, some punctuation, CJK, full-width forms without A to Z. */
const mayHaveCase = /[^\0-\x7f\u2010-\u203f\u3000-\u9fff\uff00-\uff20\uff3b-\uffef]/;

/**
 * The UTF-8 bytes of `text.toLowerCase()`, one character for each byte. A request is mostly Base64, half a million
 * characters of it, and lowering it as a text that has Chinese in it takes many times as long. Lowering the bytes changes
 * A to Z, and of all other bytes only those that begin a character below U+0800.
 */
function lowerCasedBytes(text: string): string {
  if (mayHaveCase.test(text)) return Buffer.from(text.toLowerCase(), 'utf8').toString('latin1');
  return Buffer.from(text, 'utf8').toString('latin1').toLowerCase();
}

/**
 * The `sign` of a request: SHA-256 over the sorted parameters and the secret, 64 lower-case hex characters.
 * Values go in as they are, before URL encoding; the whole text is lower-cased, secret and Base64 included.
 */
export function sign(parameters: Parameters, secret: string): string {
  const hash = createHash('sha256');
  const pairs = Object.entries(parameters).filter(([name]) => name !== 'sign');
  for (const [name, value] of pairs.sort(byName)) {
    hash.update(`${name.toLowerCase()}=`).update(lowerCasedBytes(value), 'latin1').update('&');
  }
  return hash.update(`appsecret=${secret.toLowerCase()}`).digest('hex');
}
