import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLeaks } from './find-leaks.ts';
import { hiddenWords } from './hidden-words.ts';

/** More would not be read. */
const mostShown = 40;

/** Searches what the tests' processes printed; tells where something lies, never what. Resolves with an exit code. */
export async function searchPrinted(folder: string, say: (line: string) => void = console.log): Promise<number> {
  const words = hiddenWords();
  const files = readdirSync(folder).map((name) => join(folder, name));
  if (files.length === 0) {
    say('Nothing was collected, so nothing can be said.');
    return 1;
  }
  const printed = files.map((file) => ({ file, bytes: readFileSync(file) }));
  const found = printed.flatMap(({ file, bytes }) =>
    findLeaks(bytes, words).map(({ kind, line }) => `${file}:${line}: ${kind}`),
  );
  for (const line of found.slice(0, mostShown)) say(line);
  const size = printed.reduce((sum, { bytes }) => sum + bytes.length, 0);
  say(`${found.length} leaks in ${files.length} files, ${Math.ceil(size / 1024)} kB of output`);
  return found.length === 0 ? 0 : 1;
}
