import { createDecipheriv } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { pageBytes } from './page-authentication.ts';

// SQLCipher 4 pages: AES-256-CBC over all but the last 80 bytes, of which the first 16 are the initial vector. The first
// page begins with a salt of 16 bytes that is not encrypted.
const reservedBytes = 80;
const vectorBytes = 16;
const saltBytes = 16;

function decryptedPage(page: Uint8Array, isFirst: boolean, key: Uint8Array): Buffer {
  const end = page.length - reservedBytes;
  const decipher = createDecipheriv('aes-256-cbc', key, page.subarray(end, end + vectorBytes)).setAutoPadding(false);
  return Buffer.concat([decipher.update(page.subarray(isFirst ? saltBytes : 0, end)), decipher.final()]);
}

/** For tests: every page of a data file in clear, those in no use included, each by itself. */
export function decryptedPages(file: string, key: Uint8Array): Buffer[] {
  const bytes = readFileSync(file);
  const count = bytes.length / pageBytes;
  return Array.from({ length: count }, (_, index) =>
    decryptedPage(bytes.subarray(index * pageBytes, (index + 1) * pageBytes), index === 0, key),
  );
}

const walHeaderBytes = 32;
const frameHeaderBytes = 24;

/** For tests: the pages in the write-ahead log in clear, also those that count no more. */
export function decryptedLog(file: string, key: Uint8Array): Buffer[] {
  const log = `${file}-wal`;
  if (!existsSync(log)) return [];
  const bytes = readFileSync(log);
  const frameBytes = frameHeaderBytes + pageBytes;
  const count = Math.max(0, Math.floor((bytes.length - walHeaderBytes) / frameBytes));
  return Array.from({ length: count }, (_, index) => {
    const start = walHeaderBytes + index * frameBytes;
    const page = bytes.readUInt32BE(start);
    return decryptedPage(bytes.subarray(start + frameHeaderBytes, start + frameBytes), page === 1, key);
  });
}
