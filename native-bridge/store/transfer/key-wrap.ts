import {
  createCipheriv,
  createDecipheriv,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  randomInt,
  scryptSync,
} from 'node:crypto';
import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import { fingerprintOf, publicKeyOf, rawKeySchema, rawPublicKey } from './station-identity.ts';
import type { PublicStation, StationIdentity } from './station-identity.ts';

export const keyBytes = 32;
export const nonceBytes = 12;
export const tagBytes = 16;
const saltBytes = 16;

const base64 = (bytes: number) => z.base64url().refine((text) => Buffer.from(text, 'base64url').length === bytes);
const wrappedSchema = base64(nonceBytes + keyBytes + tagBytes);

/** The content key, wrapped for one way of opening the package. */
export const wrapSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passphrase'), salt: base64(saltBytes), wrapped: wrappedSchema }),
  z.object({ kind: z.literal('station'), fingerprint: z.string(), ephemeralKey: rawKeySchema, wrapped: wrappedSchema }),
]);
export type Wrap = z.infer<typeof wrapSchema>;

/** Who can open a package. */
export interface Receiver {
  readonly passphrase?: string | undefined;
  readonly station?: PublicStation | undefined;
}

/** Fixed by the version of the format, so that a package cannot ask for more: 128 MiB, some tenths of a second. */
const scryptCost = { N: 2 ** 17, r: 8, p: 1, maxmem: 192 * 1024 * 1024 };

const leastDistinct = 6;
/** Bits of a passphrase whose characters were drawn from the kinds that it shows. */
const leastBits = 60;
const kinds: readonly (readonly [RegExp, number])[] = [
  [/\d/, 10],
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[^\p{ASCII}]/u, 1000],
  [/[ -/:-@[-`{-~]/, 33],
];

/** Twenty characters that cannot be taken for each other, five bits each. */
const madeFrom = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const normalized = (passphrase: string) => passphrase.normalize('NFKC').trim();

/** A passphrase of 100 bits in five groups, to be read out or written down. */
export function makePassphrase(): string {
  const group = () => Array.from({ length: 4 }, () => madeFrom[randomInt(madeFrom.length)]).join('');
  return Array.from({ length: 5 }, group).join('-');
}

/** Throws `transfer.weak-passphrase` for one that could be found by trying. */
export function demandStrength(passphrase: string): void {
  const characters = [...normalized(passphrase)];
  const pool = kinds.reduce((sum, [kind, size]) => (kind.test(characters.join('')) ? sum + size : sum), 0);
  const bits = characters.length * Math.log2(Math.max(pool, 1));
  if (bits < leastBits || new Set(characters).size < leastDistinct) throw new StationError('transfer.weak-passphrase');
}

function locked(key: Uint8Array, content: Uint8Array, about: Uint8Array): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(about);
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function unlocked(key: Uint8Array, wrapped: string, about: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(wrapped, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(about).setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}

const fromPassphrase = (passphrase: string, salt: Uint8Array) =>
  scryptSync(normalized(passphrase), salt, keyBytes, scryptCost);

function fromAgreement(shared: Uint8Array, ephemeralKey: string, sealingKey: string): Uint8Array {
  const salt = Buffer.concat([Buffer.from(ephemeralKey, 'base64url'), Buffer.from(sealingKey, 'base64url')]);
  return new Uint8Array(hkdfSync('sha256', shared, salt, 'enrolpack-1 station', keyBytes));
}

function forPassphrase(passphrase: string, contentKey: Uint8Array, about: Uint8Array): Wrap {
  demandStrength(passphrase);
  const salt = randomBytes(saltBytes);
  const wrapped = locked(fromPassphrase(passphrase, salt), contentKey, about);
  return { kind: 'passphrase', salt: salt.toString('base64url'), wrapped };
}

function forStation(station: PublicStation, contentKey: Uint8Array, about: Uint8Array): Wrap {
  const { privateKey } = generateKeyPairSync('x25519');
  const ephemeralKey = rawPublicKey(privateKey);
  const shared = diffieHellman({ privateKey, publicKey: publicKeyOf('X25519', station.sealingKey) });
  const wrapped = locked(fromAgreement(shared, ephemeralKey, station.sealingKey), contentKey, about);
  return { kind: 'station', fingerprint: fingerprintOf(station), ephemeralKey, wrapped };
}

/** Wraps the content key for each way of opening; `about` binds the result to its package. */
export function wrapsFor(receiver: Receiver, contentKey: Uint8Array, about: Uint8Array): Wrap[] {
  const wraps: Wrap[] = [];
  if (receiver.passphrase !== undefined) wraps.push(forPassphrase(receiver.passphrase, contentKey, about));
  if (receiver.station !== undefined) wraps.push(forStation(receiver.station, contentKey, about));
  if (wraps.length === 0) throw new StationError('transfer.weak-passphrase', 'no receiver');
  return wraps;
}

function byStation(wrap: Wrap, { station, sealingKey }: StationIdentity, about: Uint8Array): Uint8Array | undefined {
  if (wrap.kind !== 'station' || wrap.fingerprint !== fingerprintOf(station)) return undefined;
  try {
    const shared = diffieHellman({ privateKey: sealingKey, publicKey: publicKeyOf('X25519', wrap.ephemeralKey) });
    return unlocked(fromAgreement(shared, wrap.ephemeralKey, station.sealingKey), wrap.wrapped, about);
  } catch {
    // A point of small order, which no honest station sends.
    return undefined;
  }
}

function byPassphrase(wrap: Wrap, passphrase: string, about: Uint8Array): Uint8Array | undefined {
  if (wrap.kind !== 'passphrase') return undefined;
  return unlocked(fromPassphrase(passphrase, Buffer.from(wrap.salt, 'base64url')), wrap.wrapped, about);
}

/** The content key. Throws `transfer.not-for-us` or `transfer.wrong-passphrase`. */
export function unwrap(
  wraps: readonly Wrap[],
  identity: StationIdentity,
  passphrase: string | undefined,
  about: Uint8Array,
): Uint8Array {
  for (const wrap of wraps) {
    const key =
      byStation(wrap, identity, about) ??
      (passphrase === undefined ? undefined : byPassphrase(wrap, passphrase, about));
    if (key !== undefined) return key;
  }
  const asks = wraps.some((wrap) => wrap.kind === 'passphrase');
  throw new StationError(asks ? 'transfer.wrong-passphrase' : 'transfer.not-for-us');
}
