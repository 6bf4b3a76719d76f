import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StationError } from '../contract/errors.ts';
import type { BackupSummary, RecoveryState } from '../contract/safety-calls.ts';
import type { StartOptions } from '../rpc/shell-link.ts';
import { allBackups, backupPlaces } from '../store/backup-places.ts';
import type { Backup } from '../store/backup-shelf.ts';
import { momentName, renameDurably } from '../store/durable-file.ts';
import { type FileJobOptions, runFileJob } from '../store/file-job.ts';
import { FileTrouble } from '../store/file-trouble.ts';
import { keysByShell, newDataKey } from '../store/key-envelope.ts';
import { adoptByRecovery, commitDataKey, demandRecoveryKey, openDataKey, readEnvelope } from '../store/key-folder.ts';
import { discardRekeyed } from '../store/rekeyed-file.ts';
import { clearRestore } from '../store/restore.ts';
import { keyFitsFile } from '../store/page-authentication.ts';

/*
 * What can be done about a data file that does not open. The station is closed meanwhile: it never goes on in memory, and
 * never on a new empty file in the place of one that holds records.
 */

const stationFile = (folder: string) => join(folder, 'station.db');
const practiceFile = (folder: string) => join(folder, 'practice.db');

export const summaryOfBackup = ({ name, takenAt, bytes, facts }: Backup): BackupSummary => ({
  name,
  takenAt,
  bytes,
  records: facts.records,
});

function hasRecoveryKey(dataFolder: string, backups: readonly Backup[]): boolean {
  const envelopes = [readEnvelope(dataFolder), ...backups.map(({ envelope }) => envelope)];
  return envelopes.some((envelope) => envelope?.current.recovery !== undefined);
}

/** What the screen shows of a station that could not be opened for `trouble`. */
export function closedState({ dataFolder }: StartOptions, trouble: StationError): RecoveryState {
  const backups = allBackups(backupPlaces(dataFolder));
  return {
    state: 'closed',
    error: { code: trouble.code, detail: trouble.detail },
    ...(trouble instanceof FileTrouble && { file: trouble.file }),
    backups: backups.map(summaryOfBackup),
    hasRecoveryKey: hasRecoveryKey(dataFolder, backups),
  };
}

/** A file of a time before keys were wrapped, damaged in its first page, gives no proof of its key; the shell's was its own. */
function dataKeyOf({ dataFolder, storeKey }: StartOptions): Uint8Array {
  try {
    return openDataKey(dataFolder, stationFile(dataFolder), storeKey);
  } catch (cause) {
    if (storeKey === undefined || readEnvelope(dataFolder) !== undefined) throw cause;
    return storeKey;
  }
}

/**
 * The key of a backup from before the data key was changed, by the shell's key; undefined when it has the present key, or
 * none that is known here, which its checks will tell.
 */
function earlierKeyOf(backup: Backup, file: string, key: Uint8Array, start: StartOptions): Uint8Array | undefined {
  if (start.storeKey === undefined || keyFitsFile(file, key)) return undefined;
  const envelopes = [readEnvelope(start.dataFolder), backup.envelope].filter((envelope) => envelope !== undefined);
  return keysByShell(envelopes, start.storeKey).find((earlier) => keyFitsFile(file, earlier));
}

/** Restores the data file of real projects from the backup of that name. Throws `backup.none`, `backup.*`, `store.*`. */
export async function restoreBackup(
  start: StartOptions,
  name: string,
  now: Date,
  options: FileJobOptions,
): Promise<{ salvaged: number }> {
  const { dataFolder, operator: actor } = start;
  const found = allBackups(backupPlaces(dataFolder)).find((each) => each.name === name);
  if (found === undefined) throw new StationError('backup.none');
  const [file, backup, key] = [stationFile(dataFolder), found.file, dataKeyOf(start)];
  const backupKey = earlierKeyOf(found, backup, key, start);
  const job = { kind: 'restore', file, key, backup, backupKey, now, actor } as const;
  const { salvaged = 0 } = await runFileJob(job, options).catch((cause: unknown) => {
    if (options.signal?.aborted === true) clearRestore(file);
    throw cause;
  });
  return { salvaged };
}

/** Throws `recovery-key.*` for a typed key that does not open the data. Nothing has been changed then. */
export const demandTypedKey = ({ dataFolder }: StartOptions, typed: string | undefined): void =>
  void demandRecoveryKey(dataFolder, typed);

/**
 * Gives the files of the closed station a new data key. They are made anew beside the old ones and verified; the envelope
 * then decides, and the next opening exchanges them. Killed at any step, there is one key and files that it opens.
 * Throws `recovery-key.*`, `store.*`, and `backup.interrupted` when it was given up; nothing has been changed then, and
 * nothing of the new files is left.
 */
export async function rekeyFiles(
  start: StartOptions,
  typed: string | undefined,
  now: Date,
  { signal, onProgress, onLastStep }: FileJobOptions,
): Promise<void> {
  const { dataFolder, storeKey: shellKey, operator: actor } = start;
  const recoveryKey = demandRecoveryKey(dataFolder, typed);
  const key = dataKeyOf(start);
  if (shellKey === undefined) throw new StationError('store.wrong-key', 'the shell has no key');
  const files = [stationFile(dataFolder), practiceFile(dataFolder)].filter((file) => existsSync(file));
  const newKey = newDataKey();
  try {
    await runFileJob({ kind: 'rekey', files, key, newKey, now, actor }, { signal, onProgress });
    // Given up after the last file was made and before the key counts: nothing comes between this and the commit.
    if (signal?.aborted === true) throw new StationError('backup.interrupted');
    onLastStep?.();
  } catch (cause) {
    if (signal?.aborted === true) files.forEach(discardRekeyed);
    throw cause;
  }
  commitDataKey(dataFolder, newKey, { shellKey, recoveryKey }, now);
}

/**
 * Opens the data key with the administrator's recovery key and wraps it by the shell's. A shell that has no key gets a new
 * one, which is returned for it to keep. Throws `recovery-key.*`.
 */
export function enterRecoveryKey({ dataFolder, storeKey }: StartOptions, typed: string): Uint8Array {
  const shellKey = storeKey ?? new Uint8Array(randomBytes(32));
  const envelopes = allBackups(backupPlaces(dataFolder)).flatMap(({ envelope }) => envelope ?? []);
  adoptByRecovery(dataFolder, stationFile(dataFolder), typed, shellKey, envelopes);
  return shellKey;
}

/** Nothing in the practice file is worth a person's time; it is kept aside all the same. */
export function setPracticeAside({ dataFolder }: StartOptions, now: Date): void {
  const file = practiceFile(dataFolder);
  const aside = `${file}.damaged-${momentName(now)}`;
  // The log first: left behind it would be taken for that of the new file.
  for (const end of ['-wal', '-shm', '']) if (existsSync(file + end)) renameDurably(file + end, aside + end);
}
