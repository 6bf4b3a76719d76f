import { z } from 'zod';
import { recordStateSchema } from '../contract/enrolment.ts';
import type { Draft, RecordState, RecordSummary } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { optional } from './column.ts';
import type { Database } from './database.ts';
import { readMedia, readOneMedium } from './media.ts';
import { listSummaries, summaryOf } from './record-summary.ts';
import type { RecordQuery } from './record-summary.ts';
import { seal, sealedDraftSchema } from './seal.ts';
import type { SealedDraft } from './seal.ts';
import type { StoreContext } from './store-context.ts';
import { contentHash, putTogether } from './stored-draft.ts';

export interface SealedRecord {
  readonly id: string;
  readonly sealedAt: string;
  /** SHA-256 of the content, hexadecimal, fixed at sealing. */
  readonly contentHash: string;
  readonly draft: SealedDraft;
}

export interface Unsent {
  /** Waiting or being sent: what the platform has not accepted yet. */
  readonly count: number;
  /** The oldest of these. */
  readonly oldestSealedAt?: string | undefined;
  /** Those that want a person; not part of `count`. */
  readonly needsAttention: number;
}

export interface Today {
  readonly enrolled: number;
  /** Median from the card being read to the seal. */
  readonly medianSeconds?: number;
  /** Share of enrolments whose first picture was kept, 0..1. */
  readonly firstShotRate?: number;
}

/** Sealed records. Reading an unknown id throws `store.not-found`. */
export interface Records {
  /** Seals a draft; see `seal`. */
  seal(draft: Draft, actor: string): RecordSummary;
  summary(id: string): RecordSummary;
  /** Newest seal first. */
  list(query: RecordQuery): RecordSummary[];
  counts(): Record<RecordState, number>;
  /** The photo taken, a JPEG file. */
  photo(id: string): Uint8Array | undefined;
  /** The card's portrait, a PNG file. */
  portrait(id: string): Uint8Array | undefined;
  /** The whole content; throws `store.corrupt` when it is not what was sealed. */
  load(id: string): SealedRecord;
  /** The newest record of this number in this project. */
  findByNumber(projectCode: string, number: string): string | undefined;
  unsent(): Unsent;
  /** Figures over everything sealed here at or after `since`. */
  today(since: Date): Today;
}

const storedSchema = z.object({ content: z.string(), hash: z.string(), sealedAt: z.string() });

function load(database: Database, id: string): SealedRecord {
  const sql = 'SELECT content, content_hash AS hash, sealed_at AS sealedAt FROM records WHERE id = @id';
  const row = database.row(storedSchema, sql, { id });
  if (row === undefined) throw new StationError('store.not-found', 'record');
  const parts = { content: row.content, media: readMedia(database, id) };
  if (contentHash(parts) !== row.hash) throw new StationError('store.corrupt', 'record hash');
  return { id, sealedAt: row.sealedAt, contentHash: row.hash, draft: putTogether(sealedDraftSchema, parts) };
}

function counts(database: Database): Record<RecordState, number> {
  const schema = z.object({ state: recordStateSchema, count: z.int() });
  const rows = database.rows(schema, 'SELECT state, count(*) AS count FROM outbox GROUP BY state');
  const found = new Map(rows.map((row) => [row.state, row.count]));
  const entries = recordStateSchema.options.map((state) => [state, found.get(state) ?? 0]);
  return Object.fromEntries(entries) as Record<RecordState, number>;
}

function findByNumber(database: Database, projectCode: string, number: string): string | undefined {
  const sql = `
    SELECT id FROM records WHERE project_code = @projectCode AND card_number = @number
    ORDER BY position DESC LIMIT 1`;
  return database.row(z.object({ id: z.string() }), sql, { projectCode, number })?.id;
}

function unsent(database: Database): Unsent {
  const schema = z.object({ count: z.int(), oldestSealedAt: optional(z.string()) });
  const sql = `
    SELECT count(*) AS count, min(sealed_at) AS oldestSealedAt
    FROM records JOIN outbox ON record_id = id WHERE state IN ('sealed', 'sending')`;
  const row = database.row(schema, sql);
  return {
    count: row?.count ?? 0,
    oldestSealedAt: row?.oldestSealedAt,
    needsAttention: counts(database)['needs-attention'],
  };
}

function median(sorted: readonly number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}

function today(database: Database, since: Date): Today {
  const schema = z.object({ seconds: z.number(), attempt: z.int() });
  const sql = `
    SELECT seconds, photo_attempt AS attempt FROM records
    WHERE sealed_at >= @since AND origin IS NULL ORDER BY seconds`;
  const rows = database.rows(schema, sql, { since: since.toISOString() });
  if (rows.length === 0) return { enrolled: 0 };
  return {
    enrolled: rows.length,
    medianSeconds: median(rows.map((row) => row.seconds)),
    firstShotRate: rows.filter((row) => row.attempt === 1).length / rows.length,
  };
}

export function createRecords(context: StoreContext): Records {
  const { database } = context;
  return {
    seal: (draft, actor) => seal(context, draft, actor),
    summary: (id) => summaryOf(database, id),
    list: (query) => listSummaries(database, query),
    counts: () => counts(database),
    photo: (id) => readOneMedium(database, id, 'photo'),
    portrait: (id) => readOneMedium(database, id, 'portrait'),
    load: (id) => load(database, id),
    findByNumber: (projectCode, number) => findByNumber(database, projectCode, number),
    unsent: () => unsent(database),
    today: (since) => today(database, since),
  };
}
