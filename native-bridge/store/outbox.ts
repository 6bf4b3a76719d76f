import { z } from 'zod';
import { errorCodeSchema } from '../contract/basic.ts';
import type { ErrorReport } from '../contract/basic.ts';
import { recordStateSchema } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { flag, optional } from './column.ts';
import type { Database } from './database.ts';
import { dueAt, isOvertaken, nextDueAfter } from './outbox-order.ts';
import type { OutboxItem } from './outbox-order.ts';
import * as transition from './outbox-transition.ts';
import type { OutboxEntry } from './outbox-transition.ts';
import { stationActor } from './store-context.ts';
import type { StoreContext } from './store-context.ts';

export type { OutboxItem } from './outbox-order.ts';

/**
 * The way of sealed records to the platform. Every change is one durable transaction with an audit row. A change that
 * does not fit the present state throws `internal`, an unknown id `store.not-found`.
 */
export interface Outbox {
  /**
   * What is to be done now, oldest seal first, after the item at `after`. A later record of the same person in the same
   * project waits until the earlier one is settled, and what is older than a confirmed one never comes, so that older
   * data never replaces newer. An item more than ten minutes ahead was written by a wrong clock and comes at once.
   * `update` is set once any record of the person is confirmed.
   */
  due(now: Date, limit: number, after?: number): OutboxItem[];
  /** When something is due next, also when that moment has passed already; never later than ten minutes after `now`. */
  nextDueAt(now?: Date): Date | undefined;
  /** Before the network call: found in this state after a crash, the record is in doubt rather than lost or sent twice. */
  markSending(id: string): void;
  markAccepted(id: string, serial: string): void;
  markConfirmed(id: string): void;
  /** `update` notes for good that the platform has the worker, so that the next try is an update. */
  markRetry(id: string, error: ErrorReport, retryAt: Date, inDoubt: boolean, update?: boolean): void;
  markAttention(id: string, error: ErrorReport, platformText?: string): void;
  /**
   * The operator's wish to try at once. Throws `enrolment.overtaken` and changes nothing when a newer record of the same
   * person in the same project is confirmed, or is on its way while this one was set aside: the newer data stands.
   */
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

function retryNow(context: StoreContext, id: string, actor: string): void {
  change(context, 'retry-now', id, actor, (entry) => {
    const next = transition.retriedByOperator(entry, context.now());
    if (!isOvertaken(context.database, id, entry.state)) return next;
    throw new StationError('enrolment.overtaken', 'a newer record of this person exists');
  });
}

export function createOutbox(context: StoreContext): Outbox {
  const { database, now } = context;
  const byStation = (action: string, id: string, next: Change) => change(context, action, id, stationActor, next);
  return {
    due: (at, limit, after = 0) => dueAt(database, at, limit, after),
    nextDueAt: (at = now()) => nextDueAfter(database, at),
    markSending: (id) => byStation('sending', id, transition.sending),
    markAccepted: (id, serial) => byStation('accepted', id, (entry) => transition.accepted(entry, serial, now())),
    markConfirmed: (id) => byStation('confirmed', id, transition.confirmed),
    markRetry: (id, error, at, inDoubt, update = false) =>
      byStation('retry', id, (entry) => transition.retried(entry, { error, at, inDoubt, update })),
    markAttention: (id, error, text) =>
      byStation('needs-attention', id, (entry) => transition.needingAttention(entry, error, text)),
    retryNow: (id, actor = 'operator') => retryNow(context, id, actor),
  };
}
