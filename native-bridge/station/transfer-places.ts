import { execFile } from 'node:child_process';
import { readdir, readFile, stat, statfs } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { StationError } from '../contract/errors.ts';
import { packageNameSchema, type TransferPlace } from '../contract/transfer-calls.ts';

export interface Drive {
  readonly path: string;
  readonly label: string;
}

/** Where desktops mount what is plugged in. */
const mediaFolders = ['/media/', '/run/media/'];

/** Files shown of one place, newest first. */
const mostFiles = 50;

const unescaped = (text: string) =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));

/** Removable drives in the text of `/proc/self/mounts`: second column the mount point, blanks as octal escapes. */
export function mountedDrives(mounts: string): Drive[] {
  const points = mounts
    .split('\n')
    .map((line) => Buffer.from(unescaped(line.split(' ')[1] ?? ''), 'latin1').toString());
  return points
    .filter((path) => mediaFolders.some((folder) => path.startsWith(folder)))
    .map((path) => ({ path, label: path.slice(path.lastIndexOf('/') + 1) }));
}

/** Windows says `E:\|LABEL`, one drive a line. */
export function listedDrives(output: string): Drive[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const [path = '', name = ''] = line.trim().split('|');
    return /^[A-Z]:\\$/i.test(path) ? [{ path, label: [name, path.slice(0, 2)].filter(Boolean).join(' ') }] : [];
  });
}

const driveQuery =
  '[Console]::OutputEncoding=[Text.Encoding]::UTF8;' +
  "[IO.DriveInfo]::GetDrives()|?{$_.DriveType -eq 'Removable' -and $_.IsReady}|%{$_.Name+'|'+$_.VolumeLabel}";

/** The removable drives of this machine; none where they cannot be told, for a folder can be named instead. */
export async function removableDrives(): Promise<Drive[]> {
  try {
    if (process.platform === 'linux') return mountedDrives(await readFile('/proc/self/mounts', 'latin1'));
    if (process.platform !== 'win32') return [];
    const shell = ['-NoProfile', '-NonInteractive', '-Command', driveQuery];
    const { stdout } = await promisify(execFile)('powershell.exe', shell, { windowsHide: true, timeout: 15_000 });
    return listedDrives(stdout);
  } catch {
    return [];
  }
}

async function packagesIn(folder: string): Promise<TransferPlace['files']> {
  const names = (await readdir(folder)).filter((name) => packageNameSchema.safeParse(name).success);
  const found = names.map(async (name) => {
    const status = await stat(join(folder, name)).catch(() => undefined);
    // What is no file, such as a link to nowhere, must not hide the others.
    return status?.isFile() ? [{ name, bytes: status.size, changedAt: status.mtime.toISOString() }] : [];
  });
  const files = (await Promise.all(found)).flat();
  return files.toSorted((one, other) => (one.changedAt < other.changedAt ? 1 : -1)).slice(0, mostFiles);
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** A place as the page shows it; undefined when it cannot be used, such as a stick that has just been pulled. */
export async function placeAt({ path, label }: Drive, kind: TransferPlace['kind']): Promise<TransferPlace | undefined> {
  try {
    const [files, freeBytes] = await Promise.all([packagesIn(path), freeBytesOf(path)]);
    return { id: path, label, kind, freeBytes, files };
  } catch {
    return undefined;
  }
}

/** Throws `transfer.no-place` for what is no folder that can be reached from anywhere. */
export async function demandFolder(folder: string): Promise<void> {
  const isFolder =
    isAbsolute(folder) &&
    (await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  if (!isFolder) throw new StationError('transfer.no-place');
}
