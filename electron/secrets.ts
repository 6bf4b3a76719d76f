import type { SafeStorage } from 'electron';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StationError } from '../native-bridge/contract/errors.ts';
import { loadOrCreateKeyFile, replaceKeyFile } from '../native-bridge/store/data-key.ts';

/** As much of Electron's `safeStorage` as is used here. */
export type SystemKeyStore = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>;

export interface StoreKey {
  /** Absent when there is one that cannot be unwrapped: the station asks for the recovery key then. */
  readonly key: Uint8Array | undefined;
  /** Whether the system's key store wraps it. Otherwise it lies in a file that only its owner may read. */
  readonly isProtected: boolean;
}

const keyBytes = 32;

/**
 * On Linux without a key ring Electron "encrypts" with a password that stands in its source; that is no protection and is
 * not to look like one.
 */
async function protects(keyStore: SystemKeyStore, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await keyStore.isAsyncEncryptionAvailable())) return false;
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(keyStore.getSelectedStorageBackend());
}

async function unwrap(keyStore: SystemKeyStore, path: string): Promise<Uint8Array> {
  const { result } = await keyStore.decryptStringAsync(readFileSync(path)).catch((cause: unknown) => {
    throw new StationError('store.wrong-key', 'the system key store does not open the wrapped key', { cause });
  });
  const key = new Uint8Array(Buffer.from(result, 'base64'));
  if (key.length !== keyBytes) throw new StationError('store.wrong-key', 'malformed wrapped key');
  return key;
}

async function unwrapIfPossible(keyStore: SystemKeyStore, path: string): Promise<Uint8Array | undefined> {
  try {
    return await unwrap(keyStore, path);
  } catch (cause) {
    if (cause instanceof StationError && cause.code === 'store.wrong-key') return undefined;
    throw cause;
  }
}

/** Appears whole or not at all: a half-written key would make the data unreadable for good. */
async function wrap(keyStore: SystemKeyStore, path: string, key: Uint8Array): Promise<void> {
  const wrapped = await keyStore.encryptStringAsync(Buffer.from(key).toString('base64'));
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, wrapped, { mode: 0o600, flush: true });
  renameSync(temporary, path);
}

/** A station that was set up before there was a key ring keeps its key: the plain file is wrapped, then removed. */
async function wrapFirstKey(keyStore: SystemKeyStore, plain: string, wrapped: string): Promise<Uint8Array> {
  const key = existsSync(plain) ? loadOrCreateKeyFile(plain) : new Uint8Array(randomBytes(keyBytes));
  await wrap(keyStore, wrapped, key);
  rmSync(plain, { force: true });
  return key;
}

/**
 * The shell's key, which wraps the store's data key; made at the first start. One that cannot be unwrapped now is left
 * alone: a new key would never open the old data.
 */
export async function loadStoreKey(
  folder: string,
  keyStore: SystemKeyStore,
  platform: NodeJS.Platform = process.platform,
): Promise<StoreKey> {
  const [plain, wrapped] = [join(folder, 'store-key'), join(folder, 'store-key.wrapped')];
  const isProtected = await protects(keyStore, platform);
  if (existsSync(wrapped)) return { key: await unwrapIfPossible(keyStore, wrapped), isProtected };
  if (!isProtected) return { key: loadOrCreateKeyFile(plain), isProtected };
  return { key: await wrapFirstKey(keyStore, plain, wrapped), isProtected };
}

/** Keeps a new key, after the data was opened with the recovery key. What was there stays beside it. */
export async function keepStoreKey(
  folder: string,
  keyStore: SystemKeyStore,
  key: Uint8Array,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  const [plain, wrapped] = [join(folder, 'store-key'), join(folder, 'store-key.wrapped')];
  if (!(await protects(keyStore, platform))) {
    if (existsSync(wrapped)) renameSync(wrapped, `${wrapped}.old`);
    return replaceKeyFile(plain, key);
  }
  if (existsSync(wrapped)) copyFileSync(wrapped, `${wrapped}.old`);
  await wrap(keyStore, wrapped, key);
}
