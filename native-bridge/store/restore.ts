import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StationError } from '../contract/errors.ts';
import { createAudit } from './audit.ts';
import { asBackupError } from './backup.ts';
import type { Database } from './database.ts';
import { momentName, renameDurably } from './durable-file.ts';
import { copyDurably, type OnBytes } from './file-copy.ts';
import { checkFile } from './file-facts.ts';
import { openDatabase } from './open-database.ts';
import { recryptDurably } from './recrypted-copy.ts';
import { restoredAtKey } from './restored-moment.ts';
import { salvage } from './salvage.ts';
import { createSettings } from './settings.ts';
import type { StoreContext } from './store-context.ts';
import { asStoreError } from './store-error.ts';

export interface RestoreOrder {
  /** The damaged data file. */
  readonly file: string;
  readonly key: Uint8Array;
  /** The backup's file. */
  readonly backup: string;
  /** Of a backup from before the data key was changed; absent when it is `key`. */
  readonly backupKey?: Uint8Array | undefined;
  readonly now: Date;
  readonly actor: string;
}

/**
 * What the platform may have got since the backup is asked for before it is sent: everything that was not settled.
 * A serial that was given stays, as asking for its outcome sends nothing. A record that was handed over is not sent from
 * here; one that is taken back is in doubt in any case.
 */
function doubtEverything({ database, now }: StoreContext): number {
  return database.run(
    `UPDATE outbox SET in_doubt = 1, next_attempt_at = CASE WHEN state = 'needs-attention' THEN NULL ELSE @now END
     WHERE state IN ('sealed', 'sending', 'needs-attention')`,
    { now: now().toISOString() },
  );
}

function bringUpToDate(database: Database, order: RestoreOrder, damaged: string): number {
  const now = () => order.now;
  const context = { database, now, audit: createAudit(database, now) };
  return database.write(() => {
    const inDoubt = doubtEverything(context);
    createSettings(database).set(restoredAtKey, now().toISOString());
    const salvaged = salvage(context, damaged, order.key);
    context.audit.append({
      action: 'store.restored',
      subject: 'station',
      actor: order.actor,
      detail: { backup: basename(order.backup), inDoubt, salvaged },
    });
    return salvaged;
  });
}

const readyPrefix = (file: string) => `${basename(file)}.ready-`;

function remove(file: string): void {
  for (const part of [file, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true });
}

function copyDamaged(file: string, copy: string): void {
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
}

/** The backup's own faults get codes of their own; the data folder's stay what they are. */
function demandSound(copy: string, key: Uint8Array): void {
  try {
    checkFile(copy, key);
  } catch (cause) {
    const error = asStoreError(cause);
    if (error.code === 'store.wrong-key') throw new StationError('backup.wrong-key', error.detail, { cause });
    throw asBackupError(error);
  }
}

/** The restored file has the key of this time, whatever the backup's was. */
function copyBackup({ backup, backupKey, key }: RestoreOrder, part: string, onBytes: OnBytes): void {
  if (backupKey === undefined) {
    copyDurably(backup, part, onBytes);
    return;
  }
  try {
    recryptDurably([backup, backupKey], [part, key], onBytes);
  } catch (cause) {
    const error = asStoreError(cause);
    throw error.code === 'store.corrupt' ? asBackupError(error) : error;
  }
}

/** Makes the whole new file under a name of its own; nothing of the old one is touched. */
function build(order: RestoreOrder, [part, damaged]: readonly [string, string], onBytes: OnBytes): number {
  copyBackup(order, part, onBytes);
  demandSound(part, order.key);
  copyDamaged(order.file, damaged);
  const database = openDatabase(part, order.key);
  try {
    return bringUpToDate(database, order, damaged);
  } finally {
    database.close();
  }
}

const workFiles = (file: string) => [`${file}.restoring`, `${file}.salvaging`] as const;

/** What a restore that was given up left beside the data file. Of no use to anybody, and as large as the data. */
export function clearRestore(file: string): void {
  for (const leftover of workFiles(file)) remove(leftover);
}

/**
 * Makes a new data file from a backup and from what can be read of the damaged one, beside it; nothing of the old one is
 * touched. Throws `backup.damaged` for a backup that does not pass its checks, and `backup.wrong-key` for one of another
 * key. Returns how many records that the backup lacks were saved.
 */
export function prepareRestore(order: RestoreOrder, onBytes: OnBytes = () => undefined): { readonly salvaged: number } {
  const [part, damaged] = workFiles(order.file);
  try {
    clearRestore(order.file);
    const salvaged = build(order, [part, damaged], onBytes);
    if (existsSync(`${part}-wal`)) throw new StationError('store.unavailable', 'log left');
    remove(damaged);
    return { salvaged };
  } catch (cause) {
    clearRestore(order.file);
    throw asStoreError(cause);
  }
}

/**
 * Puts the prepared file in the place of the damaged one, which is kept under a name with the moment. Killed at any step,
 * the old file is in its place, or `finishRestore` completes the exchange at the next start.
 */
export function completeRestore({ file, now }: Pick<RestoreOrder, 'file' | 'now'>): void {
  try {
    renameDurably(workFiles(file)[0], join(dirname(file), readyPrefix(file) + momentName(now)));
    finishRestore(file);
  } catch (cause) {
    throw asStoreError(cause);
  } finally {
    clearRestore(file);
  }
}

/** At every start, before the file is opened: completes an exchange that was interrupted. The old file is kept aside. */
export function finishRestore(file: string): void {
  const folder = dirname(file);
  const ready = readdirSync(folder).find((name) => name.startsWith(readyPrefix(file)) && !/-(wal|shm)$/.test(name));
  if (ready === undefined) return;
  const aside = `${file}.damaged-${ready.slice(readyPrefix(file).length)}`;
  // The log first: left behind it would be taken for that of the new file.
  for (const end of ['-wal', '-shm', '']) if (existsSync(file + end)) renameDurably(file + end, aside + end);
  renameDurably(join(folder, ready), file);
}
