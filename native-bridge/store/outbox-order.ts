import { z } from 'zod';
import { errorCodeSchema } from '../contract/basic.ts';
import type { ErrorReport } from '../contract/basic.ts';
import type { RecordState } from '../contract/enrolment.ts';
import { flag, optional } from './column.ts';
import type { Database } from './database.ts';

export interface OutboxItem {
  readonly recordId: string;
  /** Place in the order of sealing; the cursor for going on. */
  readonly position: number;
  readonly projectCode: string;
  /** With company and project the team's name is unique; workers of one team may share a request. */
  readonly teamName: string;
  /** Whom the record is about, for reading what the platform says of a request with several. */
  readonly workerName: string;
  readonly idCardNumber: string;
  readonly state: Extract<RecordState, 'sealed' | 'sending' | 'accepted'>;
  readonly attempts: number;
  readonly serial?: string | undefined;
  readonly inDoubt: boolean;
  readonly update: boolean;
  /** The last trouble. */
  readonly error?: ErrorReport | undefined;
}

const itemSchema = z
  .object({
    recordId: z.string(),
    position: z.int(),
    projectCode: z.string(),
    teamName: z.string(),
    workerName: z.string(),
    idCardNumber: z.string(),
    state: z.enum(['sealed', 'sending', 'accepted']),
    attempts: z.int(),
    serial: optional(z.string()),
    inDoubt: flag,
    update: flag,
    errorCode: optional(errorCodeSchema.catch('internal')),
    errorDetail: optional(z.string()),
  })
  .transform(({ errorCode, errorDetail, ...item }): OutboxItem => ({
    ...item,
    error: errorCode && { code: errorCode, detail: errorDetail },
  }));

/**
 * No wait is longer than this. A moment further ahead was written while the clock was wrong, and would hold the record
 * for as long as the clock was off; it counts as come.
 */
const longestWaitMs = 10 * 60_000;

/** The records of the same person in the same project as the row of `records`, that row included. */
const samePerson = `
  records AS other JOIN outbox AS way ON way.record_id = other.id
  WHERE other.project_code = records.project_code AND other.card_number = records.card_number`;

/** The newest record of the person that the platform has; 0 when it has none. */
const lastConfirmed = `
  coalesce((SELECT max(other.position) FROM ${samePerson} AND way.state = 'confirmed'), 0)`;

const onItsWay = `IN ('sealed', 'sending', 'accepted')`;

/**
 * Condition on `outbox` joined with `records`: something is to be done, now or later. A person's records go one at a
 * time in the order of sealing. What is older than a confirmed one never goes, and so it holds up nothing either.
 */
const open = `
  (state IN ('sealed', 'accepted') OR (state = 'sending' AND in_doubt = 1))
  AND position > ${lastConfirmed}
  AND NOT EXISTS (
    SELECT 1 FROM ${samePerson} AND other.position < records.position AND other.position > ${lastConfirmed}
      AND way.state ${onItsWay})`;

const columns = `
  record_id AS recordId, position, project_code AS projectCode, team_name AS teamName, name AS workerName,
  card_number AS idCardNumber, state, attempts, serial, in_doubt AS inDoubt, error_code AS errorCode,
  error_detail AS errorDetail, is_update OR ${lastConfirmed} > 0 AS "update"`;

/** CROSS JOIN keeps SQLite walking in the order of sealing and lets it stop early, instead of sorting everything open. */
const dueItems = `
  SELECT ${columns} FROM records CROSS JOIN outbox ON record_id = id
  WHERE ${open} AND (next_attempt_at <= @now OR next_attempt_at > @horizon) AND position > @after
  ORDER BY position LIMIT @limit`;

const itemsOfSerial = `
  SELECT ${columns} FROM outbox JOIN records ON id = record_id
  WHERE state = 'accepted' AND serial = @serial AND project_code = @projectCode ORDER BY position`;

const firstOpen = `
  SELECT position FROM records CROSS JOIN outbox ON record_id = id
  WHERE state ${onItsWay} AND position > @after ORDER BY position LIMIT 1`;

/** For each state the first moment that the index gives, which is far cheaper than a look at everything open. */
const firstMoment = `
  SELECT min(at) AS at FROM (${['sealed', 'sending', 'accepted']
    .map((state) => {
      const ofState = `FROM outbox JOIN records ON id = record_id WHERE state = '${state}' AND ${open}`;
      return `
        SELECT @now AS at WHERE EXISTS (SELECT 1 ${ofState} AND next_attempt_at > @horizon)
        UNION ALL
        SELECT at FROM (SELECT next_attempt_at AS at ${ofState} AND next_attempt_at IS NOT NULL
          ORDER BY next_attempt_at LIMIT 1)`;
    })
    .join(' UNION ALL ')})`;

const newerRecord = `
  SELECT 1 AS found FROM records WHERE id = @id AND EXISTS (
    SELECT 1 FROM ${samePerson} AND other.position > records.position
      AND (way.state = 'confirmed' OR (@orOnItsWay = 1 AND way.state ${onItsWay})))`;

const moments = (now: Date) => ({
  now: now.toISOString(),
  horizon: new Date(now.getTime() + longestWaitMs).toISOString(),
});

/** What is to be done at `now`, oldest seal first, after the item at `after`. */
export function dueAt(database: Database, now: Date, limit: number, after: number): OutboxItem[] {
  return database.rows(itemSchema, dueItems, { ...moments(now), limit, after });
}

/** Everything that the platform accepted with this serial, oldest seal first. */
export function acceptedWith(database: Database, serial: string, projectCode: string): OutboxItem[] {
  return database.rows(itemSchema, itemsOfSerial, { serial, projectCode });
}

/** Place of the oldest record that is still on its way, after the one at `after`. */
export function firstOpenAfter(database: Database, after: number): number | undefined {
  return database.row(z.object({ position: z.int() }), firstOpen, { after })?.position;
}

/** When something is due next, at most ten minutes after `now`; undefined when nothing waits. */
export function nextDueAfter(database: Database, now: Date): Date | undefined {
  const at = database.row(z.object({ at: optional(z.iso.datetime()) }), firstMoment, moments(now))?.at;
  return at === undefined ? undefined : new Date(at);
}

/**
 * Whether a record of `state` must not be sent any more, because the older data would replace newer. That is so once a
 * newer record of the person is confirmed. A record that was set aside or given away has been overtaken as soon as a newer one is on
 * its way; one that is on its way itself has not, for the newer waits behind it.
 */
export function isOvertaken(database: Database, id: string, state: RecordState): boolean {
  const orOnItsWay = Number(state === 'needs-attention' || state === 'handed-over');
  return database.row(z.object({ found: z.int() }), newerRecord, { id, orOnItsWay }) !== undefined;
}
