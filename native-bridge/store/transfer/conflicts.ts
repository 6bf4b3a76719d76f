import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { Database } from '../database.ts';
import { readMedia, readOneMedium, writeMedia } from '../media.ts';
import { maskNumber } from '../record-summary.ts';
import { sealedDraftSchema } from '../seal.ts';
import type { SealedDraft } from '../seal.ts';
import type { StoreContext } from '../store-context.ts';
import { putTogether } from '../stored-draft.ts';
import type { CarriedRecord } from './package-part.ts';

/** One of two versions, as a person needs it for the decision. */
export interface RecordVersion {
  readonly name: string;
  readonly maskedNumber: string;
  readonly teamName: string;
  readonly sealedAt: string;
  readonly photo?: Uint8Array | undefined;
}

export interface Conflict {
  readonly recordId: string;
  /** Content hash of the version that came. */
  readonly contentHash: string;
  /** Fingerprint of the station that brought it. */
  readonly station: string;
  readonly foundAt: string;
  /** Absent when the record here has been erased since. */
  readonly ours?: RecordVersion | undefined;
  readonly theirs: RecordVersion;
}

const ownerOf = (recordId: string, contentHash: string) => `${recordId}/${contentHash}`;

/** Keeps the version that came beside the one that is here; neither replaces the other. */
export function keepConflict(
  context: StoreContext,
  { id, contentHash, content, sealedAt, media }: CarriedRecord,
  from: { readonly station: string; readonly transferId: string },
): void {
  const { database, audit, now } = context;
  const added = database.run(
    `INSERT INTO transfer_conflicts (record_id, content_hash, content, sealed_at, transfer_id, station, found_at)
     VALUES (@id, @contentHash, @content, @sealedAt, @transferId, @station, @at)
     ON CONFLICT (record_id, content_hash) DO NOTHING`,
    { id, contentHash, content, sealedAt, ...from, at: now().toISOString() },
  );
  if (added === 0) return;
  writeMedia(database, ownerOf(id, contentHash), media);
  audit.append({ action: 'transfer.conflict', subject: id, actor: from.station, detail: { hash: contentHash } });
}

const conflictSchema = z.object({
  recordId: z.string(),
  contentHash: z.string(),
  content: z.string(),
  sealedAt: z.string(),
  station: z.string(),
  foundAt: z.string(),
});

function versionOf(draft: SealedDraft, sealedAt: string): RecordVersion {
  const { name, number } = draft.card.fields;
  return { name, maskedNumber: maskNumber(number), teamName: draft.team.teamName, sealedAt, photo: draft.photo.jpeg };
}

function ourVersion(database: Database, id: string): RecordVersion | undefined {
  const schema = z.object({ name: z.string(), number: z.string(), teamName: z.string(), sealedAt: z.string() });
  const sql = `
    SELECT name, card_number AS number, team_name AS teamName, sealed_at AS sealedAt FROM records WHERE id = @id`;
  const row = database.row(schema, sql, { id });
  if (row === undefined) return undefined;
  const { number, ...rest } = row;
  return { ...rest, maskedNumber: maskNumber(number), photo: readOneMedium(database, id, 'photo') };
}

/** What waits for a person's decision, oldest first. */
export function openConflicts(database: Database, limit: number): Conflict[] {
  const sql = `
    SELECT record_id AS recordId, content_hash AS contentHash, content, sealed_at AS sealedAt, station,
      found_at AS foundAt
    FROM transfer_conflicts
    WHERE settled_at IS NULL AND record_id NOT IN (SELECT record_id FROM locks)
    ORDER BY found_at, record_id, content_hash LIMIT @limit`;
  return database.rows(conflictSchema, sql, { limit }).map(({ content, sealedAt, ...conflict }) => {
    const media = readMedia(database, ownerOf(conflict.recordId, conflict.contentHash));
    const draft = putTogether(sealedDraftSchema, { content, media });
    return { ...conflict, ours: ourVersion(database, conflict.recordId), theirs: versionOf(draft, sealedAt) };
  });
}

/** Notes a person's decision. Both versions stay as they are. Throws `store.not-found`. */
export function settleConflict(
  { database, audit, now }: StoreContext,
  conflict: { readonly recordId: string; readonly contentHash: string },
  reason: string,
  actor: string,
): void {
  const { recordId, contentHash } = conflict;
  database.write(() => {
    const settled = database.run(
      `UPDATE transfer_conflicts SET settled_at = @at, reason = @reason
       WHERE record_id = @recordId AND content_hash = @contentHash AND settled_at IS NULL`,
      { at: now().toISOString(), reason, recordId, contentHash },
    );
    if (settled === 0) throw new StationError('store.not-found', 'conflict');
    const detail = { hash: contentHash, reason };
    audit.append({ action: 'transfer.conflict-settled', subject: recordId, actor, detail });
  });
}
