import { z } from 'zod';
import { StationError } from '../contract/errors.ts';
import { sha256 } from './canonical-json.ts';
import { blob } from './column.ts';
import type { Database } from './database.ts';

export const mediaKinds = ['portrait', 'photo', 'signature', 'certificate'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/**
 * The pictures of one enrolment: card portrait (PNG), photo taken (JPEG), signature (as the screen gave it), and a
 * certificate that was handed in (JPEG or PDF).
 */
export type Media = Readonly<Partial<Record<MediaKind, Uint8Array | undefined>>>;

export type MediaHashes = Readonly<Partial<Record<MediaKind, string>>>;

const kindSchema = z.enum(mediaKinds);
const hashRowSchema = z.object({ kind: kindSchema, sha256: z.string() });
const mediaRowSchema = hashRowSchema.extend({ bytes: blob });
type MediaRow = z.infer<typeof mediaRowSchema>;

/** SHA-256 of every picture that is there. */
export function mediaHashes(media: Media): MediaHashes {
  const present = mediaKinds.flatMap((kind) => {
    const bytes = media[kind];
    return bytes === undefined ? [] : [[kind, sha256(bytes)] as const];
  });
  return Object.fromEntries(present);
}

function genuine(row: MediaRow): Uint8Array {
  if (sha256(row.bytes) !== row.sha256) throw new StationError('store.corrupt', `media ${row.kind}`);
  return row.bytes;
}

/** The hashes of what is stored, without a look at the pictures themselves. */
export function storedHashes(database: Database, owner: string): MediaHashes {
  const sql = `SELECT kind, sha256 FROM media WHERE owner = @owner
    UNION ALL SELECT 'certificate', sha256 FROM certificates WHERE owner = @owner`;
  const rows = database.rows(hashRowSchema, sql, { owner });
  return Object.fromEntries(rows.map((row) => [row.kind, row.sha256]));
}

/** Throws `store.corrupt` when a picture differs from the hash stored with it. */
export function readMedia(database: Database, owner: string): Media {
  const sql = `SELECT kind, sha256, bytes FROM media WHERE owner = @owner
    UNION ALL SELECT 'certificate', sha256, bytes FROM certificates WHERE owner = @owner`;
  const rows = database.rows(mediaRowSchema, sql, { owner });
  return Object.fromEntries(rows.map((row) => [row.kind, genuine(row)]));
}

export function readOneMedium(
  database: Database,
  owner: string,
  kind: Exclude<MediaKind, 'certificate'>,
): Uint8Array | undefined {
  const sql = 'SELECT kind, sha256, bytes FROM media WHERE owner = @owner AND kind = @kind';
  const row = database.row(mediaRowSchema, sql, { owner, kind });
  return row === undefined ? undefined : genuine(row);
}

function writeCertificate(database: Database, owner: string, bytes: Uint8Array, hash: string): void {
  database.run(
    `INSERT INTO certificates (owner, sha256, size, bytes) VALUES (@owner, @hash, @size, @bytes)
     ON CONFLICT (owner) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size, bytes = excluded.bytes`,
    { owner, hash, size: bytes.length, bytes },
  );
}

function eraseOne(database: Database, owner: string, kind: MediaKind): void {
  if (kind === 'certificate') database.run('DELETE FROM certificates WHERE owner = @owner', { owner });
  else database.run('DELETE FROM media WHERE owner = @owner AND kind = @kind', { owner, kind });
}

function writeOne(database: Database, owner: string, kind: MediaKind, bytes: Uint8Array, hash: string): void {
  if (kind === 'certificate') return writeCertificate(database, owner, bytes, hash);
  database.run(
    `INSERT INTO media (owner, kind, sha256, size, bytes) VALUES (@owner, @kind, @hash, @size, @bytes)
     ON CONFLICT (owner, kind) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size, bytes = excluded.bytes`,
    { owner, kind, hash, size: bytes.length, bytes },
  );
}

/** Makes the stored pictures those of `media`; one that is stored already is left alone. Call inside a transaction. */
export function writeMedia(database: Database, owner: string, media: Media): void {
  const stored = storedHashes(database, owner);
  const wanted = mediaHashes(media);
  for (const kind of mediaKinds) {
    const bytes = media[kind];
    const hash = wanted[kind];
    if (bytes !== undefined && hash !== undefined) {
      if (stored[kind] !== hash) writeOne(database, owner, kind, bytes, hash);
    } else if (stored[kind] !== undefined) {
      eraseOne(database, owner, kind);
    }
  }
}

export function eraseMedia(database: Database, owner: string): void {
  eraseOne(database, owner, 'certificate');
  database.run('DELETE FROM media WHERE owner = @owner', { owner });
}
