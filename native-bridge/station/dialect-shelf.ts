import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ErrorReport } from '../contract/basic.ts';
import { asStationError, StationError } from '../contract/errors.ts';
import { builtInDialects } from '../platform/driver/built-in-dialects.ts';
import { type Dialect, readDialect } from '../platform/driver/dialect.ts';

export interface FaultyDialect {
  readonly file: string;
  readonly error: ErrorReport;
}

/**
 * The dialects that can be chosen: those that come with the station, and the files in a folder of the station's data. A
 * file of the same name replaces the built-in one. Files are read when they are asked for, so that a corrected one
 * counts at once.
 */
export class DialectShelf {
  readonly #folder: string | undefined;

  constructor(folder?: string) {
    this.#folder = folder;
  }

  /** Throws `platform.bad-dialect` for a name that nobody has, and for a file that is no dialect. */
  find(name: string): Dialect {
    if (this.#files().includes(name)) return this.#read(name);
    const found = builtInDialects.find((dialect) => dialect.name === name);
    if (found === undefined) throw new StationError('platform.bad-dialect', `unknown dialect ${name}`);
    return found;
  }

  list(): { readonly dialects: readonly Dialect[]; readonly faulty: readonly FaultyDialect[] } {
    const files = this.#files();
    const read = files.map((name) => this.#tryToRead(name));
    const own = read.filter((each) => 'driver' in each);
    const builtIn = builtInDialects.filter(({ name }) => !files.includes(name));
    return { dialects: [...builtIn, ...own], faulty: read.filter((each) => 'file' in each) };
  }

  #files(): readonly string[] {
    const folder = this.#folder;
    if (folder === undefined || !existsSync(folder)) return [];
    const names = readdirSync(folder).filter((file) => file.endsWith('.json'));
    return names.map((file) => basename(file, '.json')).sort();
  }

  #tryToRead(name: string): Dialect | FaultyDialect {
    try {
      return this.#read(name);
    } catch (cause) {
      const { code, detail } = asStationError(cause);
      return { file: `${name}.json`, error: { code, ...(detail !== undefined && { detail }) } };
    }
  }

  #read(name: string): Dialect {
    const dialect = readDialect(this.#json(name));
    if (dialect.name === name) return dialect;
    throw new StationError('platform.bad-dialect', `the file ${name}.json has another name in it`);
  }

  /** The parser's own error quotes the file, so it goes no further. */
  #json(name: string): unknown {
    try {
      return JSON.parse(readFileSync(join(this.#folder ?? '', `${name}.json`), 'utf8'));
    } catch {
      throw new StationError('platform.bad-dialect', `${name}.json is no JSON file`);
    }
  }
}
