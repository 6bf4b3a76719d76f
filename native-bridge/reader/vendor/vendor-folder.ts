import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/*
 * Makers' libraries are looked for in two folders only, never beside the program, in the working folder, on the search
 * path or where a setting points: a library runs with all rights of the station's user, so whoever can put a file into
 * such a place could run a program of his own in the station's name.
 *
 * On Linux the rights of the two folders are checked each time: a library is refused if another user can write it, a
 * file beside it or a folder above it. Windows has no such check, as Node does not read its access lists: %ProgramData% lets every user add
 * files to folders that were created without rights of their own, so whoever sets the machine up has to take the right
 * to write from `EnrolDesk\vendor` (see docs/portrait-decoders.md). The folder in the data folder lies in the user's own
 * profile on both systems.
 */

/** The folders that may hold makers' libraries, the station's own before the machine's. */
export function vendorFolders(dataFolder: string): readonly string[] {
  const programData = process.env['ProgramData'] ?? 'C:\\ProgramData';
  const ofMachine = process.platform === 'win32' ? join(programData, 'EnrolDesk', 'vendor') : '/opt/enrol-desk/vendor';
  return [join(dataFolder, 'vendor'), ofMachine];
}

export type VendorFile =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'absent' }
  /** Other users can write it, or a folder that it lies in. */
  | { readonly kind: 'unsafe' };

const othersWrite = 0o022;
const sticky = 0o1000;
const administrator = 0;

/** Files in a sticky folder, such as /tmp, can be replaced by their owners only. */
async function isOwn(path: string, mayBeSticky: boolean): Promise<boolean> {
  const { uid, mode } = await stat(path);
  const isOwnersOnly = (mode & othersWrite) === 0 || (mayBeSticky && (mode & sticky) !== 0);
  return isOwnersOnly && (uid === administrator || uid === process.getuid?.());
}

/** Whether nobody but the station's user and the administrator can change what is read at this path (no links in it). */
async function isGuarded(path: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const folder = dirname(path);
  if (!(await isOwn(path, false)) || !(await isOwn(folder, false))) return false;
  for (let above = folder; above !== dirname(above);) {
    above = dirname(above);
    if (!(await isOwn(above, true))) return false;
  }
  return true;
}

/** Whether that holds for everything in a folder: a library loads others, and a Node its packages, from beside itself. */
async function holdsOwnOnly(folder: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  for (const entry of await readdir(folder, { recursive: true })) {
    if (!(await isOwn(join(folder, entry), false))) return false;
  }
  return true;
}

/** A file of a vendor folder, if it is there and may be trusted. Links are followed; what they lead to is checked. */
export async function vendorFile(folder: string, name: string): Promise<VendorFile> {
  try {
    const path = await realpath(join(folder, name));
    return (await isGuarded(path)) && (await holdsOwnOnly(folder)) ? { kind: 'file', path } : { kind: 'unsafe' };
  } catch {
    return { kind: 'absent' };
  }
}
