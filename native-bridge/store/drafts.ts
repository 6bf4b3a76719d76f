import { z } from 'zod';
import { draftSchema } from '../contract/enrolment.ts';
import type { Draft } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { eraseMedia, readMedia, writeMedia } from './media.ts';
import { stationActor } from './store-context.ts';
import type { StoreContext } from './store-context.ts';
import { putTogether, takeApart } from './stored-draft.ts';

export interface Drafts {
  /**
   * Stores a draft with its pictures in one transaction; durable when it returns. Throws `enrolment.none` for a draft
   * that was sealed or discarded already: a late save must not bring it back.
   */
  save(draft: Draft): void;
  /** The newest draft that is neither sealed nor discarded. One that cannot be read any more is put aside and kept. */
  current(): Draft | undefined;
  /** Erases a draft and its pictures for good. Throws `store.not-found`. */
  discard(id: string, reason: string, actor: string): void;
  /** How many unreadable drafts were put aside. */
  quarantined(): number;
}

const rowSchema = z.object({ id: z.string(), content: z.string() });

const newest = `
  SELECT id, content FROM drafts WHERE quarantined_at IS NULL ORDER BY position DESC LIMIT 1`;

const finished = `
  SELECT 1 AS yes FROM records WHERE id = @id
  UNION ALL
  SELECT 1 FROM receipts WHERE id = @id
  UNION ALL
  SELECT 1 FROM audit WHERE subject = @id AND action = 'draft.discarded'
  LIMIT 1`;

/** Throws `enrolment.none` when the id's enrolment has come to its end. */
export function refuseFinished({ database }: StoreContext, id: string): void {
  if (database.row(z.object({ yes: z.literal(1) }), finished, { id }) !== undefined) {
    throw new StationError('enrolment.none', 'sealed or discarded already');
  }
}

function save(context: StoreContext, draft: Draft): void {
  context.database.health.demandSound();
  const parts = takeApart(draft);
  refuseFinished(context, draft.id);
  writeMedia(context.database, draft.id, parts.media);
  context.database.run(
    `INSERT INTO drafts (id, started_at, saved_at, content) VALUES (@id, @startedAt, @savedAt, @content)
     ON CONFLICT (id) DO UPDATE SET saved_at = excluded.saved_at, content = excluded.content, quarantined_at = NULL`,
    { id: draft.id, startedAt: draft.startedAt, savedAt: context.now().toISOString(), content: parts.content },
  );
}

function quarantine({ database, audit, now }: StoreContext, id: string): void {
  database.write(() => {
    database.run('UPDATE drafts SET quarantined_at = @at WHERE id = @id', { id, at: now().toISOString() });
    audit.append({ action: 'draft.quarantined', subject: id, actor: stationActor });
  });
}

/** The draft, or undefined when its content or a picture is beyond reading. */
function readable({ database }: StoreContext, row: z.infer<typeof rowSchema>): Draft | undefined {
  try {
    return putTogether(draftSchema, { content: row.content, media: readMedia(database, row.id) });
  } catch (cause) {
    if (cause instanceof StationError && cause.code === 'store.corrupt') return undefined;
    throw cause;
  }
}

function current(context: StoreContext): Draft | undefined {
  for (;;) {
    const row = context.database.row(rowSchema, newest);
    if (row === undefined) return undefined;
    const draft = readable(context, row);
    if (draft !== undefined) return draft;
    quarantine(context, row.id);
  }
}

/** Inside the transaction that makes the draft something else; its pictures stay. */
export function removeDraft({ database }: StoreContext, id: string): number {
  return database.run('DELETE FROM drafts WHERE id = @id', { id });
}

function discard(context: StoreContext, id: string, reason: string, actor: string): void {
  if (removeDraft(context, id) === 0) throw new StationError('store.not-found', 'draft');
  eraseMedia(context.database, id);
  context.audit.append({ action: 'draft.discarded', subject: id, actor, detail: { reason } });
}

function quarantined({ database }: StoreContext): number {
  const sql = 'SELECT count(*) AS count FROM drafts WHERE quarantined_at IS NOT NULL';
  return database.row(z.object({ count: z.int() }), sql)?.count ?? 0;
}

export function createDrafts(context: StoreContext): Drafts {
  const { database } = context;
  return {
    save: (draft) => database.write(() => save(context, draft)),
    current: () => current(context),
    discard: (id, reason, actor) => {
      database.write(() => discard(context, id, reason, actor));
      database.checkpoint();
    },
    quarantined: () => quarantined(context),
  };
}
