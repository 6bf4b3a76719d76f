import { z } from 'zod';
import type { Draft } from '../contract/enrolment.ts';
import type { Figures, RetakeReason, Statistics, StatisticsQuery } from '../contract/statistics-calls.ts';
import { retakeReasonSchema } from '../contract/statistics-calls.ts';
import type { Database } from './database.ts';
import type { StoreContext } from './store-context.ts';

/** What is counted; see migration 016. */
type Measure = 'enrolled' | 'first-shot' | 'seconds' | 'comparison' | 'retake' | 'discarded';

/** Somebody who was called away and came back tells nothing about the work: an hour stands for everything above. */
const longestSeconds = 3600;

/** The calendar day in China, where there has been one zone without summer time since 1992. */
const dayOf = (moment: Date) => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

/** What the Enrol screen tells of the day; the same figures as those of `Statistics` for that day. */
export interface Today {
  readonly enrolled: number;
  /** Of the seconds from the first reading of the card to the seal. */
  readonly medianSeconds?: number;
  /** Share of enrolments whose first picture was kept, 0..1. */
  readonly firstShotRate?: number;
}

/** Counts of what happened at the desk. A draft without team or card is not counted: nothing can be said of it. */
export interface EnrolmentFigures {
  compared(draft: Draft, actor: string): void;
  retaken(draft: Draft, actor: string): void;
  discarded(draft: Draft, actor: string): void;
  statistics(projectCode: string, query: StatisticsQuery): Statistics;
  /** Of the calendar day in China at a moment. */
  today(projectCode: string, moment: Date): Today;
}

function count(context: StoreContext, draft: Draft, actor: string, measure: Measure, mark: string | number = ''): void {
  const { team } = draft;
  if (team === undefined) return;
  context.database.run(
    `INSERT INTO enrolment_figures VALUES (@projectCode, @day, @teamName, @actor, @measure, @mark, 1)
     ON CONFLICT DO UPDATE SET count = count + 1`,
    {
      projectCode: team.projectCode,
      day: dayOf(context.now()),
      teamName: team.teamName,
      actor,
      measure,
      mark: String(mark),
    },
  );
}

/** Counts an enrolment that is being sealed at `sealedAt`; call inside its transaction. */
export function countSealed(context: StoreContext, draft: Draft, sealedAt: string, actor: string): void {
  const seconds = Math.round((Date.parse(sealedAt) - Date.parse(draft.startedAt)) / 1000);
  count(context, draft, actor, 'enrolled');
  count(context, draft, actor, 'seconds', Math.min(Math.max(seconds, 0), longestSeconds));
  if (draft.photo?.attempt === 1) count(context, draft, actor, 'first-shot');
}

/** Why the picture of a draft is taken anew. */
export function retakeReason({ photo, comparison }: Draft): RetakeReason {
  if (comparison?.kind === 'compared' && comparison.band === 'no-match') return 'compared-no-match';
  if (comparison?.kind === 'compared' && comparison.band === 'review') return 'compared-review';
  const worst = ['block', 'warn'].flatMap((level) => photo?.checks.filter(({ status }) => status === level) ?? []);
  return worst[0]?.name ?? 'operator';
}

const bandOf = ({ comparison }: Draft) => (comparison?.kind === 'compared' ? comparison.band : 'cannot-compare');

const countedSchema = z.object({ day: z.string(), measure: z.string(), mark: z.string(), count: z.int() });
type Counted = z.infer<typeof countedSchema>;

/** The value below which a share of all lies, from how often each value was met; the nearest rank. */
export function quantile(seconds: readonly (readonly [number, number])[], share: number): number | undefined {
  const sorted = seconds.toSorted(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, times]) => sum + times, 0);
  let met = 0;
  return sorted.find(([, times]) => (met += times) >= total * share)?.[0];
}

function secondsOf(rows: readonly Counted[]): Pick<Figures, 'seconds'> {
  const met = rows
    .filter(({ measure }) => measure === 'seconds')
    .map(({ mark, count }) => [Number(mark), count] as const);
  const [median, p90] = [quantile(met, 0.5), quantile(met, 0.9)];
  return median === undefined || p90 === undefined ? {} : { seconds: { median, p90 } };
}

function retakesOf(rows: readonly Counted[]): Figures['retakes'] {
  const counts = new Map<RetakeReason, number>();
  for (const { measure, mark, count } of rows) {
    const reason = retakeReasonSchema.safeParse(mark).data;
    if (measure === 'retake' && reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count);
}

function figuresOf(rows: readonly Counted[], unsent: number): Figures {
  const sum = (wanted: Measure, mark?: string) =>
    rows
      .filter((row) => row.measure === wanted && (mark === undefined || row.mark === mark))
      .reduce((total, row) => total + row.count, 0);
  return {
    enrolled: sum('enrolled'),
    firstShot: sum('first-shot'),
    ...secondsOf(rows),
    compared: sum('comparison'),
    grey: sum('comparison', 'review'),
    refused: sum('comparison', 'no-match'),
    notCompared: sum('comparison', 'cannot-compare'),
    retakes: retakesOf(rows),
    discarded: sum('discarded'),
    unsent,
  };
}

interface Range extends StatisticsQuery {
  readonly projectCode: string;
}

function parameters({ projectCode, from, to, teamName, operator }: Range) {
  return {
    projectCode,
    from,
    to,
    ...(teamName !== undefined && { teamName }),
    ...(operator !== undefined && { operator }),
  };
}

const filters = ({ teamName, operator }: Range) =>
  `${teamName === undefined ? '' : 'AND team_name = @teamName'} ${operator === undefined ? '' : 'AND operator = @operator'}`;

function counted(database: Database, range: Range): Counted[] {
  return database.rows(
    countedSchema,
    `SELECT day, measure, mark, sum(count) AS count FROM enrolment_figures
     WHERE project_code = @projectCode AND day BETWEEN @from AND @to ${filters(range)} GROUP BY day, measure, mark`,
    parameters(range),
  );
}

/** Records of each day of sealing that the platform does not have. Few, so each may be looked at. */
function unsentByDay(database: Database, range: Range): ReadonlyMap<string, number> {
  const { teamName, operator } = range;
  const team = teamName === undefined ? '' : 'AND team_name = @teamName';
  const by = `AND EXISTS (SELECT 1 FROM audit WHERE subject = records.id AND action = 'record.sealed' AND actor = @operator)`;
  const rows = database.rows(
    z.object({ day: z.string(), count: z.int() }),
    `SELECT date(record_states.sealed_at, '+8 hours') AS day, count(*) AS count
     FROM record_states JOIN records ON records.id = record_states.record_id
     WHERE record_states.state IN ('sealed', 'sending', 'needs-attention')
       AND record_states.sealed_at >= @since AND record_states.sealed_at < @until AND project_code = @projectCode
       AND records.supersedes IS NULL AND records.origin IS NULL
       ${team} ${operator === undefined ? '' : by}
     GROUP BY day`,
    { ...momentsOf(range), ...(teamName !== undefined && { teamName }), ...(operator !== undefined && { operator }) },
  );
  return new Map(rows.map(({ day, count }) => [day, count]));
}

/** The moments at which the range begins and ends in China. */
function momentsOf({ projectCode, from, to }: Range) {
  const at = (day: string, later: number) => new Date(Date.parse(`${day}T00:00:00+08:00`) + later).toISOString();
  return { projectCode, since: at(from, 0), until: at(to, 86_400_000) };
}

function daysOf({ from, to }: Range): readonly string[] {
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  return Array.from({ length }, (_, index) =>
    new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10),
  );
}

function choices(database: Database, range: Range, column: 'team_name' | 'operator'): string[] {
  const sql = `
    SELECT DISTINCT ${column} AS name FROM enrolment_figures
    WHERE project_code = @projectCode AND day BETWEEN @from AND @to AND ${column} <> '' ORDER BY name`;
  const { projectCode, from, to } = range;
  return database.rows(z.object({ name: z.string() }), sql, { projectCode, from, to }).map(({ name }) => name);
}

function statistics(database: Database, range: Range): Statistics {
  const byDay = Map.groupBy(counted(database, range), ({ day }) => day);
  const unsent = unsentByDay(database, range);
  const allUnsent = [...unsent.values()].reduce((sum, of) => sum + of, 0);
  return {
    days: daysOf(range).map((day) => ({ day, ...figuresOf(byDay.get(day) ?? [], unsent.get(day) ?? 0) })),
    total: figuresOf([...byDay.values()].flat(), allUnsent),
    teamNames: choices(database, range, 'team_name'),
    operators: choices(database, range, 'operator'),
  };
}

function today(database: Database, projectCode: string, moment: Date): Today {
  const day = dayOf(moment);
  const { enrolled, firstShot, seconds } = figuresOf(counted(database, { projectCode, from: day, to: day }), 0);
  return { enrolled, ...(seconds && { medianSeconds: seconds.median, firstShotRate: firstShot / enrolled }) };
}

export function createEnrolmentFigures(context: StoreContext): EnrolmentFigures {
  const { database } = context;
  return {
    compared: (draft, actor) => database.write(() => count(context, draft, actor, 'comparison', bandOf(draft))),
    retaken: (draft, actor) => database.write(() => count(context, draft, actor, 'retake', retakeReason(draft))),
    discarded: (draft, actor) => database.write(() => count(context, draft, actor, 'discarded')),
    statistics: (projectCode, query) => statistics(database, { projectCode, ...query }),
    today: (projectCode, moment) => today(database, projectCode, moment),
  };
}
