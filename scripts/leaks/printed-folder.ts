import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../set-up/run-program.ts';

const variable = 'PRINTED_TEXT_FOLDER';

/** Where the processes of the test runners keep what was printed; undefined when nothing is collected. */
export const printedFolder = (): string | undefined => process.env[variable];

/** Begins to collect, in an empty folder, for this process's children. */
export function beginCollecting(): string {
  const folder = join(root, '.set-up', 'printed');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.env[variable] = folder;
  return folder;
}
