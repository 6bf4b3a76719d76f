/**
 * Measures the table of divisions against lists of codes that somebody else has collected: how many codes get a name,
 * and how many get the name that they had in a year. The lists are not part of the project; their folder is the
 * argument.
 *
 * - `divisions.tsv`: a heading, then code, name and further columns: every code ever used;
 * - `divisions-by-year.csv`: year, code, name: what was in use in each year.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type DivisionTable,
  divisionFileSchema,
  nameIn,
  nativePlace,
} from '../../native-bridge/enrolment/native-place.ts';

const root = join(import.meta.dirname, '..', '..');
const usage = 'npm run code-coverage -- [FOLDER]   (a folder with divisions.tsv and divisions-by-year.csv)';

function rowsOf(file: string, separator: string): readonly (readonly string[])[] {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  return lines
    .map((line) => line.split(separator))
    .filter((columns) => columns.some((column) => /^\d{6}$/.test(column)));
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 1e5) / 1e5);

/** The last level that a code's native place reaches; a code of the table itself counts as reached. */
function levelReached(code: string, table: DivisionTable): string {
  return table[code] === undefined ? nativePlace(code, undefined, table).level : 'own';
}

interface Coverage {
  readonly codes: number;
  readonly own: number;
  readonly prefecture: number;
  readonly province: number;
  readonly unknown: number;
}

function coverage(rows: readonly (readonly string[])[], table: DivisionTable): Coverage {
  const levels = rows.map(([code = '']) => levelReached(code, table));
  const shareOf = (level: string) => share(levels.filter((other) => other === level).length, levels.length);
  return {
    codes: levels.length,
    own: shareOf('own'),
    prefecture: shareOf('prefecture'),
    province: shareOf('province'),
    unknown: shareOf('unknown'),
  };
}

interface YearlyNames {
  readonly pairs: number;
  readonly sameName: number;
  readonly from2002: number;
  readonly worstYear: string;
}

function yearlyNames(rows: readonly (readonly string[])[], table: DivisionTable): YearlyNames {
  const results = rows.map(([year = '', code = '', name]) => ({
    year,
    same: nameIn(table[code], Number(year)) === name,
  }));
  const shareIn = (keep: (year: string) => boolean) => {
    const kept = results.filter(({ year }) => keep(year));
    return share(kept.filter(({ same }) => same).length, kept.length);
  };
  const years = [...new Set(results.map(({ year }) => year))];
  const worst = years.map((year) => [shareIn((other) => other === year), year] as const).toSorted()[0];
  return {
    pairs: results.length,
    sameName: shareIn(() => true),
    from2002: shareIn((year) => year >= '2002'),
    worstYear: worst === undefined ? '' : `${worst[1]}: ${worst[0]}`,
  };
}

/** A list that is not there is said aloud, so that nobody takes an empty measurement for a good one. */
function measured<T>(
  file: string,
  separator: string,
  measure: (rows: readonly (readonly string[])[]) => T,
): T | undefined {
  if (existsSync(file)) return measure(rowsOf(file, separator));
  console.error(`NOT MEASURED: ${file} is not there. ${usage}`);
  return undefined;
}

function main(): void {
  const folder = resolve(process.argv[2] ?? join(root, '..', 'shared', 'data'));
  const file = join(root, 'assets', 'codes', 'divisions.json');
  const { divisions, newest } = divisionFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const every = measured(join(folder, 'divisions.tsv'), '\t', (rows) => coverage(rows, divisions));
  const byYear = measured(join(folder, 'divisions-by-year.csv'), ',', (rows) => yearlyNames(rows, divisions));
  const rows = Object.keys(divisions).length;
  console.table({ table: { rows, newest } });
  if (every !== undefined) console.table({ 'share of codes that are named': every });
  if (byYear !== undefined) console.table({ 'share of (year, code) under the name of that year': byYear });
  console.log(JSON.stringify({ rows, newest, ...(every && { every }), ...(byYear && { byYear }) }));
  if (every === undefined || byYear === undefined) process.exitCode = 2;
}

main();
