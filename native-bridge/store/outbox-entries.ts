import { z } from 'zod';
import { errorCodeSchema } from '../contract/basic.ts';
import { recordStateSchema } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { AuditEntry } from './audit.ts';
import { flag, optional } from './column.ts';
import type { Database } from './database.ts';
import { newEntry } from './outbox-transition.ts';
import type { OutboxEntry } from './outbox-transition.ts';
import type { StoreContext } from './store-context.ts';

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

/** The outbox row of a record that is being sealed or imported; part of that transaction. */
export function addToOutbox({ database, now }: StoreContext, id: string, entry = newEntry(now())): void {
  database.run(
    `INSERT INTO outbox (record_id, state, attempts, serial, in_doubt, is_update, next_attempt_at, error_code,
       error_detail, platform_text)
     VALUES (@id, @state, @attempts, @serial, @inDoubt, @update, @nextAttemptAt, @errorCode, @errorDetail, @platformText)`,
    columns(id, entry),
  );
}

/** A table whose rows go to the platform; where each stands is told by the same columns. */
export interface Way {
  readonly table: 'outbox' | 'reports';
  readonly key: 'record_id' | 'id';
  /** The table that notes when something last changed. */
  readonly owner: 'records' | 'reports';
}

const recordWay: Way = { table: 'outbox', key: 'record_id', owner: 'records' };
export const reportWay: Way = { table: 'reports', key: 'id', owner: 'reports' };

export function entryOf(database: Database, id: string, way = recordWay): OutboxEntry {
  const entry = database.row(entrySchema, `SELECT * FROM ${way.table} WHERE ${way.key} = @id`, { id });
  if (entry === undefined) throw new StationError('store.not-found', way.table);
  return entry;
}

function store({ database, now }: StoreContext, id: string, entry: OutboxEntry, way: Way): void {
  database.run(
    `UPDATE ${way.table} SET state = @state, attempts = @attempts, serial = @serial, in_doubt = @inDoubt,
       is_update = @update, next_attempt_at = @nextAttemptAt, error_code = @errorCode, error_detail = @errorDetail,
       platform_text = @platformText
     WHERE ${way.key} = @id`,
    columns(id, entry),
  );
  database.run(`UPDATE ${way.owner} SET changed_at = @at WHERE id = @id`, { id, at: now().toISOString() });
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

export type Change = (entry: OutboxEntry) => OutboxEntry;

/** What the audit row of a change tells besides the change itself. */
export type ChangeDetail = NonNullable<AuditEntry['detail']>;

export interface ChangeOptions {
  readonly way?: Way;
  readonly more?: ChangeDetail;
}

/**
 * Moves a record or report on by `next`, durably and with an audit row `<table>.<action>`; `next` may return its argument to change
 * nothing. Throws `store.not-found` for an unknown id, and what `next` throws.
 */
export function change(
  context: StoreContext,
  action: string,
  id: string,
  actor: string,
  next: Change,
  { way = recordWay, more = {} }: ChangeOptions = {},
): void {
  context.database.write(() => {
    const before = entryOf(context.database, id, way);
    const after = next(before);
    if (after === before) return;
    store(context, id, after, way);
    context.audit.append({
      action: `${way.table}.${action}`,
      subject: id,
      actor,
      detail: { ...detailOf(before, after), ...more },
    });
  });
}

/** Whether the platform ever was, after a lost answer, possibly in possession of the record. */
export function wasEverInDoubt(database: Database, id: string): boolean {
  const sql = `SELECT 1 AS yes FROM audit WHERE subject = @id AND json_extract(detail, '$.inDoubt') = 1 LIMIT 1`;
  return database.row(z.object({ yes: z.int() }), sql, { id }) !== undefined;
}
