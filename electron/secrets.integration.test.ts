import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepStoreKey, loadStoreKey, type SystemKeyStore } from './secrets.ts';

type Backend = ReturnType<SystemKeyStore['getSelectedStorageBackend']>;

interface FakeOptions {
  readonly isAvailable?: boolean;
  readonly backend?: Backend;
}

/** A key store that turns every byte around, which is enough to see that it was asked. */
function keyStore({ isAvailable = true, backend = 'gnome_libsecret' }: FakeOptions = {}): SystemKeyStore {
  const turned = (bytes: Buffer) => Buffer.from(bytes.map((byte) => 255 - byte));
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text) => Promise.resolve(turned(Buffer.from(text))),
    decryptStringAsync: (bytes) =>
      isAvailable
        ? Promise.resolve({ result: turned(bytes).toString(), shouldReEncrypt: false })
        : Promise.reject(new Error('locked')),
  };
}

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'secrets-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const wrapped = () => join(folder, 'store-key.wrapped');

describe('the data key', () => {
  it('is made once, wrapped, and the same at every start', async () => {
    const first = await loadStoreKey(folder, keyStore(), 'linux');
    expect(first.isProtected).toBe(true);
    expect(first.key).toHaveLength(32);
    expect((await loadStoreKey(folder, keyStore(), 'linux')).key).toEqual(first.key);
    expect(readdirSync(folder)).toEqual(['store-key.wrapped']);
    expect(readFileSync(wrapped()).includes(Buffer.from(first.key ?? []).toString('base64'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('is its owner’s alone', async () => {
    await loadStoreKey(folder, keyStore(), 'linux');
    expect(statSync(wrapped()).mode & 0o077).toBe(0);
  });

  it.each<Backend>(['basic_text', 'unknown'])(
    'does not pass for protected with the Linux backend %s',
    async (backend) => {
      const { isProtected } = await loadStoreKey(folder, keyStore({ backend }), 'linux');
      expect(isProtected).toBe(false);
      expect(existsSync(wrapped())).toBe(false);
    },
  );

  it('does not pass for protected without a key store', async () => {
    expect((await loadStoreKey(folder, keyStore({ isAvailable: false }), 'win32')).isProtected).toBe(false);
  });

  it('does not ask for the Linux backend on Windows', async () => {
    expect((await loadStoreKey(folder, keyStore({ backend: 'unknown' }), 'win32')).isProtected).toBe(true);
  });

  it('moves from its plain file into the key store when there is one', async () => {
    const before = await loadStoreKey(folder, keyStore({ isAvailable: false }), 'linux');
    const after = await loadStoreKey(folder, keyStore(), 'linux');
    expect(after).toEqual({ key: before.key, isProtected: true });
    expect(readdirSync(folder)).toEqual(['store-key.wrapped']);
  });

  it('is never replaced by a new one when it cannot be unwrapped', async () => {
    await loadStoreKey(folder, keyStore(), 'linux');
    const before = readFileSync(wrapped());
    const locked = await loadStoreKey(folder, keyStore({ isAvailable: false }), 'linux');
    expect(locked.key).toBeUndefined();
    expect(readFileSync(wrapped())).toEqual(before);
    expect(readdirSync(folder)).toEqual(['store-key.wrapped']);
  });

  it('is refused when it is not 32 bytes', async () => {
    writeFileSync(wrapped(), await keyStore().encryptStringAsync('c2hvcnQ='));
    expect((await loadStoreKey(folder, keyStore(), 'linux')).key).toBeUndefined();
  });

  it.each([true, false])('is the new one after the recovery key was entered (key store: %s)', async (isAvailable) => {
    await loadStoreKey(folder, keyStore(), 'linux');
    const before = readFileSync(wrapped());
    const key = new Uint8Array(32).fill(9);
    await keepStoreKey(folder, keyStore({ isAvailable }), key, 'linux');
    expect((await loadStoreKey(folder, keyStore({ isAvailable }), 'linux')).key).toEqual(key);
    expect(readFileSync(`${wrapped()}.old`)).toEqual(before);
  });
});
