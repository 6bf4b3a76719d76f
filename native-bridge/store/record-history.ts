import { z } from 'zod';
import { errorCodeSchema } from '../contract/basic.ts';
import { recordStateSchema } from '../contract/enrolment.ts';
import { asStationError, StationError } from '../contract/errors.ts';
import type { ErrorCode } from '../contract/errors.ts';
import { withdrawalReasonSchema } from '../contract/record-life.ts';
import type { ChainLink, HistoryRow, RecordHistory as History } from '../contract/record-life.ts';
import type { AuditRow } from './audit.ts';
import { jsonText, optional } from './column.ts';
import { createCorrection } from './correction.ts';
import type { Database } from './database.ts';
import { entryOf, wasEverInDoubt } from './outbox-entries.ts';
import { withdrawn } from './outbox-transition.ts';
import { receiptsOf } from './receipts.ts';
import { demandErasable } from './retention.ts';
import type { StoreContext } from './store-context.ts';
import { carriedAudit } from './transfer/carried-record.ts';
import type { CarriedAudit } from './transfer/package-part.ts';

export interface RecordHistory {
  /** What became of a record, and what can be done with it now. Throws `store.not-found`. */
  of(id: string): History;
}

const carriedDetailSchema = jsonText.pipe(z.object({ code: errorCodeSchema.optional().catch(undefined) }));

function rowOf({ at, action, actor, detail }: AuditRow): HistoryRow {
  const code = errorCodeSchema.safeParse(detail['code']);
  return { at, action, actor, ...(code.success && { code: code.data }) };
}

/** What another station did before the record came here. */
function carriedRowOf({ at, action, actor, detail }: CarriedAudit): HistoryRow {
  const code = carriedDetailSchema.safeParse(detail).data?.code;
  return { at, action, actor, ...(code !== undefined && { code }) };
}

const linkSchema = z.object({
  id: z.string(),
  sealedAt: z.string(),
  state: recordStateSchema,
  supersedes: optional(z.string()),
});

const record = `
  SELECT id, sealed_at AS sealedAt, state, supersedes FROM records JOIN outbox ON record_id = id`;

type Link = z.infer<typeof linkSchema>;

const shown = ({ id, sealedAt, state }: Link): ChainLink => ({ id, sealedAt, state });

/** The receipt of an erased record; what it corrected in its turn is no longer known. */
function erasedLink(database: Database, id: string): ChainLink[] {
  const receipt = receiptsOf(database, id).find(({ scope }) => scope === 'record');
  if (receipt?.sealedAt === undefined) return [];
  return [{ id, sealedAt: receipt.sealedAt, erasedAt: receipt.erasedAt }];
}

function before(database: Database, id: string | undefined): ChainLink[] {
  if (id === undefined) return [];
  const link = database.row(linkSchema, `${record} WHERE id = @id`, { id });
  return link === undefined ? erasedLink(database, id) : [...before(database, link.supersedes), shown(link)];
}

/** A record has one correction at most: a second one needs the first to be taken back, and the newest counts. */
function after(database: Database, id: string): ChainLink[] {
  const link = database.row(linkSchema, `${record} WHERE supersedes = @id ORDER BY position DESC LIMIT 1`, { id });
  return link === undefined ? [] : [shown(link), ...after(database, link.id)];
}

function refusalOf(attempt: () => unknown): ErrorCode | undefined {
  try {
    attempt();
    return undefined;
  } catch (cause) {
    return asStationError(cause).code;
  }
}

const withdrawalSchema = z.object({ reason: withdrawalReasonSchema.catch('other'), note: optional(z.string()) });

function of(context: StoreContext, id: string): History {
  const { database, audit } = context;
  const link = database.row(linkSchema, `${record} WHERE id = @id`, { id });
  if (link === undefined) throw new StationError('store.not-found', 'record');
  const sql = 'SELECT reason, note FROM withdrawals WHERE record_id = @id';
  return {
    rows: [...carriedAudit(database, id).map(carriedRowOf), ...audit.list(id).map(rowOf)],
    chain: [...before(database, link.supersedes), shown(link), ...after(database, id)],
    withdrawal: database.row(withdrawalSchema, sql, { id }),
    picturesErasedAt: receiptsOf(database, id).find(({ scope }) => scope === 'pictures')?.erasedAt,
    refusals: {
      withdraw: refusalOf(() => withdrawn(entryOf(database, id), wasEverInDoubt(database, id))),
      correct: refusalOf(() => createCorrection(context).correctable(id)),
      erase: refusalOf(() => demandErasable(database, id)),
    },
  };
}

export function createRecordHistory(context: StoreContext): RecordHistory {
  return { of: (id) => of(context, id) };
}
