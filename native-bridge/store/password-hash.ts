import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/*
 * Passwords are kept as scrypt digests (RFC 7914) with their parameters, so that these can be raised later. 2^15, 8, 3
 * is OWASP's choice for 32 MB of memory, which an old desk PC has to spare.
 */

export const passwordHashSchema = z.object({
  kind: z.literal('scrypt'),
  N: z.int(),
  r: z.int(),
  p: z.int(),
  salt: z.base64(),
  digest: z.base64(),
});
export type PasswordHash = z.infer<typeof passwordHashSchema>;

type Cost = Pick<PasswordHash, 'N' | 'r' | 'p'>;

const cost: Cost = { N: 2 ** 15, r: 8, p: 3 };
const digestBytes = 32;

/** One person's keyboard may compose a character, another's may not. */
function derive(password: string, salt: Uint8Array, { N, r, p }: Cost): Promise<Buffer> {
  const maxmem = 2 * 128 * N * r;
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, digestBytes, { N, r, p, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  );
}

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const digest = await derive(password, salt, cost);
  return { kind: 'scrypt', ...cost, salt: salt.toString('base64'), digest: digest.toString('base64') };
}

/** What a password is held against where there is no account: it takes as long, and nothing fits. */
const ofNobody: PasswordHash = {
  kind: 'scrypt',
  ...cost,
  salt: randomBytes(16).toString('base64'),
  digest: randomBytes(digestBytes).toString('base64'),
};

/** Takes the same time whether or not there is a hash to hold the password against. */
export async function isPassword(password: string, hash: PasswordHash = ofNobody): Promise<boolean> {
  const digest = await derive(password, Buffer.from(hash.salt, 'base64'), hash);
  return timingSafeEqual(digest, Buffer.from(hash.digest, 'base64'));
}
