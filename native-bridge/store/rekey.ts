import { existsSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { StationError } from '../contract/errors.ts';
import { createAudit } from './audit.ts';
import { renameDurably } from './durable-file.ts';
import type { OnBytes } from './file-copy.ts';
import { checkFile, factsOf, type FileFacts } from './file-facts.ts';
import { openDatabase } from './open-database.ts';
import { recryptDurably } from './recrypted-copy.ts';
import { discardRekeyed, rekeyedName, rekeyingName } from './rekeyed-file.ts';
import { asStoreError } from './store-error.ts';

export interface RekeyOrder {
  /** The data files of one data key; closed, so that they are whole without their logs. */
  readonly files: readonly string[];
  readonly key: Uint8Array;
  readonly newKey: Uint8Array;
  readonly now: Date;
  readonly actor: string;
}

/** Opening and closing the file also moves into it what an unclean end has left in the log. */
function settledFacts(file: string, key: Uint8Array): FileFacts {
  const database = openDatabase(file, key, 0);
  try {
    return factsOf(database);
  } finally {
    database.close();
  }
}

function demandNoLog(file: string): void {
  if (existsSync(`${file}-wal`)) throw new StationError('store.unavailable', 'log left');
}

/** In the new file itself, so that the entry is there exactly when the file takes effect. */
function noteInTrail(file: string, { newKey, now, actor }: RekeyOrder): void {
  const database = openDatabase(file, newKey, 0);
  try {
    createAudit(database, () => now).append({ action: 'store.rekeyed', subject: 'station', actor });
  } finally {
    database.close();
  }
  demandNoLog(file);
}

function rekeyOne(file: string, order: RekeyOrder, onBytes: OnBytes): void {
  const part = rekeyingName(file);
  const facts = settledFacts(file, order.key);
  demandNoLog(file);
  recryptDurably([file, order.key], [part, order.newKey], onBytes);
  if (!isDeepStrictEqual({ ...checkFile(part, order.newKey) }, { ...facts }))
    throw new StationError('store.corrupt', 'counts');
  noteInTrail(part, order);
  renameDurably(part, rekeyedName(file));
}

/**
 * Makes each data file anew under the new key, beside the old one: copied, opened, walked whole, counted, the trail
 * recomputed. Nothing of the old files is touched; they are exchanged once the envelope names the new key
 * (`commitDataKey`, then `finishRekey`). Throws `store.*`; nothing is left then.
 */
export function rekey(order: RekeyOrder, onBytes: OnBytes = () => undefined): void {
  const sizes = order.files.map((file) => statSync(file).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  try {
    order.files.forEach(discardRekeyed);
    let before = 0;
    for (const [index, file] of order.files.entries()) {
      rekeyOne(file, order, (done) => onBytes(before + done, total));
      before += sizes[index] ?? 0;
    }
  } catch (cause) {
    order.files.forEach(discardRekeyed);
    throw asStoreError(cause);
  }
}
