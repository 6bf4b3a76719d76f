import { setImmediate as nextTurn } from 'node:timers/promises';
import { StationError } from '../contract/errors.ts';
import type { PeopleCodes } from '../contract/people-codes.ts';
import type { CellProblem, ListColumn } from '../contract/sheet.ts';
import { type Cell, cellReaders, columnOf } from './list-columns.ts';
import type { WorkbookRun } from './workbook-desk.ts';

export interface Problem {
  readonly column: ListColumn;
  readonly problem: CellProblem;
}

/** One row as it was understood. */
export interface ListRow {
  /** From 1, as the spreadsheet program counts; the heading is 1 unless lines stand above it. */
  readonly row: number;
  readonly values: Readonly<Partial<Record<ListColumn, string>>>;
  readonly problems: readonly Problem[];
}

export interface ListForm {
  readonly columns: readonly ListColumn[];
  readonly required: readonly ListColumn[];
}

export const expectedForm: ListForm = {
  columns: [
    'name',
    'number',
    'team',
    'trade',
    'phone',
    'education',
    'politics',
    'bankCard',
    'bankName',
    'entryDate',
    'leader',
  ],
  required: ['name'],
};

export const teamForm: ListForm = {
  columns: ['team', 'corpCode', 'corpName', 'trade', 'leaderName', 'leaderPhone', 'remark'],
  required: ['team'],
};

/** A title or two may stand above the headings. */
const mostLinesAbove = 5;
/** Rows understood at a time; the station answers in between. */
const rowsAtATime = 200;

type Places = ReadonlyMap<ListColumn, number>;

function placesOf(row: readonly string[], { columns }: ListForm): Places {
  const named = row.map((heading, index) => [columnOf(heading), index] as const);
  const wanted = named.flatMap(([column, index]) =>
    column !== undefined && columns.includes(column) ? [[column, index] as const] : [],
  );
  return new Map(wanted);
}

interface Headed {
  readonly at: number;
  readonly places: Places;
}

function headingsOf(rows: readonly (readonly string[])[], form: ListForm): Headed {
  for (const [at, row] of rows.slice(0, mostLinesAbove).entries()) {
    const places = placesOf(row, form);
    if (form.required.every((column) => places.has(column))) return { at, places };
  }
  throw new StationError('workbook.columns', form.required.join(' '));
}

type Readers = ReturnType<typeof cellReaders>;

function rowOf(cells: readonly string[], row: number, places: Places, form: ListForm, readers: Readers): ListRow {
  const values: Partial<Record<ListColumn, string>> = {};
  const problems: Problem[] = [];
  for (const [column, index] of places) {
    const text = cells[index] ?? '';
    const isMissing = text === '' && form.required.includes(column);
    if (text === '' && !isMissing) continue;
    const cell: Cell = isMissing ? { problem: 'missing' } : readers[column](text);
    if ('value' in cell) values[column] = cell.value;
    else problems.push({ column, problem: cell.problem });
  }
  return { row, values, problems };
}

/** The same value of a column in an earlier row: the later one is at fault. */
function withRepeats(
  rows: readonly ListRow[],
  keyOf: (values: ListRow['values']) => string | undefined,
  column: ListColumn,
) {
  const seen = new Set<string>();
  return rows.map((row) => {
    const key = keyOf(row.values);
    const isRepeat = key !== undefined && seen.has(key);
    if (key !== undefined) seen.add(key);
    return isRepeat ? { ...row, problems: [...row.problems, { column, problem: 'twice' as const }] } : row;
  });
}

export interface UnderstoodList {
  readonly rows: readonly ListRow[];
  readonly absent: readonly ListColumn[];
}

/** What a sheet's rows say. Errors `workbook.columns`, `workbook.empty`, and the reason of the run's signal. */
export async function understandList(
  rows: readonly (readonly string[])[],
  form: ListForm,
  codes: PeopleCodes,
  { signal, at: tell }: WorkbookRun,
): Promise<UnderstoodList> {
  tell('checking', { done: 0, total: rows.length });
  const { at, places } = headingsOf(rows, form);
  const readers = cellReaders(codes);
  const understood: ListRow[] = [];
  for (let index = at + 1; index < rows.length; index += 1) {
    const cells = rows[index] ?? [];
    if (cells.some((text) => text !== '')) understood.push(rowOf(cells, index + 1, places, form, readers));
    if (index % rowsAtATime !== 0) continue;
    tell('checking', { done: index, total: rows.length });
    await nextTurn();
    signal.throwIfAborted();
  }
  if (understood.length === 0) throw new StationError('workbook.empty');
  const isTeams = form === teamForm;
  const keyOf = ({ number, team, corpCode }: ListRow['values']) => (isTeams ? `${team} ${corpCode ?? ''}` : number);
  return {
    rows: withRepeats(understood, keyOf, isTeams ? 'team' : 'number'),
    absent: form.columns.filter((column) => !places.has(column)),
  };
}
