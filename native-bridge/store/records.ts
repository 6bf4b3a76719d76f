import { z } from 'zod';
import { recordStateSchema } from '../contract/enrolment.ts';
import type { Draft, RecordState, RecordSummary } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { optional } from './column.ts';
import type { Database } from './database.ts';
import type { EngineDescriptor } from './face-descriptors.ts';
import { readMedia, readOneMedium, storedHashes } from './media.ts';
import { hasReceipt } from './receipts.ts';
import { listSummaries, summaryOf } from './record-summary.ts';
import type { RecordQuery } from './record-summary.ts';
import { seal, sealedDraftSchema } from './seal.ts';
import type { SealedDraft } from './seal.ts';
import type { StoreContext } from './store-context.ts';
import { contentHash, hashOf, putTogether, readContent } from './stored-draft.ts';
import type { Content } from './stored-draft.ts';

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

/** Sealed records. Reading an unknown id throws `store.not-found`. */
export interface Records {
  /** Seals a draft; see `seal`. */
  seal(draft: Draft, actor: string, face?: EngineDescriptor): RecordSummary;
  summary(id: string): RecordSummary;
  /** Newest seal first. */
  list(query: RecordQuery): RecordSummary[];
  /** Of all that are not locked. */
  counts(): Record<RecordState, number>;
  /** The photo taken, a JPEG file. */
  photo(id: string): Uint8Array | undefined;
  /** The card's portrait, a PNG file. */
  portrait(id: string): Uint8Array | undefined;
  /** What the worker signed the consent with, a PNG file. */
  signature(id: string): Uint8Array | undefined;
  /** The whole content; throws `store.corrupt` when it is not what was sealed, `record.pictures-erased` after their time. */
  load(id: string): SealedRecord;
  /** The content without its pictures, whose hashes are believed; throws as `load` does. */
  content(id: string): Content;
  /** The newest record of this number in this project that was neither taken back nor replaced, and is not locked. */
  findByNumber(projectCode: string, number: string): string | undefined;
  /** When a record of this person was last sealed, or a training reported, in this project. */
  lastUpdateOf(projectCode: string, number: string): string | undefined;
  unsent(): Unsent;
  /** The moment of the oldest seal that is still kept. */
  firstSealedAt(): string | undefined;
  /** The older records of the person that ended as superseded when `id` was confirmed. */
  overtakenBy(id: string): string[];
}

const storedSchema = z.object({ content: z.string(), hash: z.string(), sealedAt: z.string() });

type Stored = z.infer<typeof storedSchema>;

function storedRecord(database: Database, id: string): Stored {
  const sql = 'SELECT content, content_hash AS hash, sealed_at AS sealedAt FROM records WHERE id = @id';
  const row = database.row(storedSchema, sql, { id });
  if (row === undefined) throw new StationError('store.not-found', 'record');
  return row;
}

function demandSealed(database: Database, id: string, stored: Stored, hash: string): void {
  if (hash === stored.hash) return;
  throw new StationError(hasReceipt(database, id, 'pictures') ? 'record.pictures-erased' : 'store.corrupt', 'hash');
}

/** See `Records.load`. */
export function loadRecord(database: Database, id: string): SealedRecord {
  const stored = storedRecord(database, id);
  const parts = { content: stored.content, media: readMedia(database, id) };
  demandSealed(database, id, stored, contentHash(parts));
  const { sealedAt, hash } = stored;
  return { id, sealedAt, contentHash: hash, draft: putTogether(sealedDraftSchema, parts) };
}

/** See `Records.content`. */
function contentOf(database: Database, id: string): Content {
  const stored = storedRecord(database, id);
  demandSealed(database, id, stored, hashOf(stored.content, storedHashes(database, id)));
  return readContent(stored.content);
}

function counts(database: Database): Record<RecordState, number> {
  const schema = z.object({ state: recordStateSchema, count: z.int() });
  const sql = `
    SELECT state, count - (
      SELECT count(*) FROM locks JOIN outbox USING (record_id) WHERE outbox.state = outbox_counts.state) AS count
    FROM outbox_counts`;
  const rows = database.rows(schema, sql);
  const found = new Map(rows.map((row) => [row.state, row.count]));
  const entries = recordStateSchema.options.map((state) => [state, found.get(state) ?? 0]);
  return Object.fromEntries(entries) as Record<RecordState, number>;
}

function findByNumber(database: Database, projectCode: string, number: string): string | undefined {
  const sql = `
    SELECT id FROM records JOIN outbox ON record_id = id
    WHERE project_code = @projectCode AND card_number = @number AND state NOT IN ('withdrawn', 'superseded')
      AND id NOT IN (SELECT record_id FROM locks)
    ORDER BY position DESC LIMIT 1`;
  return database.row(z.object({ id: z.string() }), sql, { projectCode, number })?.id;
}

function lastUpdateOf(database: Database, projectCode: string, number: string): string | undefined {
  const sql = `
    SELECT max(at) AS at FROM (
      SELECT max(sealed_at) AS at FROM records JOIN outbox ON record_id = id
        WHERE project_code = @projectCode AND card_number = @number AND state <> 'withdrawn'
          AND id NOT IN (SELECT record_id FROM locks)
      UNION ALL SELECT max(made_at) FROM report_people JOIN reports ON id = report_id
        WHERE number = @number AND project_code = @projectCode AND kind = 'training' AND state <> 'withdrawn')`;
  return database.row(z.object({ at: optional(z.string()) }), sql, { projectCode, number })?.at;
}

function unsent(database: Database): Unsent {
  const schema = z.object({ oldestSealedAt: optional(z.string()) });
  const sql = `
    SELECT min(sealed_at) AS oldestSealedAt FROM (
      SELECT min(sealed_at) AS sealed_at FROM record_states WHERE state = 'sealed'
      UNION ALL SELECT min(sealed_at) FROM record_states WHERE state = 'sending')`;
  const { sealed, sending, 'needs-attention': needsAttention } = counts(database);
  return { count: sealed + sending, oldestSealedAt: database.row(schema, sql)?.oldestSealedAt, needsAttention };
}

function firstSealedAt(database: Database): string | undefined {
  const sql = 'SELECT min(sealed_at) AS at FROM records';
  return database.row(z.object({ at: optional(z.string()) }), sql)?.at;
}

function overtakenBy(database: Database, id: string): string[] {
  const sql = `
    SELECT older.id FROM records JOIN records AS older ON older.project_code = records.project_code
      AND older.card_number = records.card_number AND older.position < records.position
      AND older.changed_at >= records.changed_at
    JOIN outbox ON record_id = older.id
    WHERE records.id = @id AND +state = 'superseded'`;
  return database.rows(z.object({ id: z.string() }), sql, { id }).map((row) => row.id);
}

export function createRecords(context: StoreContext): Records {
  const { database } = context;
  return {
    seal: (draft, actor, face) => seal(context, draft, actor, face),
    summary: (id) => summaryOf(database, id),
    list: (query) => listSummaries(database, query),
    counts: () => counts(database),
    photo: (id) => readOneMedium(database, id, 'photo'),
    portrait: (id) => readOneMedium(database, id, 'portrait'),
    signature: (id) => readOneMedium(database, id, 'signature'),
    load: (id) => loadRecord(database, id),
    content: (id) => contentOf(database, id),
    findByNumber: (projectCode, number) => findByNumber(database, projectCode, number),
    lastUpdateOf: (projectCode, number) => lastUpdateOf(database, projectCode, number),
    unsent: () => unsent(database),
    firstSealedAt: () => firstSealedAt(database),
    overtakenBy: (id) => overtakenBy(database, id),
  };
}
