import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { blockFile } from './helper-messages.ts';

/** Some libraries want their licence in the working folder. */
const licenceFile = 'license.dat';

const ownerOnly = { folder: 0o700, file: 0o600 };

/** Removes the folder with everything that a library left in it. Windows may hold a file for a moment longer. */
export async function wipeJobFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

async function fill(folder: string, block: Uint8Array, library: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: ownerOnly.folder });
  await writeFile(join(folder, blockFile), block, { mode: ownerOnly.file });
  // Most libraries have none.
  await copyFile(join(dirname(library), licenceFile), join(folder, licenceFile)).catch(() => undefined);
}

/**
 * Does `work` while the folder, private to the station's user, holds the photo block and the library's licence. The
 * folder is gone afterwards, whatever happened.
 */
export async function inJobFolder<T>(
  folder: string,
  block: Uint8Array,
  library: string,
  work: () => Promise<T>,
): Promise<T> {
  await wipeJobFolder(folder);
  try {
    await fill(folder, block, library);
    return await work();
  } finally {
    // Should something still hold a file, the next job begins with wiping it.
    await wipeJobFolder(folder).catch(() => undefined);
  }
}
