import { accessSync, constants, existsSync, statSync } from 'node:fs';
import sqlite from 'better-sqlite3-multiple-ciphers';
import { StationError } from '../contract/errors.ts';
import { createDatabase } from './database.ts';
import type { Database } from './database.ts';
import { migrate, refuseNewer } from './migration.ts';
import { keyFitsFile, pageBytes } from './page-authentication.ts';
import { asStoreError, guarded } from './store-error.ts';

const keyBytes = 32;

/** How long a second process waits for the first to let go of the file, in milliseconds. */
const lockWaitMs = 2_000;

/** The log is cut back to this size after a checkpoint, in bytes. */
const logBytesKept = 16 * 1024 * 1024;

/** A file of up to this size is checked whole at opening, in bytes; that takes a quarter of a second. */
export const wholeCheckBytes = 64 * 1024 * 1024;

/** Small tables that every enrolment stands on, checked at opening however large the file is. */
const vitalTables = ['settings', 'teams', 'drafts', 'audit_head', 'outbox_counts', 'worker_projects', 'worker_counts'];

/** Pages kept in memory, in KiB: a decrypted page costs about 10 µs more than one that is there already. */
const cacheKiB = 64 * 1024;

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

function quickCheck(raw: sqlite.Database, table?: string): void {
  const result = raw.pragma(table === undefined ? 'quick_check(1)' : `quick_check(${table})`, { simple: true });
  if (result !== 'ok') throw new StationError('store.corrupt', 'quick check');
}

function existing(raw: sqlite.Database, tables: readonly string[]): string[] {
  const found = new Set(raw.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all());
  return tables.filter((table) => found.has(table));
}

/** Without a log to go with it, the file has to be as long as its first page says. */
function refuseCut(raw: sqlite.Database, file: string, hadLog: boolean): void {
  const pages = raw.pragma('page_count', { simple: true }) as number;
  if (!hadLog && statSync(file).size < pages * pageBytes) throw new StationError('store.corrupt', 'file too short');
}

/**
 * A small file is walked whole: each page in use is authenticated on the way, so a single changed bit is found before
 * anything is written. That takes about 13 µs a page, and minutes for a file of some gigabytes, which nobody at a desk
 * can wait for. Of such a file what every enrolment stands on is checked; the rest needs no check to be safe, since a
 * page is authenticated whenever it is read, and a damaged one never passes for data. `watchPages` looks at every page
 * soon afterwards, so that damage to old records is not first noticed when somebody asks for them.
 */
function check(raw: sqlite.Database, file: string, wholeUpTo: number, hadLog: boolean): void {
  if (statSync(file).size <= wholeUpTo) return quickCheck(raw);
  refuseCut(raw, file, hadLog);
  for (const table of existing(raw, vitalTables)) quickCheck(raw, table);
}

function unlockAndCheck(raw: sqlite.Database, file: string, key: Uint8Array, wholeUpTo: number): Database {
  const hadLog = existsSync(`${file}-wal`);
  unlock(raw, key);
  configure(raw);
  firstRead(raw, file, key);
  const database = createDatabase(raw);
  // Setting it reads the file, which only now is known to open.
  raw.pragma(`cache_size = -${cacheKiB}`);
  refuseNewer(database);
  check(raw, file, wholeUpTo, hadLog);
  return database;
}

function prepare(raw: sqlite.Database, file: string, key: Uint8Array, wholeUpTo: number): Database {
  const isNew = !existsSync(file) || statSync(file).size === 0;
  if (!isNew) refuseReadOnly(file);
  const database = unlockAndCheck(raw, file, key, wholeUpTo);
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
 * Opens or creates the data file in an existing folder with the SQLCipher 4 scheme and a raw key of 32 bytes. A file of
 * more than `wholeUpTo` bytes is checked in part only; `watchPages` is for the rest.
 * Errors: `store.wrong-key`, `store.newer` (the file is not touched), `store.corrupt`, `store.full`, `store.read-only`,
 * `store.unavailable` (no folder, no permission, or another station has the file).
 */
export const openDatabase = (file: string, key: Uint8Array, wholeUpTo = wholeCheckBytes): Database =>
  opened(file, (raw) => prepare(raw, file, key, wholeUpTo));

/** Opens an existing file for looking at it: checked whole, and not brought to the present version. */
export const openAsItIs = (file: string, key: Uint8Array): Database =>
  opened(file, (raw) => unlockAndCheck(raw, file, key, Infinity));

/** Opens what can be opened of a damaged file, without any check; every reading may fail. Give it a copy: it may change. */
export function openDamaged(file: string, key: Uint8Array): Database {
  return opened(file, (raw) => {
    unlock(raw, key);
    configure(raw);
    return createDatabase(raw);
  });
}
