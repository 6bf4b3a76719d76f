import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { errorCodeSchema } from '../contract/basic.ts';
import type { ErrorReport } from '../contract/basic.ts';
import { type Report, reportSchema, type ReportSummary, reportSummarySchema } from '../contract/report.ts';
import { StationError } from '../contract/errors.ts';
import { canonicalJson, sha256 } from './canonical-json.ts';
import type { Json } from './canonical-json.ts';
import { blob, flag, jsonText, optional } from './column.ts';
import type { Database } from './database.ts';
import { change, type Change, reportWay } from './outbox-entries.ts';
import { maskNumber } from './record-summary.ts';
import * as transition from './outbox-transition.ts';
import { stationActor } from './store-context.ts';
import type { StoreContext } from './store-context.ts';

/** A report that can be sent, or asked about, now. */
export interface DueReport {
  readonly id: string;
  readonly state: 'sealed' | 'sending' | 'accepted';
  readonly attempts: number;
  readonly serial?: string | undefined;
  readonly inDoubt: boolean;
  /** Was refused together with others: to be sent by itself. */
  readonly alone: boolean;
}

export interface ReportQuery {
  readonly projectCode: string;
  /** Only those about this person. */
  readonly number?: string | undefined;
  readonly limit: number;
}

/**
 * Reports about enrolled workers on their way to the platform. Every change is one durable transaction with an audit row;
 * a list of ids changes together. An unknown id throws `store.not-found`.
 */
export interface Reports {
  /** Keeps a report and gives its id. `projectCode` is the project of its team, or its own. */
  add(report: Report, projectCode: string, actor: string): string;
  load(id: string): Report;
  /**
   * What can be done at `now`, oldest first: all its people are confirmed by the platform, and no earlier report about one
   * of them is still on its way.
   */
  due(projectCode: string, now: Date, limit: number): DueReport[];
  markSending(ids: readonly string[]): void;
  markAccepted(ids: readonly string[], serial: string): void;
  markConfirmed(ids: readonly string[]): void;
  markRetry(ids: readonly string[], error: ErrorReport, retryAt: Date, inDoubt: boolean): void;
  /** The request is over and said nothing about each: every one is to be sent anew, by itself. */
  markSplit(ids: readonly string[], error: ErrorReport, retryAt: Date): void;
  markAttention(id: string, error: ErrorReport, platformText?: string): void;
  /** As `Outbox.recoverInterrupted`, of reports. */
  recoverInterrupted(): void;
  retryNow(id: string, actor: string): void;
  /** Throws `record.under-way`, `record.perhaps-sent` or `record.at-platform` when the platform may have it. */
  withdraw(id: string, actor: string): void;
  /** Day and kind of the newest entry or exit of a person that was not refused or taken back. */
  lastPassage(projectCode: string, number: string): { readonly date: string; readonly type: 0 | 1 } | undefined;
  /** Newest first. */
  list(query: ReportQuery): ReportSummary[];
}

const dueSchema = z.object({
  id: z.string(),
  state: z.enum(['sealed', 'sending', 'accepted']),
  attempts: z.int(),
  serial: optional(z.string()),
  inDoubt: flag,
  alone: flag,
});

const waitsForWorker = `EXISTS (
  SELECT 1 FROM report_people AS person WHERE person.report_id = reports.id AND NOT EXISTS (
    SELECT 1 FROM records JOIN outbox ON record_id = records.id
    WHERE project_code = reports.project_code AND card_number = person.number AND outbox.state = 'confirmed'))`;

const waitsForEarlier = `EXISTS (
  SELECT 1 FROM report_people AS person JOIN report_people AS same ON same.number = person.number
    JOIN reports AS earlier ON earlier.id = same.report_id
  WHERE person.report_id = reports.id AND earlier.position < reports.position
    AND earlier.project_code = reports.project_code AND earlier.state IN ('sealed', 'sending', 'accepted'))`;

const dueReports = `
  SELECT id, state, attempts, serial, in_doubt AS inDoubt, is_update AS alone FROM reports
  WHERE project_code = @projectCode AND (state IN ('sealed', 'accepted') OR (state = 'sending' AND in_doubt = 1))
    AND (next_attempt_at <= @now OR next_attempt_at > @horizon)
    AND NOT ${waitsForWorker} AND NOT ${waitsForEarlier}
  ORDER BY position LIMIT @limit`;

/** A moment further ahead was written while the clock was wrong, and counts as come; as for records. */
const longestWaitMs = 10 * 60_000;

const peopleOf = (report: Report): readonly string[] =>
  report.kind === 'training' ? report.trainees.map(({ person }) => person.idCardNumber) : [report.person.idCardNumber];

const filesOf = (report: Report) => (report.kind === 'entry-exit' ? [] : report.attachments);

function contentOf(report: Report): Json {
  const content = report.kind === 'entry-exit' ? report : { ...report, attachments: [] };
  return z.json().parse(JSON.parse(JSON.stringify(content))) as Json;
}

function insertParts(database: Database, id: string, report: Report): void {
  for (const number of new Set(peopleOf(report)))
    database.run('INSERT INTO report_people (report_id, number) VALUES (@id, @number)', { id, number });
  for (const [place, { name, data }] of filesOf(report).entries()) {
    database.run(
      `INSERT INTO report_files (report_id, place, name, sha256, bytes) VALUES (@id, @place, @name, @hash, @bytes)`,
      { id, place, name, hash: sha256(data), bytes: data },
    );
  }
}

function add(context: StoreContext, report: Report, projectCode: string, actor: string): string {
  const { database, audit, now } = context;
  const id = newId();
  const content = canonicalJson(contentOf(reportSchema.parse(report)));
  const at = now().toISOString();
  database.run(
    `INSERT INTO reports (id, kind, project_code, content, made_at, changed_at, state, next_attempt_at)
     VALUES (@id, @kind, @projectCode, @content, @at, @at, 'sealed', @at)`,
    { id, kind: report.kind, projectCode, content, at },
  );
  insertParts(database, id, report);
  audit.append({ action: 'report.made', subject: id, actor, detail: { kind: report.kind, hash: sha256(content) } });
  return id;
}

const storedSchema = z.object({ content: jsonText.pipe(z.record(z.string(), z.json())) });
const fileSchema = z.object({ name: z.string(), sha256: z.string(), bytes: blob });

function load(database: Database, id: string): Report {
  const row = database.row(storedSchema, 'SELECT content FROM reports WHERE id = @id', { id });
  if (row === undefined) throw new StationError('store.not-found', 'report');
  const sql = 'SELECT name, sha256, bytes FROM report_files WHERE report_id = @id ORDER BY place';
  const attachments = database.rows(fileSchema, sql, { id }).map(({ name, sha256: hash, bytes }) => {
    if (sha256(bytes) !== hash) throw new StationError('store.corrupt', 'report file');
    return { name, data: bytes };
  });
  const parsed = reportSchema.safeParse({ ...row.content, attachments });
  if (parsed.success) return parsed.data;
  throw new StationError('store.corrupt', 'report');
}

/** Whose number it is stands with the report in another form. */
function withoutNumbers({ person: _person, trainees, ...content }: Readonly<Record<string, unknown>>): unknown {
  if (!Array.isArray(trainees)) return content;
  return { ...content, trainees: trainees.map(({ person: _trainee, ...result }: Record<string, unknown>) => result) };
}

/** People named with a report. */
const mostNamed = 3;

const summarySchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    content: jsonText.pipe(z.record(z.string(), z.unknown())),
    people: z.int(),
    who: jsonText.pipe(z.array(z.object({ name: optional(z.string()), number: z.string() }))),
    state: z.string(),
    madeAt: z.string(),
    changedAt: z.string(),
    waitsForWorker: flag,
    errorCode: optional(errorCodeSchema.catch('internal')),
    errorDetail: optional(z.string()),
    platformText: optional(z.string()),
  })
  .transform(({ errorCode, errorDetail, content, who, ...row }): unknown => ({
    ...row,
    content: withoutNumbers(content),
    who: who.map(({ name, number }) => ({ name: name ?? '', maskedNumber: maskNumber(number) })),
    error: errorCode && { code: errorCode, detail: errorDetail },
  }))
  .pipe(reportSummarySchema);

const summaries = `
  SELECT id, kind, content, (SELECT count(*) FROM report_people WHERE report_id = reports.id) AS people,
    (SELECT json_group_array(json_object('number', number, 'name',
        (SELECT name FROM records WHERE project_code = reports.project_code AND card_number = number
          ORDER BY position DESC LIMIT 1)))
      FROM (SELECT number FROM report_people WHERE report_id = reports.id LIMIT ${mostNamed})) AS who, state,
    made_at AS madeAt, changed_at AS changedAt, error_code AS errorCode, error_detail AS errorDetail,
    platform_text AS platformText, state = 'sealed' AND ${waitsForWorker} AS waitsForWorker
  FROM reports
  WHERE project_code = @projectCode
    AND (@number IS NULL OR id IN (SELECT report_id FROM report_people WHERE number = @number))
  ORDER BY position DESC LIMIT @limit`;

const passageSchema = z.object({ date: z.string(), type: z.literal([0, 1]) });

const lastPassage = `
  SELECT json_extract(content, '$.date') AS date, json_extract(content, '$.type') AS type
  FROM report_people JOIN reports ON id = report_id
  WHERE number = @number AND project_code = @projectCode AND kind = 'entry-exit'
    AND state NOT IN ('needs-attention', 'withdrawn')
  ORDER BY position DESC LIMIT 1`;

/** See `Reports.recoverInterrupted`; done at opening. */
export function recoverInterruptedReports(context: StoreContext): void {
  const { database, now } = context;
  database.write(() => {
    const sql = `SELECT id FROM reports WHERE state = 'sending' AND in_doubt = 0`;
    const next: Change = (entry) => transition.interrupted(entry, now());
    for (const { id } of database.rows(z.object({ id: z.string() }), sql))
      change(context, 'interrupted', id, stationActor, next, { way: reportWay });
  });
}

export function createReports(context: StoreContext): Reports {
  const { database, now } = context;
  const move = (action: string, ids: readonly string[], next: Change, actor = stationActor) =>
    database.write(() => {
      for (const id of ids) change(context, action, id, actor, next, { way: reportWay });
    });
  return {
    add: (report, projectCode, actor) => database.write(() => add(context, report, projectCode, actor)),
    load: (id) => load(database, id),
    due: (projectCode, at, limit) => {
      const horizon = new Date(at.getTime() + longestWaitMs).toISOString();
      return database.rows(dueSchema, dueReports, { projectCode, now: at.toISOString(), horizon, limit });
    },
    markSending: (ids) => move('sending', ids, transition.sending),
    markAccepted: (ids, serial) => move('accepted', ids, (entry) => transition.accepted(entry, serial, now())),
    markConfirmed: (ids) => move('confirmed', ids, transition.confirmed),
    markRetry: (ids, error, at, inDoubt) =>
      move('retry', ids, (entry) => transition.retried(entry, { error, at, inDoubt, update: false })),
    // What "as an update" is for a record is "by itself" for a report: another way of sending after a refused one.
    markSplit: (ids, error, at) =>
      move('split', ids, (entry) => transition.retried(entry, { error, at, inDoubt: false, update: true })),
    markAttention: (id, error, text) =>
      move('needs-attention', [id], (entry) => transition.needingAttention(entry, error, text)),
    recoverInterrupted: () => recoverInterruptedReports(context),
    retryNow: (id, actor) => move('retry-now', [id], (entry) => transition.retriedByOperator(entry, now()), actor),
    withdraw: (id, actor) => move('withdrawn', [id], transition.dropped, actor),
    lastPassage: (projectCode, number) => database.row(passageSchema, lastPassage, { projectCode, number }),
    list: ({ projectCode, number, limit }) => database.rows(summarySchema, summaries, { projectCode, number, limit }),
  };
}
