import { createHmac, createSecretKey, type KeyObject, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

// SQLCipher 4 file layout: 4096-byte pages whose last 80 bytes are the IV (16) and an HMAC-SHA512 (64) over the
// page up to the HMAC and the page number (32 bits, little-endian). The file begins with a 16-byte salt, which is not
// part of the first page's HMAC. The HMAC key is PBKDF2-SHA512(key, salt XOR 0x3a, 2 rounds).
export const pageBytes = 4096;
export const saltBytes = 16;
export const macBytes = 64;
const macSaltMask = 0x3a;
const macKeyRounds = 2;
const keyBytes = 32;

/** How many pages are tried: the damage to one page, or to one sector cluster, must not hide that the key is right. */
const pagesTried = 64;

/** A key object, for making one of bytes takes longer than the MAC of a page. */
export function macKeyOf(key: Uint8Array, salt: Uint8Array): KeyObject {
  const macSalt = salt.map((byte) => byte ^ macSaltMask);
  return createSecretKey(pbkdf2Sync(key, macSalt, macKeyRounds, keyBytes, 'sha512'));
}

/** What has to stand at the end of an encrypted page with this number (from 1). */
export function pageMac(page: Uint8Array, number: number, macKey: KeyObject): Buffer {
  const numberBytes = Buffer.alloc(4);
  numberBytes.writeUInt32LE(number);
  const body = page.subarray(number === 1 ? saltBytes : 0, pageBytes - macBytes);
  return createHmac('sha512', macKey).update(body).update(numberBytes).digest();
}

const pageIsGenuine = (page: Uint8Array, number: number, macKey: KeyObject): boolean =>
  timingSafeEqual(pageMac(page, number, macKey), page.subarray(pageBytes - macBytes));

/** SQLite locks by a byte at 1 GiB and never uses the page that holds it; in a file of that size it is a hole. */
export const lockPage = 0x4000_0000 / pageBytes + 1;

/** Authenticates the pages of a file that stays open meanwhile. */
export interface PageReader {
  /**
   * The number of the first page that is not genuine among `count` from page `first` (from 1); undefined when all are.
   * `end` tells that the file goes no further.
   */
  look(first: number, count: number): { readonly damaged?: number; readonly end: boolean };
  close(): void;
}

export function readPages(file: string, key: Uint8Array): PageReader {
  const descriptor = openSync(file, 'r');
  const salt = Buffer.alloc(saltBytes);
  readSync(descriptor, salt, 0, saltBytes, 0);
  const macKey = macKeyOf(key, salt);
  return {
    look: (first, count) => {
      const bytes = Buffer.alloc(count * pageBytes);
      const read = readSync(descriptor, bytes, 0, bytes.length, (first - 1) * pageBytes);
      const damaged = Array.from({ length: Math.ceil(read / pageBytes) }, (_, index) => first + index).find(
        (number) =>
          number !== lockPage &&
          !pageIsGenuine(bytes.subarray((number - first) * pageBytes).subarray(0, pageBytes), number, macKey),
      );
      return { ...(damaged !== undefined && { damaged }), end: read < bytes.length };
    },
    close: () => closeSync(descriptor),
  };
}

function readStart(file: string): Buffer {
  const start = Buffer.alloc(pagesTried * pageBytes);
  const descriptor = openSync(file, 'r');
  try {
    return start.subarray(0, readSync(descriptor, start, 0, start.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Whether `key` (32 bytes) is the file's key, judged without SQLite: true when it authenticates any of the first
 * pages. SQLite gives the same answer, "not a database", for a wrong key and for a damaged first page; this tells them
 * apart. Damage to the salt itself looks like a wrong key.
 */
export function keyFitsFile(file: string, key: Uint8Array): boolean {
  const start = readStart(file);
  const macKey = macKeyOf(key, start.subarray(0, saltBytes));
  const pages = Math.floor(start.length / pageBytes);
  return Array.from({ length: pages }, (_, index) => index).some((index) =>
    pageIsGenuine(start.subarray(index * pageBytes, (index + 1) * pageBytes), index + 1, macKey),
  );
}
