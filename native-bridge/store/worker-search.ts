import { z } from 'zod';
import { recordStateSchema } from '../contract/enrolment.ts';
import type { RecordState, RecordSummary } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { Database } from './database.ts';
import type { Parameters } from './database.ts';
import { summaryOf } from './record-summary.ts';
import { exportedWorkers } from './worker-export.ts';
import type { ExportedWorker } from './worker-export.ts';
import { enterNames } from './worker-names.ts';
import { understandQuery } from './worker-query.ts';
import type { WorkerQuery } from './worker-query.ts';

export interface WorkerSearch {
  readonly projectCode: string;
  /** What was typed: any part of a name, pinyin or its initials, the beginning or the end of a number. */
  readonly text?: string | undefined;
  readonly teamName?: string | undefined;
  readonly state?: RecordState | undefined;
  /** Where the page before ended. */
  readonly after?: number | undefined;
  readonly limit: number;
}

export interface WorkerPage {
  /** The newest record of each worker, newest first. */
  readonly workers: RecordSummary[];
  /** All that fit; only with the first page. */
  readonly count?: number;
  /** Set when there are more. */
  readonly next?: number;
}

/** One worker is one person (card number) in one project; the newest record counts. */
export interface Workers {
  search(search: WorkerSearch): WorkerPage;
  /** Every record of the person that this record is of, in its project, newest first. Throws `store.not-found`. */
  recordsOf(recordId: string): RecordSummary[];
  /** What an export or a printed sheet says of these records, in their order; see `exportedWorkers`. */
  exported(recordIds: readonly string[]): ExportedWorker[];
  /** Names of the teams that workers of the project are in. */
  teamNames(projectCode: string): string[];
}

/** Room for the positions of one project; see migration 006. */
const placesInProject = 2 ** 40;

/** The end of a number is looked for from so many characters on; the index has exactly as many. */
const numberEnd = 4;

/**
 * With more numbers of one beginning than this (a whole province), walking through the newest workers finds a page
 * sooner than sorting all that fit.
 */
const manyNumbers = 1_000;

const countRow = z.object({
  count: z
    .int()
    .nullable()
    .transform((count) => count ?? 0),
});
const pageRow = z.object({ place: z.int(), recordId: z.string() });
type PageRow = z.infer<typeof pageRow>;

/** How one kind of search finds its workers: the same conditions for the page and for the count. */
interface Way {
  readonly parameters: Parameters;
  readonly page: string;
  readonly count: string;
}

/**
 * A condition on `column`, a place, that holds for those of the team and state asked for. The places are gathered once
 * and kept aside, which is far quicker than a look at each worker found; where nearly all are of one state, those of the
 * others are gathered. The plus keeps SQLite from going through the gathered ones and asking for each.
 */
function filterOn(column: string, { teamName, state }: WorkerSearch, mostAreOfState: boolean): string {
  const places = 'SELECT place FROM workers WHERE project = @project';
  if (teamName !== undefined) {
    return `AND +${column} IN (${places} AND team_name = @teamName ${state === undefined ? '' : 'AND +state = @state'})`;
  }
  if (state === undefined) return '';
  if (!mostAreOfState) return `AND +${column} IN (${places} AND state = @state)`;
  const others = recordStateSchema.options.filter((other) => other !== state);
  return `AND +${column} NOT IN (${places} AND state IN (${others.map((other) => `'${other}'`).join(', ')}))`;
}

function mostAreOf(database: Database, state: RecordState | undefined, project: number): boolean {
  if (state === undefined) return false;
  const sql = `
    SELECT 2 * coalesce(sum(CASE state WHEN @state THEN count END), 0) - sum(count) AS count
    FROM worker_counts WHERE project = @project`;
  return countOf(database, sql, { state, project }) > 0;
}

const isFiltered = ({ teamName, state }: WorkerSearch) => teamName !== undefined || state !== undefined;

const select = 'SELECT place, record_id AS recordId FROM workers';
const inProject = 'place > @first AND place < @before';

function everyone(search: WorkerSearch): Way {
  const { teamName, state } = search;
  const team = teamName === undefined ? '' : 'AND team_name = @teamName';
  const ofState = state === undefined ? '' : `AND ${teamName === undefined ? '' : '+'}state = @state`;
  const range = isFiltered(search) ? `project = @project ${team} ${ofState} AND place < @before` : inProject;
  return {
    parameters: {},
    page: `${select} WHERE ${range} ORDER BY place DESC LIMIT @limit`,
    count: `SELECT coalesce(sum(count), 0) AS count FROM worker_counts
      WHERE project = @project ${team} ${state === undefined ? '' : 'AND state = @state'}`,
  };
}

function named(match: string, filter: (column: string) => string): Way {
  const hits = `FROM worker_names
    WHERE worker_names MATCH @match AND rowid > @first AND rowid < @before ${filter('worker_names.rowid')}`;
  return {
    parameters: { match },
    page: `SELECT worker_names.rowid AS place,
        (SELECT record_id FROM workers WHERE place = worker_names.rowid) AS recordId
      ${hits} ORDER BY rowid DESC LIMIT @limit`,
    count: `SELECT count(*) AS count ${hits}`,
  };
}

/** Text after every text that begins with `beginning`; numbers are of digits and capital letters. */
const endOf = (beginning: string) => `${beginning}~`;

function numbered(database: Database, number: string, filter: (column: string) => string, project: number): Way {
  const ranges = { number, numberEnd: endOf(number) };
  const begins = 'card_number >= @number AND card_number < @numberEnd';
  const also = filter('place');
  const beginning = `project = @project AND ${begins}`;
  const counted = database.row(
    countRow,
    `SELECT count(*) AS count FROM (SELECT 1 FROM workers WHERE ${beginning} LIMIT ${manyNumbers})`,
    { project, ...ranges },
  );
  const whole = `SELECT count(*) AS count FROM workers WHERE ${beginning} ${also}`;
  if ((counted?.count ?? 0) === manyNumbers) {
    const page = `${select} WHERE ${inProject} AND +${begins} ${also} ORDER BY place DESC LIMIT @limit`;
    return { parameters: ranges, page, count: whole };
  }
  const ends = `project = @project AND substr(card_number, -4) = @lastFour AND card_number LIKE @ending`;
  const both =
    number.length < numberEnd
      ? `${select} WHERE ${beginning} ${also}`
      : `${select} WHERE ${beginning} ${also} UNION ${select} WHERE ${ends} ${also}`;
  const ending = { lastFour: number.slice(-numberEnd), ending: `%${number}` };
  return {
    parameters: number.length < numberEnd ? ranges : { ...ranges, ...ending },
    page: `SELECT place, recordId FROM (${both}) WHERE place < @before ORDER BY place DESC LIMIT @limit`,
    count: `SELECT count(*) AS count FROM (${both})`,
  };
}

function wayOf(database: Database, query: WorkerQuery, search: WorkerSearch, project: number): Way {
  if (query.kind === 'everyone') return everyone(search);
  const mostAreOfState = mostAreOf(database, search.state, project);
  const filter = (column: string) => filterOn(column, search, mostAreOfState);
  return query.kind === 'name' ? named(query.match, filter) : numbered(database, query.number, filter, project);
}

function projectNumber(database: Database, code: string): number | undefined {
  const sql = 'SELECT number FROM worker_projects WHERE code = @code';
  return database.row(z.object({ number: z.int() }), sql, { code })?.number;
}

/** Only the parameters that a statement names may be bound to it. */
function bound(sql: string, parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => new RegExp(`@${name}\\b`).test(sql)));
}

/** The statements of a search with their parameters; apart so that a test can ask how SQLite would run them. */
export function statementsOf(database: Database, search: WorkerSearch, project: number) {
  const { page, count, parameters } = wayOf(database, understandQuery(search.text ?? ''), search, project);
  const first = project * placesInProject;
  const { teamName, state, after, limit } = search;
  const end = first + placesInProject;
  const all = { ...parameters, project, first, before: after ?? end, limit: limit + 1, teamName, state };
  return {
    page: { sql: page, parameters: bound(page, all) },
    count: { sql: count, parameters: bound(count, { ...all, before: end }) },
  };
}

function countOf(database: Database, sql: string, parameters: Parameters): number {
  return database.row(countRow, sql, parameters)?.count ?? 0;
}

function search(database: Database, asked: WorkerSearch): WorkerPage {
  const project = projectNumber(database, asked.projectCode);
  if (project === undefined) return { workers: [], count: 0 };
  enterNames(database);
  const { page, count } = statementsOf(database, asked, project);
  const found: PageRow[] = database.rows(pageRow, page.sql, page.parameters);
  const shown = found.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    workers: shown.map(({ recordId }) => summaryOf(database, recordId)),
    ...(asked.after === undefined && { count: countOf(database, count.sql, count.parameters) }),
    ...(found.length > asked.limit && last !== undefined && { next: last.place }),
  };
}

function recordsOf(database: Database, recordId: string): RecordSummary[] {
  const sql = `
    SELECT other.id FROM records JOIN records AS other
      ON other.project_code = records.project_code AND other.card_number = records.card_number
    WHERE records.id = @recordId ORDER BY other.position DESC`;
  const rows = database.rows(z.object({ id: z.string() }), sql, { recordId });
  if (rows.length === 0) throw new StationError('store.not-found', 'record');
  return rows.map(({ id }) => summaryOf(database, id));
}

function teamNames(database: Database, projectCode: string): string[] {
  const sql = `
    SELECT team_name AS teamName FROM worker_counts JOIN worker_projects ON number = project
    WHERE code = @projectCode GROUP BY team_name HAVING sum(count) > 0 ORDER BY team_name`;
  return database.rows(z.object({ teamName: z.string() }), sql, { projectCode }).map((row) => row.teamName);
}

export function createWorkers(database: Database): Workers {
  return {
    search: (asked) => search(database, asked),
    recordsOf: (recordId) => recordsOf(database, recordId),
    exported: (recordIds) => exportedWorkers(database, recordIds),
    teamNames: (projectCode) => teamNames(database, projectCode),
  };
}
