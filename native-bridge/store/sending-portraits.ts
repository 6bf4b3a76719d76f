import { z } from 'zod';
import { StationError } from '../contract/errors.ts';
import { sha256 } from './canonical-json.ts';
import { blob } from './column.ts';
import type { Database } from './database.ts';

/** The chips' portraits as the platform gets them. */
export interface SendingPortraits {
  /** A JPEG file; undefined as long as none is kept. Throws `store.corrupt` for one that is not what was kept. */
  of(recordId: string): Uint8Array | undefined;
  /** Keeps the first one that is given for a record whose portrait is still there; a later one changes nothing. */
  keep(recordId: string, jpeg: Uint8Array): void;
}

const rowSchema = z.object({ hash: z.string(), bytes: blob });

export function createSendingPortraits(database: Database): SendingPortraits {
  return {
    of: (id) => {
      const sql = 'SELECT sha256 AS hash, bytes FROM sending_portraits WHERE record_id = @id';
      const row = database.row(rowSchema, sql, { id });
      if (row !== undefined && sha256(row.bytes) !== row.hash) throw new StationError('store.corrupt', 'portrait');
      return row?.bytes;
    },
    keep: (id, bytes) => {
      const sql = `
        INSERT OR IGNORE INTO sending_portraits (record_id, sha256, size, bytes)
        SELECT id, @hash, @size, @bytes FROM records
        WHERE id = @id AND EXISTS (SELECT 1 FROM media WHERE owner = id AND kind = 'portrait')`;
      database.write(() => database.run(sql, { id, hash: sha256(bytes), size: bytes.length, bytes }));
    },
  };
}
