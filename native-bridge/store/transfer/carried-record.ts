import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import { sha256 } from '../canonical-json.ts';
import { optional } from '../column.ts';
import type { Database } from '../database.ts';
import { readMedia } from '../media.ts';
import { entryOf } from '../outbox-entries.ts';
import { contentHash } from '../stored-draft.ts';
import { carriedAuditSchema } from './package-part.ts';
import type { CarriedAudit, CarriedRecord } from './package-part.ts';

/** Newest rows of a record's trail that go with it. */
const mostAuditRows = 2000;

const recordSchema = z.object({
  id: z.string(),
  content: z.string(),
  contentHash: z.string(),
  sealedAt: z.string(),
  origin: optional(z.string()),
  supersedes: optional(z.string()),
});

const auditOf = `
  SELECT * FROM (
    SELECT @station AS station, sequence, at, action, actor, detail, previous, hash FROM audit WHERE subject = @id
    UNION ALL
    SELECT station, sequence, at, action, actor, detail, previous, hash FROM transfer_audit WHERE record_id = @id
    ORDER BY at DESC, sequence DESC LIMIT ${mostAuditRows})
  ORDER BY at, station, sequence`;

/**
 * A record with everything that travels with it. `station` is this station's fingerprint. Throws `store.corrupt` when it
 * is not what was sealed, `store.not-found`.
 */
export function carriedRecord(database: Database, id: string, station: string): CarriedRecord {
  const sql = `
    SELECT id, content, content_hash AS contentHash, sealed_at AS sealedAt, origin, supersedes FROM records WHERE id = @id`;
  const row = database.row(recordSchema, sql, { id });
  if (row === undefined) throw new StationError('store.not-found', 'record');
  const media = readMedia(database, id);
  if (contentHash({ content: row.content, media }) !== row.contentHash)
    throw new StationError('store.corrupt', 'record hash');
  const { state, serial } = entryOf(database, id);
  const audit = database.rows(carriedAuditSchema, auditOf, { id, station });
  const { supersedes, ...rest } = row;
  return {
    ...rest,
    ...(supersedes !== undefined && { supersedes }),
    origin: row.origin ?? station,
    state,
    ...(serial !== undefined && { serial }),
    audit,
    media,
  };
}

/** Whether a row is as its station's trail has it. */
export function isGenuineAudit(row: CarriedAudit, subject: string): boolean {
  const { sequence, at, action, actor, detail, previous, hash } = row;
  return sha256(JSON.stringify([sequence, at, action, subject, actor, detail, previous])) === hash;
}

/** What other stations did with an imported record, oldest first. */
export function carriedAudit(database: Database, id: string): CarriedAudit[] {
  const sql = `
    SELECT station, sequence, at, action, actor, detail, previous, hash FROM transfer_audit
    WHERE record_id = @id ORDER BY at, station, sequence`;
  return database.rows(carriedAuditSchema, sql, { id });
}

export function storeCarriedAudit(database: Database, id: string, rows: readonly CarriedAudit[]): void {
  for (const row of rows) {
    database.run(
      `INSERT INTO transfer_audit (record_id, station, sequence, at, action, actor, detail, previous, hash)
       VALUES (@id, @station, @sequence, @at, @action, @actor, @detail, @previous, @hash)
       ON CONFLICT (record_id, station, sequence) DO NOTHING`,
      { id, ...row },
    );
  }
}
