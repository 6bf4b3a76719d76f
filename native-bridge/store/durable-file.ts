import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Nobody but the owner. Windows has no such bits; there the folder's access list decides. */
const ownerOnly = 0o600;

/** Makes names in a folder durable; Windows does not open folders and journals names itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A new file for its owner alone, on the disk when this returns. Throws when there is one of that name. */
export function writeDurably(path: string, content: string | Uint8Array): void {
  const descriptor = openSync(path, 'wx', ownerOnly);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Gives a file that is on the disk another name, replacing what has it; durable when this returns. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
}

/** The file has the new content or the old one, whatever happens meanwhile. */
export function replaceDurably(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeDurably(temporary, content);
    renameDurably(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** A moment for a file name, to the millisecond: `20261102T010000000Z`. */
export const momentName = (at: Date): string => at.toISOString().replaceAll(/[-:.]/g, '');
