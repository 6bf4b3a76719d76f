import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Picture } from './picture-check.ts';
import type { KeptPicture } from './state.ts';
import { writeAtomically } from './state-file.ts';

/** Keeps pictures under the hash of their content: in a folder beside the state file, or in memory without one. */
export interface PictureShelf {
  put(picture: Picture): KeptPicture;
  /** The bytes, or undefined when no such picture is kept. */
  get(picture: KeptPicture): Buffer | undefined;
}

function memoryShelf(): PictureShelf {
  const kept = new Map<string, Buffer>();
  return {
    put: ({ sha256, type, bytes }) => {
      kept.set(`${sha256}.${type}`, bytes);
      return { sha256, type };
    },
    get: ({ sha256, type }) => kept.get(`${sha256}.${type}`),
  };
}

function folderShelf(folder: string): PictureShelf {
  const fileOf = ({ sha256, type }: KeptPicture): string => join(folder, `${sha256}.${type}`);
  return {
    put: ({ sha256, type, bytes }) => {
      const file = fileOf({ sha256, type });
      if (!existsSync(file)) writeAtomically(file, bytes);
      return { sha256, type };
    },
    get: (picture) => (existsSync(fileOf(picture)) ? readFileSync(fileOf(picture)) : undefined),
  };
}

export function openPictureShelf(stateFile: string | undefined): PictureShelf {
  return stateFile === undefined ? memoryShelf() : folderShelf(`${stateFile}.pictures`);
}
