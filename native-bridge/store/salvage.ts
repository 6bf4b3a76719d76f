import { existsSync } from 'node:fs';
import { z } from 'zod';
import { recordStateSchema } from '../contract/enrolment.ts';
import type { Team } from '../contract/enrolment.ts';
import { optional } from './column.ts';
import type { Database } from './database.ts';
import { removeDraft } from './drafts.ts';
import { readMedia, writeMedia } from './media.ts';
import type { Media } from './media.ts';
import { openDamaged } from './open-database.ts';
import { sealedDraftSchema } from './seal.ts';
import { stationActor } from './store-context.ts';
import type { StoreContext } from './store-context.ts';
import { contentHash, putTogether } from './stored-draft.ts';

/** A file of so many records holds more than any disk of a station. */
const mostPositions = 1_000_000;

const recordSchema = z.object({
  id: z.string(),
  content: z.string(),
  content_hash: z.string(),
  sealed_at: z.string(),
  project_code: z.string(),
  card_number: z.string(),
  name: z.string(),
  team_name: z.string(),
  work_type: optional(z.string()),
  band: z.string(),
  seconds: z.number(),
  photo_attempt: z.int(),
  // An earlier version of the file has no such columns.
  supersedes: optional(z.string()).optional(),
  origin: optional(z.string()).optional(),
});
type RecordRow = z.infer<typeof recordSchema>;

const journeySchema = z.object({ state: recordStateSchema, serial: optional(z.string()) });
type Journey = z.infer<typeof journeySchema>;

/** Reading a damaged file: what cannot be read is not there. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function lastPosition(damaged: Database): number {
  const queries = [
    'SELECT max(position) AS last FROM records',
    `SELECT seq AS last FROM sqlite_sequence WHERE name = 'records'`,
  ];
  const found = queries.map((sql) => readable(() => damaged.row(z.object({ last: z.int() }), sql))?.last ?? 0);
  return Math.min(Math.max(...found), mostPositions);
}

interface Found {
  readonly row: RecordRow;
  readonly media: Media;
  readonly team: Team;
}

/** A record that is what was sealed, to the last byte of its pictures. */
function genuine(damaged: Database, position: number): Found | undefined {
  return readable(() => {
    const row = damaged.row(recordSchema, 'SELECT * FROM records WHERE position = @position', { position });
    if (row === undefined) return undefined;
    const parts = { content: row.content, media: readMedia(damaged, row.id) };
    if (contentHash(parts) !== row.content_hash) return undefined;
    return { row, media: parts.media, team: putTogether(sealedDraftSchema, parts).team };
  });
}

function insertRecord(database: Database, { content_hash: hash, ...row }: RecordRow, now: string): void {
  database.run(
    `INSERT INTO records (id, content, content_hash, sealed_at, changed_at, project_code, card_number, name, team_name,
       work_type, band, seconds, photo_attempt, supersedes, origin)
     VALUES (@id, @content, @hash, @sealed_at, @now, @project_code, @card_number, @name, @team_name, @work_type, @band,
       @seconds, @photo_attempt, @supersedes, @origin)`,
    { supersedes: undefined, origin: undefined, ...row, hash, now },
  );
}

/**
 * Where a saved record goes on. The end of its way is believed, and a serial is asked for; anything else may have been
 * sent. Where nothing is known a person decides, as it may have been taken back.
 */
function journeyOf(known: Journey | undefined): { state: string; serial?: string | undefined; inDoubt: number } {
  if (known === undefined) return { state: 'needs-attention', inDoubt: 1 };
  if (known.state === 'sealed' || known.state === 'sending') return { state: 'sealed', inDoubt: 1 };
  return { state: known.state, serial: known.serial, inDoubt: known.state === 'needs-attention' ? 1 : 0 };
}

function setJourney(database: Database, id: string, known: Journey | undefined, now: string): void {
  const { state, serial, inDoubt } = journeyOf(known);
  database.run(
    `INSERT INTO outbox (record_id, state, serial, in_doubt, next_attempt_at, error_code, error_detail)
     VALUES (@id, @state, @serial, @inDoubt, @at, @code, @detail)`,
    {
      id,
      state,
      serial,
      inDoubt,
      at: state === 'sealed' || state === 'accepted' ? now : undefined,
      code: state === 'needs-attention' ? 'store.corrupt' : undefined,
      detail: state === 'needs-attention' ? 'salvaged' : undefined,
    },
  );
}

/** The record's team, without which it could not be sent; one of the same name is another id and stays. */
function keepTeam(database: Database, { teamSysNo: _asked, ...team }: Team): void {
  database.run(
    `INSERT OR IGNORE INTO teams (id, project_code, project_name, corp_code, corp_name, team_name, work_type)
     VALUES (@id, @projectCode, @projectName, @corpCode, @corpName, @teamName, @workType)`,
    team,
  );
}

const journeyIn = (damaged: Database, id: string): Journey | undefined =>
  readable(() => damaged.row(journeySchema, 'SELECT state, serial FROM outbox WHERE record_id = @id', { id }));

function take(context: StoreContext, damaged: Database, { row, media, team }: Found): void {
  const { database, audit, now } = context;
  writeMedia(database, row.id, media);
  insertRecord(database, row, now().toISOString());
  setJourney(database, row.id, journeyIn(damaged, row.id), now().toISOString());
  keepTeam(database, team);
  removeDraft(context, row.id);
  audit.append({ action: 'record.salvaged', subject: row.id, actor: stationActor, detail: { hash: row.content_hash } });
}

const ends = new Set(['confirmed', 'withdrawn', 'superseded', 'handed-over']);

/** The end of a known record's way, where the damaged file tells it: then it is not to be sent any more. */
function takeEnd({ database }: StoreContext, damaged: Database, id: string): void {
  const known = journeyIn(damaged, id);
  if (known === undefined || !ends.has(known.state)) return;
  database.run(
    `UPDATE outbox SET state = @state, serial = @serial, in_doubt = 0, next_attempt_at = NULL WHERE record_id = @id`,
    { id, ...known },
  );
}

const idSchema = z.object({ id: z.string() });

function takeAll(context: StoreContext, damaged: Database): number {
  const known = new Set(context.database.rows(idSchema, 'SELECT id FROM records').map(({ id }) => id));
  for (const id of known) takeEnd(context, damaged, id);
  let taken = 0;
  const last = lastPosition(damaged);
  for (let position = 1; position <= last; position += 1) {
    const found = genuine(damaged, position);
    if (found === undefined || known.has(found.row.id)) continue;
    take(context, damaged, found);
    taken += 1;
  }
  return taken;
}

/**
 * Takes over what can be read of `file`, a copy of a damaged data file, and passes its hashes: sealed records that the
 * store lacks, and how those it has came to their end. Returns how many records were taken. Call inside a transaction.
 */
export function salvage(context: StoreContext, file: string, key: Uint8Array): number {
  if (!existsSync(file)) return 0;
  const damaged = readable(() => openDamaged(file, key));
  if (damaged === undefined) return 0;
  try {
    return takeAll(context, damaged);
  } finally {
    readable(() => damaged.close());
  }
}
