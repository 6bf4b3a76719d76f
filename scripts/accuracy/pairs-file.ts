import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { InputError } from './input-error.ts';

/** Two pictures, as their file gives them, and whether they show the same person. */
export interface Pair {
  readonly first: string;
  readonly second: string;
  readonly same: boolean;
}

const byteOrderMark = '\uFEFF';

/** Reads lines of image, image and 1 (same person) or 0, parted by tabs. Throws `InputError`. */
export async function readPairs(file: string): Promise<readonly Pair[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError(`The pairs file ${file} cannot be read.`, { cause });
  });
  const pairs = text.replace(byteOrderMark, '').split(/\r?\n/).flatMap(parseLine);
  for (const same of [true, false]) {
    if (pairs.some((pair) => pair.same === same)) continue;
    throw new InputError(`The pairs file ${file} has no pair of ${same ? 'the same person (1)' : 'two people (0)'}.`);
  }
  return pairs;
}

function parseLine(line: string, index: number): Pair[] {
  if (line.trim() === '') return [];
  const [first = '', second = '', same, ...more] = line.split('\t').map((part) => part.trim());
  if (first === '' || second === '' || (same !== '0' && same !== '1') || more.length > 0) {
    throw new InputError(`Line ${index + 1} of the pairs file is not "image, tab, image, tab, 1 or 0": ${line}`);
  }
  return [{ first, second, same: same === '1' }];
}

/** A picture's place; names in a pairs file are absolute or relative to the folder of images. */
export function picturePath(folder: string, name: string): string {
  return isAbsolute(name) ? name : join(folder, name);
}
