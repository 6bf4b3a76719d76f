import { z } from 'zod';
import { asStationError } from '../../contract/errors.ts';
import type { Database } from '../database.ts';
import { writeMedia } from '../media.ts';
import { addToOutbox, entryOf } from '../outbox-entries.ts';
import { newEntry } from '../outbox-transition.ts';
import type { OutboxEntry } from '../outbox-transition.ts';
import { insertRecord, sealedDraftSchema, sealInstant } from '../seal.ts';
import type { SealedDraft } from '../seal.ts';
import type { StoreContext } from '../store-context.ts';
import { contentHash, putTogether } from '../stored-draft.ts';
import { adoptTeam } from '../teams.ts';
import { enterNameOf } from '../worker-names.ts';
import { isGenuineAudit, storeCarriedAudit } from './carried-record.ts';
import { keepConflict } from './conflicts.ts';
import { sendAgain } from './outcomes.ts';
import type { CarriedRecord } from './package-part.ts';
import { type Incoming, noteIncoming } from './transfer-ledger.ts';

/**
 * What became of a record that came: `entered` and is sent from here, `older` entered but newer data of the person is
 * here, `ended` entered as finished as it was, `unchanged` was here, `erased` was here and has been erased,
 * `conflict` differs from what is here, `unreadable` is not what was sealed.
 */
export type Entrance = 'entered' | 'older' | 'ended' | 'unchanged' | 'erased' | 'conflict' | 'unreadable';

/** The content, when it is what was sealed under this id. */
function genuine(record: CarriedRecord): SealedDraft | undefined {
  const { id, content, media, audit } = record;
  if (contentHash({ content, media }) !== record.contentHash) return undefined;
  if (!audit.every((row) => isGenuineAudit(row, id))) return undefined;
  try {
    const draft = putTogether(sealedDraftSchema, { content, media });
    return draft.id === id ? draft : undefined;
  } catch (cause) {
    if (asStationError(cause).code === 'store.corrupt') return undefined;
    throw cause;
  }
}

const isKnown = z.object({ hash: z.string() });

function hashHere(database: Database, id: string): string | undefined {
  const sql = `
    SELECT content_hash AS hash FROM records WHERE id = @id UNION ALL SELECT '' FROM drafts WHERE id = @id LIMIT 1`;
  return database.row(isKnown, sql, { id })?.hash;
}

/** Sealed or taken in here once, and gone since: erased after its time or at the person's wish. */
function wasErased(database: Database, id: string): boolean {
  const sql = `
    SELECT 1 AS yes FROM receipts WHERE id = @id AND scope = 'record'
    UNION ALL SELECT 1 FROM audit WHERE subject = @id AND action IN ('record.sealed', 'record.imported') LIMIT 1`;
  return database.row(z.object({ yes: z.int() }), sql, { id }) !== undefined;
}

function hasNewer(database: Database, draft: SealedDraft, sealedAt: string): boolean {
  const sql = `
    SELECT 1 AS yes FROM records JOIN outbox ON record_id = id
    WHERE project_code = @projectCode AND card_number = @number AND sealed_at > @sealedAt AND state <> 'withdrawn'
    LIMIT 1`;
  const { projectCode } = draft.team;
  return (
    database.row(z.object({ yes: z.int() }), sql, { projectCode, number: draft.card.fields.number, sealedAt }) !==
    undefined
  );
}

/**
 * What was not finished elsewhere is sent from here, always in doubt: whoever sent the package may take it back or have
 * sent the record before, so the platform is asked first.
 */
function firstEntry({ state, serial }: CarriedRecord, isOlder: boolean, now: Date): OutboxEntry {
  const ended = { ...newEntry(now), nextAttemptAt: undefined };
  switch (state) {
    case 'withdrawn':
    case 'superseded':
      return { ...ended, state };
    case 'confirmed':
    case 'handed-over':
      return { ...ended, state: isOlder ? 'superseded' : state, serial };
    case 'sealed':
    case 'sending':
    case 'accepted':
    case 'needs-attention':
      return isOlder ? { ...ended, state: 'superseded' } : { ...newEntry(now), inDoubt: true };
  }
}

/** Only what is here already can be followed up, so that corrections never lead in a circle. */
function hereOnly(database: Database, id: string | undefined): string | undefined {
  return id !== undefined && hashHere(database, id) !== undefined ? id : undefined;
}

function enterNew(context: StoreContext, record: CarriedRecord, draft: SealedDraft, incoming: Incoming): Entrance {
  const { database, audit, now } = context;
  const { id, content, contentHash: hash, media, origin, supersedes } = record;
  const isOlder = hasNewer(database, draft, record.sealedAt);
  const entry = firstEntry(record, isOlder, now());
  // Pictures first: once the record exists, its pictures cannot be changed any more.
  writeMedia(database, id, media);
  const sealedAt = sealInstant(database, new Date(record.sealedAt));
  insertRecord(database, draft, { content, hash, sealedAt, supersedes: hereOnly(database, supersedes), origin });
  addToOutbox(context, id, entry);
  enterNameOf(database, id);
  adoptTeam(database, draft.team);
  storeCarriedAudit(database, id, record.audit);
  noteIncoming(context, incoming, id);
  const { state: is, inDoubt } = entry;
  const detail = { hash, origin, package: incoming.id, was: record.state, is, inDoubt };
  audit.append({ action: 'record.imported', subject: id, actor: incoming.peer, detail });
  if (entry.state === 'sealed') return 'entered';
  return isOlder ? 'older' : 'ended';
}

/** A record that this station gave away comes back from another one: from now on it is sent from here again. */
function comeBack(context: StoreContext, id: string, incoming: Incoming): Entrance {
  const { database } = context;
  const isNews = noteIncoming(context, incoming, id);
  if (!isNews || incoming.kind !== 'hand-over' || entryOf(database, id).state !== 'handed-over') return 'unchanged';
  sendAgain(context, id, 'come-back', incoming.peer);
  return entryOf(database, id).state === 'sealed' ? 'entered' : 'ended';
}

/** Takes a record in, in one transaction; `own` when the package was written by this very station. */
export function enterRecord(context: StoreContext, record: CarriedRecord, incoming: Incoming, own: boolean): Entrance {
  const draft = genuine(record);
  if (draft === undefined) return 'unreadable';
  const { database } = context;
  return database.write(() => {
    const here = hashHere(database, record.id);
    if (here === record.contentHash) return own ? 'unchanged' : comeBack(context, record.id, incoming);
    if (here !== undefined) {
      keepConflict(context, record, { station: incoming.peer, transferId: incoming.id });
      return 'conflict';
    }
    return wasErased(database, record.id) ? 'erased' : enterNew(context, record, draft, incoming);
  });
}
