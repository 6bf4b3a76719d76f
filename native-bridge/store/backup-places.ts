import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { isAbsolute, join, parse, resolve } from 'node:path';
import { z } from 'zod';
import { StationError } from '../contract/errors.ts';
import { type Backup, backupFile, listBackups } from './backup-shelf.ts';
import { replaceDurably } from './durable-file.ts';
import { guarded } from './store-error.ts';

/*
 * Backups lie in a folder of the data folder, or on a second place that somebody chose, best on another disk. Which one
 * that is stands in a file of its own: the data file that it is to help against cannot be asked then.
 *
 * On the second place they have a folder that is made once, when the place is chosen. Where it is missing, the stick is
 * not plugged in: writing to the empty mount point would fill the system disk and look like a backup on the stick.
 */

const placeSchema = z.object({
  /** Tells apart the stations that share one stick. */
  id: z.string().regex(/^[0-9a-f]{8}$/),
  /** What was chosen, such as `E:\`. */
  place: z.string().optional(),
});
type Place = z.infer<typeof placeSchema>;

const placeFile = (dataFolder: string) => join(dataFolder, 'backup-place.json');

function readPlace(dataFolder: string): Place | undefined {
  try {
    return placeSchema.parse(JSON.parse(readFileSync(placeFile(dataFolder), 'utf8')));
  } catch {
    return undefined;
  }
}

export interface SecondPlace {
  /** As it was chosen. */
  readonly place: string;
  readonly folder: string;
  readonly isThere: boolean;
}

export interface BackupPlaces {
  /** In the data folder; always there. */
  readonly own: string;
  readonly second: SecondPlace | undefined;
}

const secondFolder = (place: string, id: string) => join(place, `enrol-desk-backups-${id}`);

/** Where the backups of this data folder lie. A dead network drive can hold `isThere` up for half a minute. */
export function backupPlaces(dataFolder: string, isThere: (folder: string) => boolean = existsSync): BackupPlaces {
  const own = join(dataFolder, 'backups');
  const { id, place } = readPlace(dataFolder) ?? {};
  if (id === undefined || place === undefined) return { own, second: undefined };
  const folder = secondFolder(place, id);
  return { own, second: { place, folder, isThere: isThere(folder) } };
}

/** The same without holding anybody up. */
export async function lookAtPlaces(dataFolder: string): Promise<BackupPlaces> {
  const folder = backupPlaces(dataFolder, () => false).second?.folder;
  const isThere =
    folder !== undefined &&
    (await access(folder).then(
      () => true,
      () => false,
    ));
  return backupPlaces(dataFolder, () => isThere);
}

function demandFolder(place: string): void {
  if (!isAbsolute(place) || !existsSync(place) || !statSync(place).isDirectory())
    throw new StationError('backup.no-place');
}

/** Only writing shows that a place can be written. */
function makeUsable(folder: string): void {
  const probe = join(folder, 'probe.tmp');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    guarded(() => replaceDurably(probe, 'probe'));
  } catch (cause) {
    throw new StationError('backup.unreachable', undefined, { cause });
  } finally {
    rmSync(probe, { force: true });
  }
}

/**
 * Takes another place for backups from now on; undefined takes the data folder's own. What lies on the former one stays.
 * Throws `backup.no-place`, `backup.unreachable`.
 */
export function chooseBackupPlace(dataFolder: string, place: string | undefined): void {
  const id = readPlace(dataFolder)?.id ?? randomBytes(4).toString('hex');
  if (place !== undefined) {
    demandFolder(place);
    makeUsable(secondFolder(place, id));
  }
  guarded(() => replaceDurably(placeFile(dataFolder), JSON.stringify({ id, ...(place !== undefined && { place }) })));
}

/**
 * Whether two folders lie on one volume, and would be lost together. Two volumes of one disk cannot be told apart so. The
 * device is a volume's serial number on Windows, which copied disks share, so its letter is looked at as well.
 */
export function isSameVolume(one: string, other: string, system: NodeJS.Platform = process.platform): boolean {
  if (system === 'win32' && parse(resolve(one)).root.toLowerCase() !== parse(resolve(other)).root.toLowerCase())
    return false;
  try {
    return statSync(one).dev === statSync(other).dev;
  } catch {
    return false;
  }
}

/** A verified backup, with the place that it lies on. */
export interface PlacedBackup extends Backup {
  readonly file: string;
}

/** The verified backups of all places that are there, newest first; one that lies on both counts once. */
export function allBackups({ own, second }: BackupPlaces): PlacedBackup[] {
  const folders = second?.isThere === true ? [own, second.folder] : [own];
  const placed = folders.flatMap((folder) =>
    listBackups(folder).map((backup) => ({ ...backup, file: backupFile(folder, backup.name) })),
  );
  const byName = new Map(placed.map((backup) => [backup.name, backup]));
  return [...byName.values()].toSorted((one, other) => other.name.localeCompare(one.name));
}
