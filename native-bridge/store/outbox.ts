import { z } from 'zod';
import { errorCodeSchema } from '../contract/basic.ts';
import type { ErrorReport } from '../contract/basic.ts';
import { recordStateSchema } from '../contract/enrolment.ts';
import type { RecordState } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { flag, optional } from './column.ts';
import type { Database } from './database.ts';
import * as transition from './outbox-transition.ts';
import type { OutboxEntry } from './outbox-transition.ts';
import { stationActor } from './store-context.ts';
import type { StoreContext } from './store-context.ts';

export interface OutboxItem {
  readonly recordId: string;
  /** Place in the order of sealing; the cursor for going on. */
  readonly position: number;
  readonly state: Extract<RecordState, 'sealed' | 'sending' | 'accepted'>;
  readonly attempts: number;
  readonly serial?: string | undefined;
  readonly inDoubt: boolean;
  readonly update: boolean;
}

/**
 * The way of sealed records to the platform. Every change is one durable transaction with an audit row. A change that
 * does not fit the present state throws `internal`, an unknown id `store.not-found`.
 */
export interface Outbox {
  /**
   * What is to be done now, oldest seal first, after the item at `after`. A later record of the same person in the same
   * project waits until the earlier one is settled, so that older data never replaces newer.
   */
  due(now: Date, limit: number, after?: number): OutboxItem[];
  /** When something is due next, also when that moment has passed already. */
  nextDueAt(): Date | undefined;
  /** Before the network call: found in this state after a crash, the record is in doubt rather than lost or sent twice. */
  markSending(id: string): void;
  markAccepted(id: string, serial: string): void;
  markConfirmed(id: string): void;
  /** `update` notes for good that the platform has the worker, so that the next try is an update. */
  markRetry(id: string, error: ErrorReport, retryAt: Date, inDoubt: boolean, update?: boolean): void;
  markAttention(id: string, error: ErrorReport, platformText?: string): void;
  /** The operator's wish to try at once. */
  retryNow(id: string, actor?: string): void;
}

const entrySchema = z
  .object({
    state: recordStateSchema,
    attempts: z.int(),
    serial: optional(z.string()),
    in_doubt: flag,
    is_update: flag,
    next_attempt_at: optional(z.iso.datetime()),
    error_code: optional(errorCodeSchema.catch('internal')),
    error_detail: optional(z.string()),
    platform_text: optional(z.string()),
  })
  .transform((row): OutboxEntry => ({
    state: row.state,
    attempts: row.attempts,
    serial: row.serial,
    inDoubt: row.in_doubt,
    update: row.is_update,
    nextAttemptAt: row.next_attempt_at,
    error: row.error_code && { code: row.error_code, detail: row.error_detail },
    platformText: row.platform_text,
  }));

const itemSchema = z.object({
  recordId: z.string(),
  position: z.int(),
  state: z.enum(['sealed', 'sending', 'accepted']),
  attempts: z.int(),
  serial: optional(z.string()),
  inDoubt: flag,
  update: flag,
});

/** Condition on `outbox` joined with `records`: something is to be done, now or later. */
const open = `
  (state IN ('sealed', 'accepted') OR (state = 'sending' AND in_doubt = 1))
  AND NOT EXISTS (
    SELECT 1 FROM records AS earlier JOIN outbox AS before ON before.record_id = earlier.id
    WHERE earlier.project_code = records.project_code AND earlier.card_number = records.card_number
      AND earlier.position < records.position AND before.state IN ('sealed', 'sending', 'accepted'))`;

const dueItems = `
  SELECT record_id AS recordId, position, state, attempts, serial, in_doubt AS inDoubt,
    is_update OR EXISTS (
      SELECT 1 FROM records AS earlier JOIN outbox AS before ON before.record_id = earlier.id
      WHERE earlier.project_code = records.project_code AND earlier.card_number = records.card_number
        AND earlier.position < records.position AND before.state = 'confirmed') AS "update"
  FROM outbox JOIN records ON id = record_id
  WHERE ${open} AND next_attempt_at <= @now AND position > @after
  ORDER BY position LIMIT @limit`;

function columns(id: string, entry: OutboxEntry) {
  return {
    id,
    state: entry.state,
    attempts: entry.attempts,
    serial: entry.serial,
    inDoubt: Number(entry.inDoubt),
    update: Number(entry.update),
    nextAttemptAt: entry.nextAttemptAt,
    errorCode: entry.error?.code,
    errorDetail: entry.error?.detail,
    platformText: entry.platformText,
  };
}

/** The outbox row of a record that is being sealed; part of the sealing transaction. */
export function addToOutbox({ database, now }: StoreContext, id: string): void {
  database.run(
    `INSERT INTO outbox (record_id, state, attempts, serial, in_doubt, is_update, next_attempt_at, error_code,
       error_detail, platform_text)
     VALUES (@id, @state, @attempts, @serial, @inDoubt, @update, @nextAttemptAt, @errorCode, @errorDetail, @platformText)`,
    columns(id, transition.newEntry(now())),
  );
}

function entryOf(database: Database, id: string): OutboxEntry {
  const entry = database.row(entrySchema, 'SELECT * FROM outbox WHERE record_id = @id', { id });
  if (entry === undefined) throw new StationError('store.not-found', 'outbox');
  return entry;
}

function store({ database, now }: StoreContext, id: string, entry: OutboxEntry): void {
  database.run(
    `UPDATE outbox SET state = @state, attempts = @attempts, serial = @serial, in_doubt = @inDoubt,
       is_update = @update, next_attempt_at = @nextAttemptAt, error_code = @errorCode, error_detail = @errorDetail,
       platform_text = @platformText
     WHERE record_id = @id`,
    columns(id, entry),
  );
  database.run('UPDATE records SET changed_at = @at WHERE id = @id', { id, at: now().toISOString() });
}

function detailOf(before: OutboxEntry, after: OutboxEntry) {
  return {
    from: before.state,
    to: after.state,
    attempts: after.attempts,
    inDoubt: after.inDoubt,
    serial: after.serial,
    code: after.error?.code,
  };
}

type Change = (entry: OutboxEntry) => OutboxEntry;

function change(context: StoreContext, action: string, id: string, actor: string, next: Change): void {
  context.database.write(() => {
    const before = entryOf(context.database, id);
    const after = next(before);
    if (after === before) return;
    store(context, id, after);
    context.audit.append({ action: `outbox.${action}`, subject: id, actor, detail: detailOf(before, after) });
  });
}

/** At opening: whatever was being sent when the program ended is in doubt now. */
export function recoverInterrupted(context: StoreContext): void {
  const { database, now } = context;
  database.write(() => {
    const sql = `SELECT record_id AS id FROM outbox WHERE state = 'sending' AND in_doubt = 0`;
    for (const { id } of database.rows(z.object({ id: z.string() }), sql)) {
      change(context, 'interrupted', id, stationActor, (entry) => transition.interrupted(entry, now()));
    }
  });
}

function nextDueAt(database: Database): Date | undefined {
  const schema = z.object({ at: optional(z.iso.datetime()) });
  const sql = `SELECT min(next_attempt_at) AS at FROM outbox JOIN records ON id = record_id WHERE ${open}`;
  const at = database.row(schema, sql)?.at;
  return at === undefined ? undefined : new Date(at);
}

export function createOutbox(context: StoreContext): Outbox {
  const { database, now } = context;
  const byStation = (action: string, id: string, next: Change) => change(context, action, id, stationActor, next);
  return {
    due: (at, limit, after = 0) => database.rows(itemSchema, dueItems, { now: at.toISOString(), limit, after }),
    nextDueAt: () => nextDueAt(database),
    markSending: (id) => byStation('sending', id, transition.sending),
    markAccepted: (id, serial) => byStation('accepted', id, (entry) => transition.accepted(entry, serial, now())),
    markConfirmed: (id) => byStation('confirmed', id, transition.confirmed),
    markRetry: (id, error, at, inDoubt, update = false) =>
      byStation('retry', id, (entry) => transition.retried(entry, { error, at, inDoubt, update })),
    markAttention: (id, error, text) =>
      byStation('needs-attention', id, (entry) => transition.needingAttention(entry, error, text)),
    retryNow: (id, actor = 'operator') =>
      change(context, 'retry-now', id, actor, (entry) => transition.retriedByOperator(entry, now())),
  };
}
