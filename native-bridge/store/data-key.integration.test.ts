import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import { loadOrCreateKeyFile } from './data-key.ts';
import { openStore } from './open-store.ts';
import { temporaryFolder } from './sample-draft.ts';

const posix = process.platform !== 'win32';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;

beforeEach(() => {
  folder = temporaryFolder();
  path = folder.path('station.key');
});
afterEach(() => folder.remove());

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;

test('is made once, 32 bytes, and the same ever after; nothing else stays in the folder', () => {
  const key = loadOrCreateKeyFile(path);
  expect(key).toHaveLength(32);
  expect(loadOrCreateKeyFile(path)).toEqual(key);
  expect(readFileSync(path, 'ascii').trimEnd()).toBe(Buffer.from(key).toString('hex'));
  expect(readdirSync(dirname(path))).toEqual(['station.key']);
});

test('two stations have different keys', () => {
  expect(loadOrCreateKeyFile(path)).not.toEqual(loadOrCreateKeyFile(folder.path('other.key')));
});

test('opens the store that it was made for; a key made anew does not', () => {
  const file = folder.path('station.db');
  openStore({ file, key: loadOrCreateKeyFile(path) }).close();
  openStore({ file, key: loadOrCreateKeyFile(path) }).close();
  const another = loadOrCreateKeyFile(folder.path('other.key'));
  expect(() => openStore({ file, key: another })).toThrow(code('store.wrong-key'));
});

describe.runIf(posix)('permissions', () => {
  test('belong to the owner alone, whatever the mask', () => {
    const mask = process.umask(0);
    try {
      loadOrCreateKeyFile(path);
    } finally {
      process.umask(mask);
    }
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test.each([0o640, 0o604, 0o660, 0o620])('a file of mode %o is refused', (mode) => {
    loadOrCreateKeyFile(path);
    chmodSync(path, mode);
    expect(() => loadOrCreateKeyFile(path)).toThrow(code('store.unavailable'));
  });
});

test.each(['', 'abc', 'g'.repeat(64), '0'.repeat(66)])('a malformed file is refused and kept: "%s"', (text) => {
  writeFileSync(path, text, { mode: 0o600 });
  expect(() => loadOrCreateKeyFile(path)).toThrow(code('store.wrong-key'));
  expect(readFileSync(path, 'ascii')).toBe(text);
});

test('a missing folder is an error, not a key that is lost', () => {
  expect(() => loadOrCreateKeyFile(folder.path('missing/station.key'))).toThrow(code('store.unavailable'));
  expect(existsSync(folder.path('missing'))).toBe(false);
});

test('a folder in its place is an error', () => {
  mkdirSync(path, { mode: 0o700 });
  expect(() => loadOrCreateKeyFile(path)).toThrow(code('store.unavailable'));
});
