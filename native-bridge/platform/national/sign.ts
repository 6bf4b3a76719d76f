import { createHash } from 'node:crypto';
import { createFieldCipher } from './field-cipher.ts';

export type Parameters = Readonly<Record<string, string>>;

const byName = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : 1);

/**
 * The `sign` of a request: SHA-256 over the sorted parameters and the secret, 64 lower-case hex characters.
 * Values go in as they are, before URL encoding; the whole text is lower-cased, secret and Base64 included.
 */
export function sign(parameters: Parameters, secret: string): string {
  const pairs = Object.entries(parameters).filter(([name]) => name !== 'sign');
  const text = pairs
    .sort(byName)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return createHash('sha256').update(`${text}&appsecret=${secret}`.toLowerCase(), 'utf8').digest('hex');
}

/** `corpsign` of platforms that know each enterprise by a key of its own; signed like every other parameter. */
export const corpSign = (enterpriseKey: string, timestamp: string, secret: string): string =>
  createFieldCipher(secret).encrypt(enterpriseKey + timestamp);
