import type { SafeStorage } from 'electron';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyStoreNote } from '../native-bridge/rpc/shell-link.ts';

const noteIn = (dataFolder: string) => join(dataFolder, 'key-store');

/** What wraps the key on this system: the name that Electron gives on Linux, one of ours elsewhere. */
function nameOf(keyStore: Pick<SafeStorage, 'getSelectedStorageBackend'>, isProtected: boolean, platform: string) {
  if (platform === 'linux') return keyStore.getSelectedStorageBackend();
  if (!isProtected) return 'none';
  return platform === 'win32' ? 'dpapi' : 'keychain';
}

function noted(path: string): string | undefined {
  try {
    const name = readFileSync(path, 'utf8').trim();
    return /^[a-z][a-z0-9_-]{0,40}$/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Notes which key store this start found, and tells the one of the start before when it was another: a desktop that was
 * exchanged, or a key ring that is gone, is why a key can no longer be unwrapped.
 */
export function noteKeyStore(
  dataFolder: string,
  keyStore: Pick<SafeStorage, 'getSelectedStorageBackend'>,
  isProtected: boolean,
  platform: string = process.platform,
): KeyStoreNote {
  const [path, now] = [noteIn(dataFolder), nameOf(keyStore, isProtected, platform)];
  const before = noted(path);
  if (before !== now) writeFileSync(path, `${now}\n`, { mode: 0o600 });
  return { now, isProtected, ...(before !== undefined && before !== now && { before }) };
}
