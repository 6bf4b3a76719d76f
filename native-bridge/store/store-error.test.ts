import sqlite from 'better-sqlite3-multiple-ciphers';
import { expect, test } from 'vitest';
import { StationError } from '../contract/errors.ts';
import { asStoreError, guarded } from './store-error.ts';

test.each([
  ['SQLITE_FULL', 'store.full'],
  ['SQLITE_READONLY', 'store.read-only'],
  ['SQLITE_READONLY_DIRECTORY', 'store.read-only'],
  ['SQLITE_CORRUPT', 'store.corrupt'],
  ['SQLITE_CORRUPT_INDEX', 'store.corrupt'],
  ['SQLITE_NOTADB', 'store.corrupt'],
  ['SQLITE_IOERR_SHORT_READ', 'store.corrupt'],
  ['SQLITE_IOERR_FSYNC', 'store.unavailable'],
  ['SQLITE_BUSY', 'store.unavailable'],
  ['SQLITE_CANTOPEN_ISDIR', 'store.unavailable'],
  ['SQLITE_CONSTRAINT_UNIQUE', 'internal'],
])('%s is %s', (sqliteCode, code) => {
  const error = asStoreError(new sqlite.SqliteError('text of the driver', sqliteCode));
  expect(error).toMatchObject({ code, detail: sqliteCode });
  expect(error.message).not.toContain('text of the driver');
});

test.each([
  ['ENOSPC', 'store.full'],
  ['EROFS', 'store.read-only'],
  ['EACCES', 'store.unavailable'],
])('%s of the file system is %s', (systemCode, code) => {
  expect(asStoreError(Object.assign(new Error('x'), { code: systemCode })).code).toBe(code);
});

test('an error of the closed set passes unchanged, any other becomes internal', () => {
  const own = new StationError('store.newer');
  expect(asStoreError(own)).toBe(own);
  expect(asStoreError(new TypeError('x'))).toMatchObject({ code: 'internal', detail: undefined });
});

test('a write that SQLite refuses as read-only carries its code', () => {
  const raw = new sqlite(':memory:');
  raw.exec('CREATE TABLE t (a); PRAGMA query_only = ON');
  const insert = () => guarded(() => raw.prepare('INSERT INTO t VALUES (1)').run());
  expect(insert).toThrow(expect.objectContaining({ code: 'store.read-only' }));
});
