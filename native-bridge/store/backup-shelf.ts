import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { momentName } from './durable-file.ts';
import { fileFactsSchema } from './file-facts.ts';
import { envelopeSchema } from './key-envelope.ts';

/*
 * A backup is `station-<moment>.db`, an encrypted copy of the data file, with `station-<moment>.json` beside it, which
 * says that it was verified, what it holds, and carries the wrapped key. No personal data stands in it. One without the
 * other is no backup.
 */

const manifestSchema = z.object({
  version: z.literal(1),
  takenAt: z.iso.datetime(),
  bytes: z.int(),
  facts: fileFactsSchema,
  envelope: envelopeSchema.optional(),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

export interface Backup extends BackupManifest {
  readonly name: string;
}

const namePattern = /^(station-\d{8}T\d{9}Z)\.json$/;
const leftoverPattern = /^station-\d{8}T\d{9}Z\.(db|json)\.part(-wal|-shm|-journal)?$/;

export const backupName = (at: Date) => `station-${momentName(at)}`;
export const backupFile = (folder: string, name: string) => join(folder, `${name}.db`);
export const manifestFile = (folder: string, name: string) => join(folder, `${name}.json`);

function read(folder: string, name: string): Backup[] {
  try {
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(manifestFile(folder, name), 'utf8')));
    return existsSync(backupFile(folder, name)) ? [{ ...manifest, name }] : [];
  } catch {
    return [];
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The verified backups of a folder, newest first; none when the folder cannot be read. */
export function listBackups(folder: string): Backup[] {
  const found = namesIn(folder).flatMap((file) => {
    const name = namePattern.exec(file)?.[1];
    return name === undefined ? [] : read(folder, name);
  });
  return found.sort((a, b) => b.name.localeCompare(a.name));
}

export interface RotationRules {
  /** The newest ones, however close together; at least one. */
  readonly last: number;
  /** The newest of each of so many days. */
  readonly daily: number;
  readonly weekly: number;
}

export const usualRotation: RotationRules = { last: 3, daily: 7, weekly: 4 };

const dayMs = 86_400_000;
/** China's days begin eight hours before UTC's; weeks begin on Monday, and 1 January 1970 was a Thursday. */
const chinaMs = 8 * 3_600_000;
const dayOf = (backup: Backup) => Math.floor((Date.parse(backup.takenAt) + chinaMs) / dayMs);
const weekOf = (backup: Backup) => Math.floor((dayOf(backup) + 3) / 7);

function newestOfEach(backups: readonly Backup[], period: (backup: Backup) => number, count: number): Backup[] {
  const newest = new Map<number, Backup>();
  for (const backup of backups) if (!newest.has(period(backup))) newest.set(period(backup), backup);
  return [...newest.values()].slice(0, count);
}

/** Those that the rules do not keep. `backups` are the verified ones, newest first; the newest is always kept. */
export function expired(backups: readonly Backup[], rules: RotationRules): Backup[] {
  const kept = new Set([
    ...backups.slice(0, Math.max(1, rules.last)),
    ...newestOfEach(backups, dayOf, rules.daily),
    ...newestOfEach(backups, weekOf, rules.weekly),
  ]);
  return backups.filter((backup) => !kept.has(backup));
}

/** Removes what the rules do not keep, and what interrupted backups left. Only after a new backup was verified. */
export function rotate(folder: string, rules: RotationRules): void {
  for (const { name } of expired(listBackups(folder), rules)) {
    // The manifest first: without it the rest is no backup, so that a half removed one is never offered.
    for (const file of [manifestFile(folder, name), backupFile(folder, name)]) rmSync(file, { force: true });
  }
}

export function removeLeftovers(folder: string): void {
  for (const file of readdirSync(folder)) if (leftoverPattern.test(file)) rmSync(join(folder, file), { force: true });
}
