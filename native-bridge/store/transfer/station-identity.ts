import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { z } from 'zod';
import type { Settings } from '../settings.ts';

/** A public key as its 32 raw bytes in base64url: Ed25519 for signing, X25519 for sealing. */
export const rawKeySchema = z.string().regex(/^[\w-]{43}$/);

/** What other stations may know of one. */
export const publicStationSchema = z.object({
  name: z.string().trim().min(1).max(60),
  signingKey: rawKeySchema,
  sealingKey: rawKeySchema,
});
export type PublicStation = Readonly<z.infer<typeof publicStationSchema>>;

/** The station's two key pairs; they stay in the encrypted file. */
export interface StationIdentity {
  readonly station: PublicStation;
  readonly signingKey: KeyObject;
  readonly sealingKey: KeyObject;
}

const settingKey = 'transfer.identity';
const nameKey = 'transfer.station-name';
const storedSchema = z.object({ signing: z.string(), sealing: z.string() });

type Curve = 'Ed25519' | 'X25519';

export function publicKeyOf(curve: Curve, raw: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: curve, x: raw }, format: 'jwk' });
}

export function rawPublicKey(key: KeyObject): string {
  return createPublicKey(key).export({ format: 'jwk' }).x ?? '';
}

/**
 * SHA-256 of the raw signing key and the raw sealing key, the first 80 bits as five groups of four hexadecimal digits:
 * short enough to be read out on the telephone, too long to be met by trying.
 */
export function fingerprintOf({ signingKey, sealingKey }: Omit<PublicStation, 'name'>): string {
  const both = Buffer.concat([Buffer.from(signingKey, 'base64url'), Buffer.from(sealingKey, 'base64url')]);
  const digits = createHash('sha256').update(both).digest('hex').slice(0, 20).toUpperCase();
  return digits.replace(/(.{4})(?=.)/g, '$1-');
}

function makeKeys(settings: Settings): z.infer<typeof storedSchema> {
  const pkcs8 = (key: KeyObject) => key.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const keys = {
    signing: pkcs8(generateKeyPairSync('ed25519').privateKey),
    sealing: pkcs8(generateKeyPairSync('x25519').privateKey),
  };
  settings.set(settingKey, keys);
  return keys;
}

/** The station's identity, made at first use. Without a name of its own it is called by its fingerprint. */
export function stationIdentity(settings: Settings): StationIdentity {
  const stored = settings.get(settingKey, storedSchema) ?? makeKeys(settings);
  const open = (der: string) => createPrivateKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'pkcs8' });
  const [signingKey, sealingKey] = [open(stored.signing), open(stored.sealing)];
  const keys = { signingKey: rawPublicKey(signingKey), sealingKey: rawPublicKey(sealingKey) };
  const name = settings.get(nameKey, publicStationSchema.shape.name) ?? `采集台 ${fingerprintOf(keys).slice(0, 4)}`;
  return { station: { name, ...keys }, signingKey, sealingKey };
}

export function nameStation(settings: Settings, name: string): void {
  settings.set(nameKey, name);
}

/** Ed25519 over a purpose and what is signed, so that a signature for one purpose never serves another. */
export function signed(identity: StationIdentity, purpose: string, ...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(sign(null, Buffer.concat([Buffer.from(`${purpose}\n`), ...parts]), identity.signingKey));
}

export function isSigned(key: KeyObject, signature: Uint8Array, purpose: string, ...parts: Uint8Array[]): boolean {
  return verify(null, Buffer.concat([Buffer.from(`${purpose}\n`), ...parts]), key, signature);
}
