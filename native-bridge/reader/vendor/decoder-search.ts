import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { libraryArchitecture } from './library-architecture.ts';
import { type CallConvention, knownDecoders, photoCallNames, type PhotoCallName } from './photo-calls.ts';
import type { PictureOrder } from './bitmap.ts';
import { vendorFile } from './vendor-folder.ts';

/** File by which a site says how its photo library is to be called, where the table of known ones does not fit. */
const settingsFile = 'decoder.json';

const isInside = (path: string): boolean => !isAbsolute(path) && !path.split(/[/\\]/).includes('..');

const decoderSettingsSchema = z.strictObject({
  /** File name within the same folder. */
  library: z.string().regex(/^[^/\\]+$/),
  call: z.enum(photoCallNames),
  convention: z.enum(['__stdcall', '__cdecl']).optional(),
  /** The number that the maker wants as the last parameter. */
  argument: z.int().min(-0x8000_0000).max(0x7fff_ffff).optional(),
  swapColours: z.boolean().default(false),
  flip: z.boolean().default(false),
  /** Node program of the library's architecture; a path within the same folder. */
  runtime: z.string().min(1).refine(isInside).optional(),
});
type DecoderSettings = z.infer<typeof decoderSettingsSchema>;

/** A library that can be called, by which program and how. */
export interface VendorLibrary {
  readonly library: string;
  /** The program to run it; undefined for this very one. */
  readonly program: string | undefined;
}

export interface FoundDecoder extends VendorLibrary {
  readonly calls: readonly PhotoCallName[];
  readonly convention: CallConvention | undefined;
  readonly number: number | undefined;
  readonly order: PictureOrder;
}

/**
 * Why a library that is there is not used: other users can write it, it needs a Node of another architecture that is not
 * there, or what `decoder.json` says makes no sense.
 */
export type Refusal = 'unsafe' | 'architecture' | 'settings';

export interface Refused {
  readonly kind: 'refused';
  readonly reason: Refusal;
  /** Name of the file, for the person who installs it. */
  readonly file: string;
}

export type Search<Found> = { readonly kind: 'found'; readonly found: Found } | { readonly kind: 'absent' } | Refused;

const refused = (reason: Refusal, file: string): Refused => ({ kind: 'refused', reason, file });

const programFile = process.platform === 'win32' ? 'node.exe' : 'node';

/** The program for a library, by convention `node-<architecture>/node` beside it where it is not our own. */
async function programFor(
  folder: string,
  library: string,
  runtime: string | undefined,
): Promise<{ readonly program: string | undefined } | Refusal> {
  const architecture = (await libraryArchitecture(library)) ?? process.arch;
  if (runtime === undefined && architecture === process.arch) return { program: undefined };
  const program = await vendorFile(folder, runtime ?? `node-${architecture}/${programFile}`);
  if (program.kind === 'file') return { program: program.path };
  return program.kind === 'unsafe' ? 'unsafe' : 'architecture';
}

/** A library of a vendor folder by its file name, with the program that can run it. */
async function findInFolder(folder: string, name: string, runtime?: string): Promise<Search<VendorLibrary>> {
  const library = await vendorFile(folder, name);
  if (library.kind === 'absent') return library;
  if (library.kind === 'unsafe') return refused('unsafe', name);
  const program = await programFor(folder, library.path, runtime);
  if (typeof program === 'string') return refused(program, name);
  return { kind: 'found', found: { library: library.path, ...program } };
}

/**
 * The first result that is a library; else the first refusal, which tells the site what to put right. A file that
 * cannot be read is as good as none. Never rejects.
 */
async function firstFound<Found>(searches: Iterable<() => Promise<Search<Found>>>): Promise<Search<Found>> {
  let outcome: Search<Found> = { kind: 'absent' };
  for (const search of searches) {
    const result = await search().catch((): Search<Found> => ({ kind: 'absent' }));
    if (result.kind === 'found') return result;
    if (outcome.kind === 'absent') outcome = result;
  }
  return outcome;
}

/** The library of one of these names in the first of these folders that has one. */
export function findLibrary(folders: readonly string[], names: readonly string[]): Promise<Search<VendorLibrary>> {
  return firstFound(folders.flatMap((folder) => names.map((name) => () => findInFolder(folder, name))));
}

async function readSettings(path: string): Promise<DecoderSettings | undefined> {
  try {
    return decoderSettingsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A library that `decoder.json` names has to be there: the file would not be without a reason. */
async function findBySettings(folder: string, path: string): Promise<Search<FoundDecoder>> {
  const settings = await readSettings(path);
  if (settings === undefined) return refused('settings', settingsFile);
  const { library, call, convention, argument, swapColours, flip, runtime } = settings;
  const search = await findInFolder(folder, library, runtime);
  if (search.kind === 'absent') return refused('settings', settingsFile);
  if (search.kind === 'refused') return search;
  const order = { swapColours, flip };
  return { kind: 'found', found: { ...search.found, calls: [call], convention, number: argument, order } };
}

const usualOrder: PictureOrder = { swapColours: false, flip: false };

async function findKnown(folder: string, name: string, calls: readonly PhotoCallName[]): Promise<Search<FoundDecoder>> {
  const search = await findInFolder(folder, name);
  if (search.kind !== 'found') return search;
  const usual = { calls, convention: undefined, number: undefined, order: usualOrder };
  return { kind: 'found', found: { ...search.found, ...usual } };
}

async function findDecoderIn(folder: string): Promise<Search<FoundDecoder>> {
  const settings = await vendorFile(folder, settingsFile);
  if (settings.kind === 'unsafe') return refused('unsafe', settingsFile);
  if (settings.kind === 'file') return findBySettings(folder, settings.path);
  const known = knownDecoders.flatMap(({ files, calls }) =>
    (files[process.platform] ?? []).map((name) => () => findKnown(folder, name, calls)),
  );
  return firstFound(known);
}

/** The photo decoder in the first of these folders that has one. */
export function findDecoder(folders: readonly string[]): Promise<Search<FoundDecoder>> {
  return firstFound(folders.map((folder) => () => findDecoderIn(folder)));
}
