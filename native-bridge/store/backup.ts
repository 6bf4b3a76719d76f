import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { StationError } from '../contract/errors.ts';
import type { ErrorCode } from '../contract/errors.ts';
import {
  backupFile,
  backupName,
  type Backup,
  type BackupManifest,
  manifestFile,
  removeLeftovers,
  rotate,
  type RotationRules,
} from './backup-shelf.ts';
import { renameDurably, replaceDurably } from './durable-file.ts';
import { copyDurably, type OnBytes } from './file-copy.ts';
import { checkFile } from './file-facts.ts';
import type { FileFacts } from './file-facts.ts';
import type { KeyEnvelope } from './key-envelope.ts';
import { asStoreError } from './store-error.ts';

export interface BackupOrder {
  /** The data file, held still for as long as this takes. */
  readonly source: string;
  readonly key: Uint8Array;
  readonly folder: string;
  readonly takenAt: string;
  /** What the source holds. */
  readonly facts: FileFacts;
  readonly envelope?: KeyEnvelope | undefined;
  readonly rules: RotationRules;
}

const codes: Partial<Record<ErrorCode, ErrorCode>> = {
  'store.full': 'backup.full',
  'store.read-only': 'backup.unreachable',
  'store.unavailable': 'backup.unreachable',
  'store.corrupt': 'backup.damaged',
  'store.wrong-key': 'backup.damaged',
  'store.newer': 'backup.damaged',
};

/** Trouble with a backup is never to look like trouble with the data file. */
export function asBackupError(cause: unknown): StationError {
  const error = asStoreError(cause);
  const code = codes[error.code];
  return code === undefined ? error : new StationError(code, error.detail, { cause });
}

function write({ source, key, folder, takenAt, facts, envelope }: BackupOrder, onBytes: OnBytes): Backup {
  const name = backupName(new Date(takenAt));
  const part = `${backupFile(folder, name)}.part`;
  try {
    const bytes = copyDurably(source, part, onBytes);
    if (!isDeepStrictEqual({ ...checkFile(part, key) }, { ...facts }))
      throw new StationError('backup.damaged', 'counts');
    const manifest: BackupManifest = { version: 1, takenAt, bytes, facts, ...(envelope && { envelope }) };
    replaceDurably(manifestFile(folder, name), JSON.stringify(manifest));
    // It is a backup from here on; a manifest alone is none.
    renameDurably(part, backupFile(folder, name));
    return { ...manifest, name };
  } finally {
    for (const file of [part, `${part}-wal`]) rmSync(file, { force: true });
  }
}

/**
 * Copies the data file, verifies the copy by opening it and walking all of it, gives it its name and removes what the
 * rules do not keep. Errors: `backup.full`, `backup.unreachable`, `backup.damaged`; earlier backups are untouched then.
 */
export function makeBackup(order: BackupOrder, onBytes: OnBytes = () => undefined): Backup {
  try {
    // Not the folders above it: a stick that was pulled this moment must not come to life as a folder of the system disk.
    if (!existsSync(order.folder)) mkdirSync(order.folder, { mode: 0o700 });
    removeLeftovers(order.folder);
    const backup = write(order, onBytes);
    rotate(order.folder, order.rules);
    return backup;
  } catch (cause) {
    throw asBackupError(cause);
  }
}
