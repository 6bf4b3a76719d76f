import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import { blob, flag, optional } from '../column.ts';
import type { Database } from '../database.ts';
import type { StoreContext } from '../store-context.ts';
import { packageKindSchema } from './package-head.ts';
import type { PackageKind } from './package-head.ts';

export interface Outgoing {
  readonly id: string;
  readonly kind: PackageKind;
  readonly peer: string | undefined;
  readonly fileName: string;
  readonly head: Uint8Array;
  readonly contentKey: Uint8Array;
}

/** Notes a package before its first byte is written, with the records that are meant for it in their order. */
export function noteOutgoing({ database, now }: StoreContext, outgoing: Outgoing, recordIds: readonly string[]): void {
  database.write(() => {
    database.run(
      `INSERT INTO transfers (id, direction, kind, state, peer, file_name, head, content_key, started_at)
       VALUES (@id, 'out', @kind, 'open', @peer, @fileName, @head, @contentKey, @at)`,
      { ...outgoing, peer: outgoing.peer, at: now().toISOString() },
    );
    recordIds.forEach((recordId, sequence) =>
      database.run(
        'INSERT INTO transfer_records (transfer_id, record_id, sequence) VALUES (@id, @recordId, @sequence)',
        { id: outgoing.id, recordId, sequence },
      ),
    );
  });
}

const outgoingSchema = z.object({
  id: z.string(),
  kind: packageKindSchema,
  peer: optional(z.string()),
  fileName: z.string(),
  head: blob,
  contentKey: blob,
});

/** A package that was begun and not finished. Throws `store.not-found`. */
export function openOutgoing(database: Database, id: string): Outgoing {
  const sql = `
    SELECT id, kind, peer, file_name AS fileName, head, content_key AS contentKey FROM transfers
    WHERE id = @id AND direction = 'out' AND state = 'open'`;
  const found = database.row(outgoingSchema, sql, { id });
  if (found === undefined) throw new StationError('store.not-found', 'transfer');
  return found;
}

const plannedSchema = z.object({ recordId: z.string(), handed: flag });

export function plannedRecords(database: Database, id: string): z.infer<typeof plannedSchema>[] {
  const sql = `
    SELECT record_id AS recordId, handed FROM transfer_records WHERE transfer_id = @id ORDER BY sequence`;
  return database.rows(plannedSchema, sql, { id });
}

export function noteHanded(database: Database, id: string, recordId: string, handed: boolean): void {
  const sql = `
    UPDATE transfer_records SET handed = @handed WHERE transfer_id = @id AND record_id = @recordId`;
  database.run(sql, { id, recordId, handed: Number(handed) });
}

/** The end of an outgoing package; the key to it is of no more use here. */
export function noteEnd({ database, now }: StoreContext, id: string, state: 'complete' | 'taken-back'): void {
  const sql = `
    UPDATE transfers SET state = @state, ended_at = @at, content_key = NULL WHERE id = @id`;
  database.run(sql, { id, state, at: now().toISOString() });
}

export interface Incoming {
  readonly id: string;
  readonly kind: PackageKind;
  readonly peer: string;
  readonly fileName: string;
}

/** Notes that a record came in a package; false when that is known. */
export function noteIncoming({ database, now }: StoreContext, incoming: Incoming, recordId: string): boolean {
  database.run(
    `INSERT INTO transfers (id, direction, kind, state, peer, file_name, started_at)
     VALUES (@id, 'in', @kind, 'complete', @peer, @fileName, @at) ON CONFLICT (id) DO NOTHING`,
    { ...incoming, at: now().toISOString() },
  );
  return (
    database.run(
      `INSERT INTO transfer_records (transfer_id, record_id, sequence)
       VALUES (@id, @recordId, (SELECT count(*) FROM transfer_records WHERE transfer_id = @id))
       ON CONFLICT (transfer_id, record_id) DO NOTHING`,
      { id: incoming.id, recordId },
    ) > 0
  );
}

const listedSchema = z.object({
  id: z.string(),
  direction: z.enum(['out', 'in']),
  kind: packageKindSchema,
  state: z.enum(['open', 'complete', 'taken-back']),
  peer: optional(z.string()),
  peerName: optional(z.string()),
  fileName: z.string(),
  startedAt: z.string(),
  records: z.int(),
  /** Given away and without word of their end so far. */
  handedOver: z.int(),
});
export type ListedTransfer = Readonly<z.infer<typeof listedSchema>>;

/** Newest first. */
export function listTransfers(database: Database, limit: number): ListedTransfer[] {
  const sql = `
    SELECT transfers.id, direction, kind, transfers.state, peer, transfer_stations.name AS peerName,
      file_name AS fileName, started_at AS startedAt, count(transfer_records.record_id) AS records,
      count(CASE WHEN handed = 1 AND outbox.state = 'handed-over' THEN 1 END) AS handedOver
    FROM transfers
      LEFT JOIN transfer_stations ON fingerprint = peer
      LEFT JOIN transfer_records ON transfer_id = transfers.id
      LEFT JOIN outbox ON outbox.record_id = transfer_records.record_id
    GROUP BY transfers.id ORDER BY started_at DESC, transfers.rowid DESC LIMIT @limit`;
  return database.rows(listedSchema, sql, { limit });
}
