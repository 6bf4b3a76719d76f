import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, linkSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { StationError } from '../contract/errors.ts';
import { momentName, renameDurably, replaceDurably, syncFolder, writeDurably } from './durable-file.ts';
import { guarded } from './store-error.ts';

const keyBytes = 32;
const keyText = /^[0-9a-f]{64}\n?$/;
const othersMask = 0o077;

/** Windows has no such mode bits; there the folder's inherited access list decides. */
function refuseShared(descriptor: number): void {
  if (process.platform === 'win32') return;
  if ((fstatSync(descriptor).mode & othersMask) !== 0) {
    throw new StationError('store.unavailable', 'key file is open to other users, set its mode to 0600');
  }
}

function readKey(path: string): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    refuseShared(descriptor);
    const text = readFileSync(descriptor, 'ascii');
    if (!keyText.test(text)) throw new StationError('store.wrong-key', 'malformed key file');
    return new Uint8Array(Buffer.from(text.trimEnd(), 'hex'));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Gives the finished file its name without ever replacing another: a second process that starts at the same moment
 * must come away with the same key. File systems without hard links get the plain rename.
 */
function publish(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch {
    if (!existsSync(path)) renameSync(temporary, path);
  }
}

function createKey(path: string): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeDurably(temporary, `${randomBytes(keyBytes).toString('hex')}\n`);
    publish(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(path));
}

/**
 * The 32-byte key of the shell that has no system key store, from a file that only its owner may read; made on first use.
 * It wraps the data key (`key-envelope.ts`); it opens nothing by itself.
 *
 * It protects a data file that travels without the key: a copied or e-mailed database, a backup on a stick, a disk sent
 * for repair after the key file was removed. It does not protect against who can read both files: programs of the same
 * user, an administrator, or a thief of the whole unencrypted disk; disk encryption (BitLocker, LUKS) is for that. On
 * POSIX a key file that group or others may read is refused. On Windows the mode has no effect: the file inherits the
 * access list of its folder, so it belongs into the user's profile (`%LOCALAPPDATA%`), which other users but
 * administrators cannot read.
 *
 * Without the key file the data opens with the administrator's recovery key only; a new key never opens old data
 * (`store.wrong-key`). Errors: `store.unavailable` (not readable, or open to others), `store.wrong-key` (malformed),
 * `store.full`, `store.read-only`.
 */
export function loadOrCreateKeyFile(path: string): Uint8Array {
  return guarded(() => {
    if (!existsSync(path)) createKey(path);
    return readKey(path);
  });
}

/** Puts another key into the file, after the data was opened with the recovery key. What was there stays beside it. */
export function replaceKeyFile(path: string, key: Uint8Array, now = new Date()): void {
  guarded(() => {
    if (existsSync(path)) renameDurably(path, `${path}.${momentName(now)}.old`);
    replaceDurably(path, `${Buffer.from(key).toString('hex')}\n`);
  });
}
