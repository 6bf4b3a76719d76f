import { existsSync, mkdirSync, statSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Scene, portraitOf, writeFilm } from './camera-film.ts';
import { findSitters, type Sitter, type SitterName } from './sitters.ts';

/*
 * Films and portraits for tests and demonstration. They are made from the sample pictures once and kept beside the
 * project's other generated files until the code that makes them changes.
 */

const folder = join(import.meta.dirname, '..', '..', '.set-up', 'studio');

/** A scene, its person by name. */
type CastScene = Omit<Scene, 'person'> & { readonly who?: SitterName };

const films = {
  /** A worker who first sits too far away and then as wanted. */
  approach: [
    { seconds: 2, who: 'first', distance: 2 },
    { seconds: 7, who: 'first', distance: 1 },
  ],
  /** A worker who first sits too far away, then looks aside, then as wanted. */
  guided: [
    { seconds: 2, who: 'first', distance: 2 },
    { seconds: 3, who: 'first', turned: 36 },
    { seconds: 6, who: 'first' },
  ],
  /** A worker who stays too far away. */
  distant: [{ seconds: 2, who: 'first', distance: 2 }],
  /** Nobody at the desk. */
  empty: [{ seconds: 1 }],
} as const satisfies Readonly<Record<string, readonly CastScene[]>>;

export type FilmName = keyof typeof films;

export interface Studio {
  /** Path of a film for Chromium's file-fed camera. */
  film(name: FilmName): string;
  /** JPEG of a person as wanted, for a practice card. */
  portrait(name: SitterName): Promise<Buffer>;
}

const filmPath = (name: FilmName) => join(folder, `${name}.mjpeg`);
const portraitPath = (name: SitterName) => join(folder, `${name}.jpg`);
const people = ['first', 'second'] as const satisfies readonly SitterName[];

/** The code that makes them. */
const sources = ['acting.ts', 'camera-film.ts', 'frontal-view.ts', 'sitters.ts', 'studio.ts'];

function newestSource(): number {
  return Math.max(...sources.map((name) => statSync(join(import.meta.dirname, name)).mtimeMs));
}

function upToDate(): boolean {
  const made = [...people.map(portraitPath), ...(Object.keys(films) as FilmName[]).map(filmPath)];
  const newest = newestSource();
  return made.every((path) => existsSync(path) && statSync(path).mtimeMs > newest);
}

function scenesOf(name: FilmName, sitters: Readonly<Record<SitterName, Sitter>>): readonly Scene[] {
  const scenes: readonly CastScene[] = films[name];
  return scenes.map(({ who, ...scene }) => (who === undefined ? scene : { ...scene, person: sitters[who] }));
}

async function make(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const sitters = await findSitters(people);
  for (const name of Object.keys(films) as FilmName[]) {
    // Renamed when whole, so that an interrupted run leaves no half film behind.
    await writeFilm(`${filmPath(name)}.part`, scenesOf(name, sitters));
    await rename(`${filmPath(name)}.part`, filmPath(name));
  }
  for (const name of people) await writeFile(portraitPath(name), await portraitOf(sitters[name]));
}

/** Opens the studio, making what is missing (about ten seconds the first time). */
export async function openStudio(): Promise<Studio> {
  if (!upToDate()) await make();
  return { film: filmPath, portrait: (name) => readFile(portraitPath(name)) };
}
