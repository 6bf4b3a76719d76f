import { createCipheriv, createDecipheriv, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { StationError } from '../contract/errors.ts';
import type { OnBytes } from './file-copy.ts';
import { lockPage, macBytes, macKeyOf, pageBytes, pageMac, saltBytes } from './page-authentication.ts';

// AES-256-CBC without padding over a page up to its initial vector, which the HMAC follows; see `page-authentication.ts`.
const vectorBytes = 16;
const vectorAt = pageBytes - macBytes - vectorBytes;

/** Pages that are read, encrypted anew and written at a time: 1 MiB. */
const pagesAtATime = 256;

interface FileCipher {
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
  readonly macKey: KeyObject;
}

const cipherOf = (key: Uint8Array, salt: Uint8Array): FileCipher => ({ key, salt, macKey: macKeyOf(key, salt) });

/** Encrypts one page anew in place. Throws `store.corrupt` for one that is not genuine: a wrong page must not become a right one. */
function recrypt(page: Buffer, number: number, from: FileCipher, to: FileCipher): void {
  const mac = page.subarray(pageBytes - macBytes);
  if (!timingSafeEqual(pageMac(page, number, from.macKey), mac)) throw new StationError('store.corrupt', 'page');
  const content = page.subarray(number === 1 ? saltBytes : 0, vectorAt);
  const vector = page.subarray(vectorAt, vectorAt + vectorBytes);
  const clear = createDecipheriv('aes-256-cbc', from.key, vector).setAutoPadding(false).update(content);
  randomBytes(vectorBytes).copy(vector);
  createCipheriv('aes-256-cbc', to.key, vector).setAutoPadding(false).update(clear).copy(content);
  if (number === 1) page.set(to.salt);
  pageMac(page, number, to.macKey).copy(mac);
}

function readWhole(descriptor: number, into: Buffer, at: number): void {
  for (let read = 0; read < into.length;) {
    const bytes = readSync(descriptor, into, read, into.length - read, at + read);
    if (bytes === 0) throw new StationError('store.corrupt', 'file cut short');
    read += bytes;
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array, at: number): void {
  for (let written = 0; written < bytes.length;)
    written += writeSync(descriptor, bytes, written, bytes.length - written, at + written);
}

function copyPages(source: number, target: number, keys: { from: FileCipher; to: FileCipher }, onBytes: OnBytes): void {
  const { size } = fstatSync(source);
  if (size % pageBytes !== 0) throw new StationError('store.corrupt', 'file cut short');
  const pages = Buffer.alloc(pagesAtATime * pageBytes);
  // The rate counts from here.
  onBytes(0, size);
  for (let at = 0; at < size; at += pages.length) {
    const piece = pages.subarray(0, Math.min(pages.length, size - at));
    readWhole(source, piece, at);
    for (let start = 0; start < piece.length; start += pageBytes) {
      const number = (at + start) / pageBytes + 1;
      if (number !== lockPage) recrypt(piece.subarray(start, start + pageBytes), number, keys.from, keys.to);
    }
    writeWhole(target, piece, at);
    onBytes(at + piece.length, size);
  }
  ftruncateSync(target, size);
  fsyncSync(target);
}

/**
 * Copies a data file that is whole without its log to a new name, with every page authenticated and encrypted under
 * another key; on the disk when this returns. Page by page, as `PRAGMA rekey` neither tells how far it is nor works
 * without a journal as large as the file. Throws `store.corrupt` for a page that is not genuine.
 */
export function recryptDurably(
  [source, sourceKey]: readonly [file: string, key: Uint8Array],
  [target, targetKey]: readonly [file: string, key: Uint8Array],
  onBytes: OnBytes = () => undefined,
): void {
  const from = openSync(source, 'r');
  const to = openSync(target, 'wx', 0o600);
  try {
    const salt = Buffer.alloc(saltBytes);
    readWhole(from, salt, 0);
    const keys = { from: cipherOf(sourceKey, salt), to: cipherOf(targetKey, randomBytes(saltBytes)) };
    copyPages(from, to, keys, onBytes);
  } finally {
    closeSync(to);
    closeSync(from);
  }
}
