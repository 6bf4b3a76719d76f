import { existsSync, rmSync } from 'node:fs';
import { renameDurably } from './durable-file.ts';
import { keyFitsFile } from './page-authentication.ts';

/*
 * A data file under a new key is made beside the old one, under a name that says how far it is: `….rekeying` while it is
 * being written, `….rekeyed` once it is whole and verified. What decides is the envelope: until it names the new key the
 * old files count, from then on the new ones.
 */

const ends = ['', '-wal', '-shm', '-journal'];

export const rekeyingName = (file: string) => `${file}.rekeying`;
export const rekeyedName = (file: string) => `${file}.rekeyed`;

export function removeDataFile(file: string): void {
  for (const end of ends) rmSync(file + end, { force: true });
}

/** Removes what was made for a change of the key that does not come about. */
export function discardRekeyed(file: string): void {
  for (const made of [rekeyingName(file), rekeyedName(file)]) removeDataFile(made);
}

/** Whether a file under this key waits to take the place of `file`. */
export const isRekeyedBy = (file: string, key: Uint8Array): boolean =>
  existsSync(rekeyedName(file)) && keyFitsFile(rekeyedName(file), key);

/**
 * At every start, before the file is opened, with the data key that the envelope names: completes an exchange that was
 * decided, and removes what was made for one that was not. The old file has no log: it was closed before it was copied,
 * and is not opened again once the envelope has another key.
 */
export function finishRekey(file: string, key: Uint8Array): void {
  removeDataFile(rekeyingName(file));
  if (isRekeyedBy(file, key)) renameDurably(rekeyedName(file), file);
  else removeDataFile(rekeyedName(file));
}
