import { z } from 'zod';
import { errorCodeSchema } from '../contract/basic.ts';
import { recordStateSchema, recordSummarySchema } from '../contract/enrolment.ts';
import type { RecordState, RecordSummary } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { optional } from './column.ts';
import type { Database } from './database.ts';

const firstShown = 6;
const lastShown = 4;

/** First six and last four characters, a star for each of the rest; all stars when nothing would be hidden. */
export function maskNumber(number: string): string {
  const hidden = number.length - firstShown - lastShown;
  if (hidden <= 0) return '*'.repeat(number.length);
  return number.slice(0, firstShown) + '*'.repeat(hidden) + number.slice(-lastShown);
}

const summaryRowSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    card_number: z.string(),
    team_name: z.string(),
    work_type: optional(z.string()),
    state: recordStateSchema,
    sealed_at: z.string(),
    changed_at: z.string(),
    band: recordSummarySchema.shape.band,
    attempts: z.int(),
    next_attempt_at: optional(z.string()),
    error_code: optional(errorCodeSchema.catch('internal')),
    error_detail: optional(z.string()),
    platform_text: optional(z.string()),
    serial: optional(z.string()),
    supersedes: optional(z.string()),
    locked_at: optional(z.string()),
  })
  .transform((row): unknown => ({
    id: row.id,
    name: row.name,
    maskedNumber: maskNumber(row.card_number),
    teamName: row.team_name,
    workType: row.work_type,
    state: row.state,
    sealedAt: row.sealed_at,
    changedAt: row.changed_at,
    band: row.band,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    error: row.error_code && { code: row.error_code, detail: row.error_detail },
    platformText: row.platform_text,
    serial: row.serial,
    supersedes: row.supersedes,
    lockedAt: row.locked_at,
  }))
  .pipe(recordSummarySchema);

const select = `
  SELECT id, name, card_number, team_name, work_type, state, sealed_at, changed_at, band, attempts, next_attempt_at,
    error_code, error_detail, platform_text, serial, supersedes, locked_at
  FROM records JOIN outbox ON record_id = id LEFT JOIN locks USING (record_id)`;

export function findSummary(database: Database, id: string): RecordSummary | undefined {
  return database.row(summaryRowSchema, `${select} WHERE id = @id`, { id });
}

export function summaryOf(database: Database, id: string): RecordSummary {
  const summary = findSummary(database, id);
  if (summary === undefined) throw new StationError('store.not-found', 'record');
  return summary;
}

export interface RecordQuery {
  readonly state?: RecordState | undefined;
  /** Only what was sealed before this instant: the `sealedAt` of the last one seen. */
  readonly before?: string | undefined;
  /** The locked ones, which no other list shows. */
  readonly locked?: boolean | undefined;
  readonly limit: number;
}

/** Sorts after every instant that has four digits of the year. */
const afterEveryInstant = '~';

const newest = `${select}
  WHERE sealed_at < @before AND locked_at IS NULL ORDER BY sealed_at DESC LIMIT @limit`;

const newestOfState = `${select}
  WHERE id IN (SELECT record_id FROM record_states WHERE state = @of AND sealed_at < @before
      AND record_id NOT IN (SELECT record_id FROM locks)
    ORDER BY sealed_at DESC LIMIT @limit)
  ORDER BY sealed_at DESC`;

const newestLocked = `${select}
  WHERE id IN (SELECT record_id FROM locks) AND sealed_at < @before AND (@of IS NULL OR state = @of)
  ORDER BY sealed_at DESC LIMIT @limit`;

export function listSummaries(database: Database, query: RecordQuery): RecordSummary[] {
  // Stored instants all have milliseconds, so that their texts sort as they do; the asked one may lack them.
  const before = query.before === undefined ? undefined : new Date(query.before).toISOString();
  const { state, limit, locked = false } = query;
  const sql = locked ? newestLocked : state === undefined ? newest : newestOfState;
  return database.rows(summaryRowSchema, sql, {
    before: before ?? afterEveryInstant,
    limit,
    ...((locked || state !== undefined) && { of: state }),
  });
}
