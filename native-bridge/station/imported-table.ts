import type { TableProblem } from '../contract/station.ts';
import { historyOf } from '../enrolment/division-history.ts';
import { type Division, type DivisionName, type DivisionTable, isUndated } from '../enrolment/native-place.ts';
import type { EthnicGroups } from '../reader/card/card-text.ts';
import { parseTableText, type TableRow } from './table-text.ts';

/** What a text says, and which of its lines have a problem; `table` is undefined when one of them was not understood. */
export interface ImportedTable<T> {
  readonly table: T | undefined;
  readonly rows: number;
  readonly problems: readonly TableProblem[];
}

type Reason = TableProblem['reason'];

/** A division's name has at most 15 characters; a line of text in that place is the wrong file. */
const longestName = 40;

const isName = (name: string) => name.length > 0 && name.length <= longestName && !/[\p{Cc}\d,]/u.test(name);
const isYear = (year: string | undefined) => year === undefined || /^(19|20)\d\d$/.test(year);

function problemOf(row: TableRow, codePattern: RegExp): Reason | undefined {
  if (!codePattern.test(row.code)) return 'code';
  if (!isName(row.name)) return 'name';
  if (![row.year, row.from, row.to].every(isYear)) return 'year';
  return row.from !== undefined && row.to !== undefined && row.to < row.from ? 'year' : undefined;
}

/**
 * Two rows that cannot both be true: one code, the same time, two names. Official lists have some of these, so the later
 * one counts and is reported.
 */
function contradictions(rows: readonly TableRow[]): readonly TableProblem[] {
  const names = new Map<string, string>();
  return rows.flatMap(({ line, code, name, year, from, to }) => {
    const key = [code, year, from, to].join();
    const before = names.get(key);
    names.set(key, name);
    return before === undefined || before === name ? [] : [{ line, reason: 'contradiction' as const }];
  });
}

interface Checked {
  readonly rows: readonly TableRow[];
  readonly problems: readonly TableProblem[];
  readonly isUnderstood: boolean;
}

function checked(text: string, codePattern: RegExp): Checked {
  const { rows, problems } = parseTableText(text);
  const wrong = rows.flatMap((row) => {
    const reason = problemOf(row, codePattern);
    return reason === undefined ? [] : [{ line: row.line, reason }];
  });
  const notUnderstood = [...problems, ...wrong];
  const all = [...notUnderstood, ...contradictions(rows)].toSorted((a, b) => a.line - b.line);
  return { rows, problems: all, isUnderstood: notUnderstood.length === 0 };
}

function groupedBy<K>(rows: readonly TableRow[], key: (row: TableRow) => K): readonly (readonly [K, TableRow[]])[] {
  return [...Map.groupBy(rows, key)];
}

/** What the station knows already, and the years by which an import is judged. */
export interface Known {
  readonly divisions: DivisionTable;
  /** Year of the newest list in `divisions`: an older one says nothing of today. */
  readonly newestYear: number;
  readonly thisYear: number;
}

function fromYears(rows: readonly TableRow[], { newestYear }: Known): DivisionTable {
  const lists = groupedBy(rows, ({ year }) => Number(year)).map(([year, list]) => ({
    year,
    names: Object.fromEntries(list.map(({ code, name }) => [code, name])),
  }));
  return historyOf(
    lists,
    lists.some(({ year }) => year >= newestYear),
  );
}

/** A row without years says what is so in the year in which it is imported; one that is not current, what once was. */
function nameOf({ name, from, to, current }: TableRow, { thisYear }: Known): DivisionName {
  if (from === undefined && to === undefined) return current === false ? { name } : { name, from: thisYear };
  return {
    name,
    ...(from !== undefined && { from: Number(from), notBefore: Number(from) }),
    ...(to !== undefined && Number(to) < thisYear && { to: Number(to), notAfter: Number(to) }),
  };
}

/** A row without years that repeats what is known adds nothing: lists of that kind often have abolished codes too. */
const isNews = ({ code, name, from, to }: TableRow, { divisions }: Known) =>
  from !== undefined || to !== undefined || divisions[code]?.names.some((other) => other.name === name) !== true;

function fromSpans(rows: readonly TableRow[], known: Known): DivisionTable {
  const start = ({ from, to }: DivisionName) => from ?? to ?? 0;
  const news = rows.filter((row) => isNews(row, known));
  const entries = groupedBy(news, ({ code }) => code).map(([code, own]): [string, Division] => {
    const latest = new Map(own.map((row) => [[row.from, row.to].join(), row]));
    const names = [...latest.values()].map((row) => nameOf(row, known)).toSorted((a, b) => start(a) - start(b));
    return [code, { current: names.some((name) => name.to === undefined && !isUndated(name)), names }];
  });
  return Object.fromEntries(entries);
}

/** Divisions from a text, see `parseTableText`. */
export function importedDivisions(text: string, known: Known): ImportedTable<DivisionTable> {
  const { rows, problems, isUnderstood } = checked(text, /^[1-9]\d{5}$/);
  if (!isUnderstood) return { table: undefined, rows: rows.length, problems };
  const yearly = fromYears(
    rows.filter(({ year }) => year !== undefined),
    known,
  );
  const spans = fromSpans(
    rows.filter(({ year }) => year === undefined),
    known,
  );
  return { table: { ...yearly, ...spans }, rows: rows.length, problems };
}

/** Cards and the built-in table leave out the 族 that the standard's names end in. */
const groupName = (name: string) => (name.length > 1 ? name.replace(/族$/, '') : name);

/** Names of ethnic groups by their two-digit codes; years are passed over. */
export function importedEthnicGroups(text: string): ImportedTable<EthnicGroups> {
  const { rows, problems, isUnderstood } = checked(text, /^\d{2}$/);
  const table = Object.fromEntries(rows.map(({ code, name }) => [code, groupName(name)]));
  return { table: isUnderstood ? table : undefined, rows: rows.length, problems };
}
