import { createHash } from 'node:crypto';
import { readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

function* filesUnder(path: string): Generator<readonly [string, Stats]> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) yield [path, found];
  else for (const name of readdirSync(path).sort()) yield* filesUnder(join(path, name));
}

/**
 * What a set of files and folders looks like from outside: names, sizes and times of change. Cheap enough for every
 * start, and also notices a file that was deleted or replaced by an older one.
 */
export function fingerprint(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const [file, { size, mtimeMs }] of filesUnder(join(root, path))) hash.update(`${file}\n${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}
