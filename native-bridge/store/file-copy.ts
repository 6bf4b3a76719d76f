import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { pageBytes } from './page-authentication.ts';

/** SQLite locks bytes here (1 GiB) and never stores anything on their page; Windows refuses others to read them. */
const lockByte = 0x40000000;
const lockPage = { start: lockByte, end: lockByte + pageBytes };

const pieceBytes = 1024 * 1024;

/** Hears how many bytes of a file are done. */
export type OnBytes = (done: number, of: number) => void;

function copyRange(from: number, to: number, [start, end]: readonly [number, number], onByte: (at: number) => void) {
  const piece = Buffer.alloc(pieceBytes);
  for (let at = start; at < end;) {
    const read = readSync(from, piece, 0, Math.min(pieceBytes, end - at), at);
    if (read === 0) return;
    for (let written = 0; written < read;) written += writeSync(to, piece, written, read - written, at + written);
    at += read;
    onByte(at);
  }
}

/**
 * Copies a data file to a new name; on the disk when this returns. Only for a process that does not have the file open
 * with SQLite: closing it here would end SQLite's locks on it.
 */
export function copyDurably(source: string, target: string, onBytes: OnBytes = () => undefined): number {
  const from = openSync(source, 'r');
  const to = openSync(target, 'wx', 0o600);
  try {
    const { size } = fstatSync(from);
    const tell = (at: number) => onBytes(at, size);
    // The rate counts from here.
    tell(0);
    copyRange(from, to, [0, Math.min(size, lockPage.start)], tell);
    copyRange(from, to, [lockPage.end, size], tell);
    ftruncateSync(to, size);
    fsyncSync(to);
    return size;
  } finally {
    closeSync(to);
    closeSync(from);
  }
}
