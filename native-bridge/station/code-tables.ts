import { z } from 'zod';
import { instantSchema } from '../contract/basic.ts';
import type { CodeTable, CodeTableName, Result } from '../contract/station.ts';
import { chinaDay } from '../enrolment/china-day.ts';
import { mergeDivisions } from '../enrolment/division-history.ts';
import { type DivisionFile, type DivisionTable, divisionTableSchema } from '../enrolment/native-place.ts';
import type { EthnicGroups } from '../reader/card/card-text.ts';
import type { Settings } from '../store/settings.ts';
import { importedDivisions, importedEthnicGroups, type Known } from './imported-table.ts';

export interface BuiltInTables {
  /** Called once, for the first card or an import: reading so many divisions would hold every start up. */
  readonly readDivisions: () => DivisionFile;
  readonly ethnicGroups: EthnicGroups;
}

const ethnicGroupsSchema = z.record(z.string(), z.string());
const stored = <S extends z.ZodType>(table: S) => z.object({ at: instantSchema, rows: z.int(), table });
const storedDivisions = stored(divisionTableSchema);
const storedGroups = stored(ethnicGroupsSchema);

const keys = { divisions: 'table.divisions', 'ethnic-groups': 'table.ethnic-groups' } as const;
const tableNames = ['divisions', 'ethnic-groups'] as const satisfies readonly CodeTableName[];

/** The edition that `assets/codes/ethnic-groups.json` has. */
const groupsEdition = 'GB/T 3304—1991';

const yearOf = (day: string) => Number(day.slice(0, 4));

/** Problems beyond these are only counted: whoever sees a hundred has the wrong file. */
const mostProblems = 100;

/**
 * The tables of codes that the station works with: those it came with, and laid on them what an administrator has
 * imported, which is kept in the encrypted store. Whoever needs a table asks for it each time, so that an import
 * counts from the next card on.
 */
export class CodeTables {
  readonly #settings: Settings;
  readonly #builtIn: BuiltInTables;
  readonly #now: () => Date;
  #divisionFile: DivisionFile | undefined;
  /** Absent until they are asked for, and after every change. */
  #divisions: DivisionTable | undefined;
  /** The same object all the time, so that a reader that was handed it sees an import too. */
  readonly #ethnicGroups: Record<string, string> = {};

  constructor(settings: Settings, builtIn: BuiltInTables, now: () => Date) {
    this.#settings = settings;
    this.#builtIn = builtIn;
    this.#now = now;
    this.#layGroups();
  }

  get divisions(): DivisionTable {
    return (this.#divisions ??= this.#laidDivisions());
  }

  get ethnicGroups(): EthnicGroups {
    return this.#ethnicGroups;
  }

  describe(): Result<'settings.tables'> {
    return { tables: tableNames.map((table) => this.#describeOne(table)) };
  }

  /** All or nothing. Throws `tables.malformed` where the text is no table at all. */
  import(table: CodeTableName, text: string): Result<'settings.import-table'> {
    const imported = table === 'divisions' ? importedDivisions(text, this.#known()) : importedEthnicGroups(text);
    if (imported.table !== undefined) this.#keep(table, { rows: imported.rows, table: imported.table });
    return {
      ...this.describe(),
      applied: imported.table !== undefined,
      rows: imported.rows,
      problems: imported.problems.slice(0, mostProblems),
      problemCount: imported.problems.length,
    };
  }

  /** Back to the built-in table. */
  reset(table: CodeTableName): Result<'settings.tables'> {
    this.#settings.set(keys[table], undefined);
    this.#lay();
    return this.describe();
  }

  #keep(table: CodeTableName, imported: { rows: number; table: DivisionTable | EthnicGroups }): void {
    this.#settings.set(keys[table], { at: this.#now().toISOString(), ...imported });
    this.#lay();
  }

  #known(): Known {
    const { divisions, newest } = this.#builtInDivisions;
    return { divisions, newestYear: yearOf(newest), thisYear: yearOf(chinaDay(this.#now())) };
  }

  get #builtInDivisions(): DivisionFile {
    return (this.#divisionFile ??= this.#builtIn.readDivisions());
  }

  #lay(): void {
    this.#divisions = undefined;
    this.#layGroups();
  }

  #laidDivisions(): DivisionTable {
    const imported = this.#settings.get(keys.divisions, storedDivisions);
    return mergeDivisions(this.#builtInDivisions.divisions, imported?.table ?? {});
  }

  #layGroups(): void {
    const imported = this.#settings.get(keys['ethnic-groups'], storedGroups);
    for (const code of Object.keys(this.#ethnicGroups)) delete this.#ethnicGroups[code];
    Object.assign(this.#ethnicGroups, this.#builtIn.ethnicGroups, imported?.table);
  }

  #describeOne(table: CodeTableName): CodeTable {
    const isDivisions = table === 'divisions';
    const imported = this.#settings.get(keys[table], isDivisions ? storedDivisions : storedGroups);
    return {
      table,
      origin: imported === undefined ? 'built-in' : 'imported',
      rows: Object.keys(isDivisions ? this.divisions : this.#ethnicGroups).length,
      builtInVersion: isDivisions ? this.#builtInDivisions.newest : groupsEdition,
      ...(imported && { imported: { at: imported.at, rows: imported.rows } }),
    };
  }
}
