import { join } from 'node:path';
import { loadOrCreateKeyFile } from '../../native-bridge/store/data-key.ts';
import { openDataKey } from '../../native-bridge/store/key-folder.ts';
import { openStore, type Store } from '../../native-bridge/store/open-store.ts';
import { numberedDraft } from '../../native-bridge/store/sample-draft.ts';

/** Where the shell keeps its key where the system has no key store. */
export const shellKeyFile = (dataFolder: string): string => join(dataFolder, 'store-key');

/** Works on the data of a station that is not running; made at its first opening. */
export function onData<T>(dataFolder: string, work: (store: Store) => T): T {
  const file = join(dataFolder, 'station.db');
  const key = openDataKey(dataFolder, file, loadOrCreateKeyFile(shellKeyFile(dataFolder)));
  const store = openStore({ file, key });
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/** Seals so many records, as enrolments of workers of their own. */
export function sealRecords(dataFolder: string, count: number): void {
  onData(dataFolder, (store) => {
    for (let index = 0; index < count; index += 1) store.records.seal(numberedDraft(index), 'test');
  });
}
