import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { StationError } from '../contract/errors.ts';

/*
 * The data key, 32 random bytes, is kept wrapped only: once by the shell's key, and once by the administrator's recovery
 * key where one was made. Each wrapping is AES-256-GCM (96-bit random nonce, 128-bit tag) under a key of its own:
 * HKDF-SHA-256 of the wrapping key with a random 16-byte salt and the wrapping's purpose. Both wrapping keys are random
 * (256 and 160 bits), so there is nothing to guess and no slow derivation is needed. The purpose is authenticated as
 * well, so that one wrapping cannot stand in for the other.
 */

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const saltBytes = 16;

const base64 = z.base64();

const wrappingSchema = z.object({ salt: base64, nonce: base64, sealed: base64 });
type Wrapping = z.infer<typeof wrappingSchema>;

const recoveryWrappingSchema = wrappingSchema.extend({
  madeAt: z.iso.datetime(),
  /** When somebody last showed that the written-down key opens this. */
  testedAt: z.iso.datetime().optional(),
});

export const wrappedKeySchema = z.object({ shell: wrappingSchema, recovery: recoveryWrappingSchema.optional() });
/** One data key with its wrappings. */
export type WrappedKey = z.infer<typeof wrappedKeySchema>;

export const envelopeSchema = z.object({
  version: z.literal(1),
  current: wrappedKeySchema,
  /** Data keys of earlier times, newest first, for backups of those times. */
  previous: z.array(wrappedKeySchema).optional(),
});
export type KeyEnvelope = z.infer<typeof envelopeSchema>;

type Purpose = 'shell' | 'recovery';

function wrappingKey(secret: Uint8Array, salt: Uint8Array, purpose: Purpose): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, `enrol-desk data key ${purpose}`, keyBytes));
}

function wrap(dataKey: Uint8Array, secret: Uint8Array, purpose: Purpose): Wrapping {
  const [salt, nonce] = [randomBytes(saltBytes), randomBytes(nonceBytes)];
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(secret, salt, purpose), nonce);
  cipher.setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  return { salt: salt.toString('base64'), nonce: nonce.toString('base64'), sealed: sealed.toString('base64') };
}

/** Undefined when the secret is not the one, or a byte was changed. */
function unwrap(wrapping: Wrapping, secret: Uint8Array, purpose: Purpose): Uint8Array | undefined {
  const [salt, nonce, sealed] = [wrapping.salt, wrapping.nonce, wrapping.sealed].map((text) =>
    Buffer.from(text, 'base64'),
  );
  if (salt === undefined || nonce?.length !== nonceBytes || sealed?.length !== keyBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey(secret, salt, purpose), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(keyBytes));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, keyBytes)), decipher.final()]));
  } catch {
    return undefined;
  }
}

export const newDataKey = (): Uint8Array => new Uint8Array(randomBytes(keyBytes));

export const wrapForShell = (dataKey: Uint8Array, shellKey: Uint8Array): WrappedKey => ({
  shell: wrap(dataKey, shellKey, 'shell'),
});

export function withRecovery(key: WrappedKey, dataKey: Uint8Array, recoveryKey: Uint8Array, now: Date): WrappedKey {
  return { ...key, recovery: { ...wrap(dataKey, recoveryKey, 'recovery'), madeAt: now.toISOString() } };
}

/** The wrapping by the shell made anew; that by the recovery key stays. */
export const withShell = (key: WrappedKey, dataKey: Uint8Array, shellKey: Uint8Array): WrappedKey => ({
  ...key,
  ...wrapForShell(dataKey, shellKey),
});

/**
 * With a new data key, the present one kept for what it has encrypted. Without the recovery key, which is kept nowhere,
 * the new data key opens by the shell's only, until a recovery key is made again.
 */
export function withNewDataKey(
  { current, previous = [], ...rest }: KeyEnvelope,
  dataKey: Uint8Array,
  by: { readonly shellKey: Uint8Array; readonly recoveryKey: Uint8Array | undefined },
  now: Date,
): KeyEnvelope {
  const wrapped = wrapForShell(dataKey, by.shellKey);
  const moments = { madeAt: current.recovery?.madeAt ?? now.toISOString(), testedAt: now.toISOString() };
  const recovery = by.recoveryKey && { ...wrap(dataKey, by.recoveryKey, 'recovery'), ...moments };
  return { ...rest, current: { ...wrapped, ...(recovery && { recovery }) }, previous: [current, ...previous] };
}

/** Every data key in these envelopes that the shell's key opens. */
export const keysByShell = (envelopes: readonly KeyEnvelope[], shellKey: Uint8Array): Uint8Array[] =>
  envelopes
    .flatMap(({ current, previous = [] }) => [current, ...previous])
    .flatMap((wrapped) => openByShell(wrapped, shellKey) ?? []);

/** The data key by the shell's key, undefined when it does not fit. */
export const openByShell = (key: WrappedKey, shellKey: Uint8Array): Uint8Array | undefined =>
  unwrap(key.shell, shellKey, 'shell');

/** Throws `recovery-key.none` and `recovery-key.wrong`. */
export function openByRecovery(key: WrappedKey, recoveryKey: Uint8Array): Uint8Array {
  if (key.recovery === undefined) throw new StationError('recovery-key.none');
  const dataKey = unwrap(key.recovery, recoveryKey, 'recovery');
  if (dataKey === undefined) throw new StationError('recovery-key.wrong');
  return dataKey;
}
