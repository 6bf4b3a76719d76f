import { accessSync, constants, existsSync, statSync } from 'node:fs';
import sqlite from 'better-sqlite3-multiple-ciphers';
import { StationError } from '../contract/errors.ts';
import { createDatabase } from './database.ts';
import type { Database } from './database.ts';
import { migrate, refuseNewer } from './migration.ts';
import { keyFitsFile } from './page-authentication.ts';
import { asStoreError, guarded } from './store-error.ts';

const keyBytes = 32;

/** How long a second process waits for the first to let go of the file, in milliseconds. */
const lockWaitMs = 2_000;

/** The log is cut back to this size after a checkpoint, in bytes. */
const logBytesKept = 16 * 1024 * 1024;

function connect(file: string): sqlite.Database {
  try {
    return new sqlite(file, { timeout: lockWaitMs });
  } catch (cause) {
    const error = asStoreError(cause);
    // The driver reports a missing folder with an error of its own that has no code.
    throw error.code === 'internal' ? new StationError('store.unavailable', 'no such folder', { cause }) : error;
  }
}

/**
 * The cipher is named, as the package's default is another one. A key of 64 hexadecimal digits is taken as it is,
 * without derivation. Nothing is read yet, so a wrong key shows only afterwards.
 */
function unlock(raw: sqlite.Database, key: Uint8Array): void {
  if (key.length !== keyBytes) throw new StationError('store.wrong-key', `key of ${key.length} bytes`);
  raw.pragma(`cipher = 'sqlcipher'`);
  raw.pragma('legacy = 4');
  raw.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
}

/** Settings that write nothing to the file. EXCLUSIVE: one station has the file, a second one is turned away. */
function configure(raw: sqlite.Database): void {
  raw.pragma('locking_mode = EXCLUSIVE');
  raw.pragma('temp_store = MEMORY');
  raw.pragma('cell_size_check = ON');
  raw.pragma('foreign_keys = ON');
  raw.pragma('secure_delete = ON');
}

function makeDurable(raw: sqlite.Database): void {
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma(`journal_size_limit = ${logBytesKept}`);
}

/** SQLite would open such a file for reading only, and say so at the first write or with an unspecific code. */
function refuseReadOnly(file: string): void {
  try {
    accessSync(file, constants.W_OK);
  } catch (cause) {
    throw new StationError('store.read-only', undefined, { cause });
  }
}

function firstRead(raw: sqlite.Database, file: string, key: Uint8Array): void {
  try {
    raw.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (cause) {
    const error = asStoreError(cause);
    if (error.code === 'store.corrupt' && !keyFitsFile(file, key)) {
      throw new StationError('store.wrong-key', undefined, { cause });
    }
    throw error;
  }
}

/** Walks every page in use; each is authenticated on the way, so a single changed bit is found. */
function check(raw: sqlite.Database): void {
  const result = raw.pragma('quick_check(1)', { simple: true });
  if (result !== 'ok') throw new StationError('store.corrupt', 'quick check');
}

function unlockAndCheck(raw: sqlite.Database, file: string, key: Uint8Array): Database {
  unlock(raw, key);
  configure(raw);
  firstRead(raw, file, key);
  const database = createDatabase(raw);
  refuseNewer(database);
  check(raw);
  return database;
}

function prepare(raw: sqlite.Database, file: string, key: Uint8Array): Database {
  const isNew = !existsSync(file) || statSync(file).size === 0;
  if (!isNew) refuseReadOnly(file);
  const database = unlockAndCheck(raw, file, key);
  makeDurable(raw);
  migrate(database);
  // A new file must not consist of its log alone, or the log could not be told from a foreign one.
  if (isNew) database.checkpoint();
  return database;
}

function opened(file: string, open: (raw: sqlite.Database) => Database): Database {
  const raw = connect(file);
  try {
    return guarded(() => open(raw));
  } catch (cause) {
    raw.close();
    throw cause;
  }
}

/**
 * Opens or creates the data file in an existing folder with the SQLCipher 4 scheme and a raw key of 32 bytes.
 * Errors: `store.wrong-key`, `store.newer` (the file is not touched), `store.corrupt`, `store.full`, `store.read-only`,
 * `store.unavailable` (no folder, no permission, or another station has the file).
 */
export const openDatabase = (file: string, key: Uint8Array): Database => opened(file, (raw) => prepare(raw, file, key));

/** Opens an existing file for looking at it: checked as by `openDatabase`, but not brought to the present version. */
export const openAsItIs = (file: string, key: Uint8Array): Database =>
  opened(file, (raw) => unlockAndCheck(raw, file, key));

/** Opens what can be opened of a damaged file, without any check; every reading may fail. Give it a copy: it may change. */
export function openDamaged(file: string, key: Uint8Array): Database {
  return opened(file, (raw) => {
    unlock(raw, key);
    configure(raw);
    return createDatabase(raw);
  });
}
