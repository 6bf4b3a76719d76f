import { createCipheriv, createDecipheriv } from 'node:crypto';
import { StationError } from '../../contract/errors.ts';

/** Encrypts the fields that the interface wants hidden (ID and bank numbers). */
export interface FieldCipher {
  /** Base64 on one line. Equal texts give equal results, because the interface fixes the initialisation vector. */
  encrypt(plain: string): string;
  /** The text behind a platform's value, or undefined when it was not encrypted with this secret. */
  decrypt(base64: string): string | undefined;
}

const keyBytes = 32;
const vectorBytes = 16;

/**
 * AES-256-CBC with PKCS#7; the key is the secret's first 32 characters, the initialisation vector its first 16.
 * Throws `platform.not-configured` for a secret that cannot be a key.
 */
export function createFieldCipher(secret: string): FieldCipher {
  const key = Buffer.from(secret.slice(0, keyBytes), 'utf8');
  const vector = Buffer.from(secret.slice(0, vectorBytes), 'utf8');
  if (key.length !== keyBytes || vector.length !== vectorBytes) {
    throw new StationError('platform.not-configured', 'the secret does not have 32 plain characters');
  }
  return {
    encrypt: (plain) => encryptWith(key, vector, plain),
    decrypt: (base64) => decryptWith(key, vector, base64),
  };
}

function encryptWith(key: Buffer, vector: Buffer, plain: string): string {
  const cipher = createCipheriv('aes-256-cbc', key, vector);
  return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

function decryptWith(key: Buffer, vector: Buffer, base64: string): string | undefined {
  const decipher = createDecipheriv('aes-256-cbc', key, vector);
  try {
    const bytes = Buffer.concat([decipher.update(base64, 'base64'), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
