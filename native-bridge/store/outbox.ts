import { z } from 'zod';
import type { ErrorReport } from '../contract/basic.ts';
import { StationError } from '../contract/errors.ts';
import { change } from './outbox-entries.ts';
import type { Change } from './outbox-entries.ts';
import { acceptedWith, dueAt, firstOpenAfter, isOvertaken, nextDueAfter } from './outbox-order.ts';
import type { OutboxItem } from './outbox-order.ts';
import * as transition from './outbox-transition.ts';
import { supersedeOvertaken } from './overtaken.ts';
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
  /** What the platform accepted with this serial: the records that went in one request, oldest seal first. */
  acceptedWith(serial: string, projectCode: string): OutboxItem[];
  /** Position of the oldest record still on its way after `after`; what lies before it needs no more looking through. */
  firstOpen(after: number): number | undefined;
  /** Several changes as one: all of them durable when this returns, or none. */
  together<T>(work: () => T): T;
  /**
   * For when nothing is on the wire: whatever is marked as being sent is in doubt, and due. After a crash, and after the
   * store itself failed while an answer was being noted.
   */
  recoverInterrupted(): void;
  /** Before the network call: found in this state after a crash, the record is in doubt rather than lost or sent twice. */
  markSending(id: string): void;
  /** `askAt`: when the outcome is due; at once if left out. */
  markAccepted(id: string, serial: string, askAt?: Date): void;
  /** Older records of the person that were set aside are `superseded` with it: the newer data stands. */
  markConfirmed(id: string): void;
  /** `update` notes for good that the platform has the worker, so that the next try is an update. */
  markRetry(id: string, error: ErrorReport, retryAt: Date, inDoubt: boolean, update?: boolean): void;
  /** To be sent once more at `at`, after asking what the platform has of it. */
  markAgain(id: string, error: ErrorReport, at: Date): void;
  markAttention(id: string, error: ErrorReport, platformText?: string): void;
  /**
   * The operator's wish to try at once. Throws `enrolment.overtaken` and changes nothing when a newer record of the same
   * person in the same project is confirmed, or is on its way while this one was set aside: the newer data stands.
   * Throws `record.ended` for one that was taken back.
   */
  retryNow(id: string, actor?: string): void;
}

/** See `Outbox.recoverInterrupted`; done at opening. */
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
    if (entry.state === 'withdrawn') throw new StationError('record.ended');
    if (entry.state === 'superseded') throw new StationError('enrolment.overtaken', 'superseded');
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
    acceptedWith: (serial, projectCode) => acceptedWith(database, serial, projectCode),
    firstOpen: (after) => firstOpenAfter(database, after),
    together: (work) => database.write(work),
    recoverInterrupted: () => recoverInterrupted(context),
    markSending: (id) => byStation('sending', id, transition.sending),
    markAccepted: (id, serial, askAt = now()) =>
      byStation('accepted', id, (entry) => transition.accepted(entry, serial, askAt)),
    markConfirmed: (id) =>
      database.write(() => {
        byStation('confirmed', id, transition.confirmed);
        supersedeOvertaken(context, id);
      }),
    markRetry: (id, error, at, inDoubt, update = false) =>
      byStation('retry', id, (entry) => transition.retried(entry, { error, at, inDoubt, update })),
    markAgain: (id, error, at) => byStation('sent-again', id, (entry) => transition.sentAgain(entry, { error, at })),
    markAttention: (id, error, text) =>
      byStation('needs-attention', id, (entry) => transition.needingAttention(entry, error, text)),
    retryNow: (id, actor = 'operator') => retryNow(context, id, actor),
  };
}
