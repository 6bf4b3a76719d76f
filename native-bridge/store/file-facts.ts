import { z } from 'zod';
import { StationError } from '../contract/errors.ts';
import { createAudit } from './audit.ts';
import { optional } from './column.ts';
import type { Database } from './database.ts';
import { openAsItIs } from './open-database.ts';

/** What a data file holds, for comparing a copy with it and for telling people what a backup has. */
export const fileFactsSchema = z.object({
  records: z.int(),
  media: z.int(),
  auditRows: z.int(),
  newestSealedAt: z.iso.datetime().optional(),
});
export type FileFacts = z.infer<typeof fileFactsSchema>;

const query = `
  SELECT (SELECT count(*) FROM records) AS records, (SELECT count(*) FROM media) + (SELECT count(*) FROM certificates) AS media,
    (SELECT coalesce(max(sequence), 0) FROM audit) AS auditRows, (SELECT max(sealed_at) FROM records) AS newestSealedAt`;

export function factsOf(database: Database): FileFacts {
  const facts = database.row(fileFactsSchema.extend({ newestSealedAt: optional(z.iso.datetime()) }), query);
  if (facts === undefined) throw new StationError('store.corrupt', 'facts');
  return facts;
}

/**
 * Opens a file, walks all its pages, each of which is authenticated, and recomputes its audit trail. Throws as
 * `openDatabase` does, and `store.corrupt` for a broken trail.
 */
export function checkFile(file: string, key: Uint8Array): FileFacts {
  const database = openAsItIs(file, key);
  try {
    if (createAudit(database, () => new Date()).verify().brokenAt !== undefined)
      throw new StationError('store.corrupt', 'audit trail');
    return factsOf(database);
  } finally {
    database.close();
  }
}
