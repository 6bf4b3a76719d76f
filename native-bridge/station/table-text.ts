import { StationError } from '../contract/errors.ts';
import type { TableProblem } from '../contract/station.ts';

/** One row of a table of codes, as the file has it: nothing is checked yet. */
export interface TableRow {
  /** Number of its line in the file, from 1; members of a JSON object are counted instead. */
  readonly line: number;
  readonly code: string;
  readonly name: string;
  /** A list of one year has this; it says nothing of other years. */
  readonly year?: string;
  readonly from?: string;
  readonly to?: string;
  /** Whether the file says that the code is in use today. */
  readonly current?: boolean;
}

export interface TableText {
  readonly rows: readonly TableRow[];
  readonly problems: readonly TableProblem[];
}

type Column = 'code' | 'name' | 'year' | 'from' | 'to' | 'current';
type Columns = Readonly<Partial<Record<Column, number>>>;

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What a heading may call a column; others are passed over. */
const headings: Readonly<Record<Column, RegExp>> = {
  code: /^(code|代码|行政区划代码|区划代码|民族代码)$/i,
  name: /^(name|名称|单位名称|民族|民族名称)$/i,
  year: /^(year|年份|年)$/i,
  from: /^(from|from ?year|start ?year|启用年份|启用时间|起始年份)$/i,
  to: /^(to|to ?year|end ?year|停用年份|弃用时间|终止年份)$/i,
  current: /^(current|现行|状态)$/i,
};

const notCurrent = /^(0|false|no|否|弃用|废止|已撤销)$/i;

const isCode = (cell: string | undefined) => cell !== undefined && /^(\d{2}|\d{6})$/.test(cell);
const isYear = (cell: string | undefined) => cell !== undefined && /^\d{4}$/.test(cell);

/** A quoted cell keeps separators and has its quotes doubled, as spreadsheets write it (RFC 4180). */
function cellsOf(line: string, separator: string): readonly string[] {
  const pattern = new RegExp(`(?:^|${separator})\\s*(?:"((?:[^"]|"")*)"|([^${separator}]*))`, 'g');
  return [...line.matchAll(pattern)].map(([, quoted, plain]) => (quoted?.replaceAll('""', '"') ?? plain ?? '').trim());
}

function linesOf(text: string): readonly Line[] {
  const lines = text.split(/\r\n|\n|\r/).map((line, index) => ({ line, number: index + 1 }));
  return lines
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => ({ line: number, cells: cellsOf(line, line.includes('\t') ? '\t' : ',') }));
}

/** A heading has neither a code nor a year in it. */
const isHeading = ({ cells }: Line) => !cells.some((cell) => isCode(cell) || isYear(cell));

function columnsOfHeading({ cells }: Line): Columns | undefined {
  const found = Object.entries(headings).flatMap(([column, pattern]) => {
    const index = cells.findIndex((cell) => pattern.test(cell));
    return index === -1 ? [] : [[column, index] as const];
  });
  const columns: Columns = Object.fromEntries(found);
  return columns.code === undefined || columns.name === undefined ? undefined : columns;
}

/** Without a heading the first line that has a code tells the order: year, code, name or code, name, from, to. */
function columnsOfShape(lines: readonly Line[]): Columns {
  const first = lines.find(({ cells }) => cells.some(isCode));
  const startsWithYear = first !== undefined && isYear(first.cells[0]) && isCode(first.cells[1]);
  return startsWithYear ? { year: 0, code: 1, name: 2 } : { code: 0, name: 1, from: 2, to: 3 };
}

function rowOf({ line, cells }: Line, columns: Columns): TableRow {
  const cell = (column: Column) => (columns[column] === undefined ? undefined : cells[columns[column]]);
  const filled = (column: 'year' | 'from' | 'to') => {
    const value = cell(column);
    return value === undefined || value === '' ? {} : { [column]: value };
  };
  const current = cell('current');
  return {
    line,
    code: cell('code') ?? '',
    name: cell('name') ?? '',
    ...filled('year'),
    ...filled('from'),
    ...filled('to'),
    ...(current !== undefined && { current: !notCurrent.test(current) }),
  };
}

function parseLines(text: string): TableText {
  const all = linesOf(text);
  const heading = all[0] !== undefined && isHeading(all[0]) ? all[0] : undefined;
  const lines = heading === undefined ? all : all.slice(1);
  const columns = (heading && columnsOfHeading(heading)) ?? columnsOfShape(lines);
  const needed = Math.max(columns.code ?? 0, columns.name ?? 0, columns.year ?? 0) + 1;
  const isWhole = ({ cells }: Line) => cells.length >= needed;
  return {
    rows: lines.filter(isWhole).map((line) => rowOf(line, columns)),
    problems: lines.filter((line) => !isWhole(line)).map(({ line }) => ({ line, reason: 'columns' })),
  };
}

function parseObject(text: string): TableText {
  const value: unknown = JSON.parse(text);
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const named = entries.map(([code, name], index) => ({ line: index + 1, code, name: name as unknown }));
  return {
    rows: named.flatMap(({ name, ...row }) => (typeof name === 'string' ? [{ ...row, name: name.trim() }] : [])),
    problems: named.flatMap(({ line, name }) => (typeof name === 'string' ? [] : [{ line, reason: 'name' }])),
  };
}

/**
 * The rows of a table in CSV, in TSV or as a JSON object of code → name. A text in which there is nothing to read is
 * refused with `tables.malformed`.
 */
export function parseTableText(text: string): TableText {
  const content = text.replace(/^\uFEFF/, '').trimStart();
  try {
    const table = content.startsWith('{') ? parseObject(content) : parseLines(text.replace(/^\uFEFF/, ''));
    if (table.rows.length > 0 || table.problems.length > 0) return table;
  } catch (cause) {
    throw new StationError('tables.malformed', 'not JSON', { cause });
  }
  throw new StationError('tables.malformed', 'no rows');
}
