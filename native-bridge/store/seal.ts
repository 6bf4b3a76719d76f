import { z } from 'zod';
import { draftSchema } from '../contract/enrolment.ts';
import type { Comparison, Draft, RecordSummary } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { Database } from './database.ts';
import { refuseFinished, removeDraft } from './drafts.ts';
import { writeMedia } from './media.ts';
import { addToOutbox } from './outbox-entries.ts';
import { findSummary, summaryOf } from './record-summary.ts';
import type { StoreContext } from './store-context.ts';
import { contentHash, takeApart } from './stored-draft.ts';

/** A draft with everything that a record has to have. */
export const sealedDraftSchema = draftSchema.required({
  team: true,
  card: true,
  consent: true,
  photo: true,
  comparison: true,
});
export type SealedDraft = z.infer<typeof sealedDraftSchema>;

function complete(draft: Draft): SealedDraft {
  const result = sealedDraftSchema.safeParse(draft);
  if (result.success) return result.data;
  throw new StationError('enrolment.incomplete', result.error.issues.map((issue) => issue.path.join('.')).join(', '));
}

/** A free millisecond at or after `now`: `sealed_at` is the cursor of the list and therefore unique. */
export function sealInstant(database: Database, now: Date): string {
  const taken = (at: string) =>
    database.row(z.object({ id: z.string() }), 'SELECT id FROM records WHERE sealed_at = @at', { at }) !== undefined;
  let at = now;
  while (taken(at.toISOString())) at = new Date(at.getTime() + 1);
  return at.toISOString();
}

function bandOf(comparison: Comparison): string {
  return comparison.kind === 'compared' ? comparison.band : 'cannot-compare';
}

interface Sealing {
  readonly content: string;
  readonly hash: string;
  readonly sealedAt: string;
  /** Fingerprint of the station that sealed it, when that was another one. */
  readonly origin?: string | undefined;
}

export function insertRecord(database: Database, draft: SealedDraft, sealing: Sealing): void {
  database.run(
    `INSERT INTO records (id, content, content_hash, sealed_at, changed_at, project_code, card_number, name, team_name,
       work_type, band, seconds, photo_attempt, origin)
     VALUES (@id, @content, @hash, @sealedAt, @sealedAt, @projectCode, @number, @name, @teamName, @workType, @band,
       @seconds, @photoAttempt, @origin)`,
    {
      id: draft.id,
      ...sealing,
      origin: sealing.origin,
      projectCode: draft.team.projectCode,
      number: draft.card.fields.number,
      name: draft.card.fields.name,
      teamName: draft.team.teamName,
      workType: draft.fields.workType,
      band: bandOf(draft.comparison),
      seconds: (Date.parse(sealing.sealedAt) - Date.parse(draft.card.readAt)) / 1000,
      photoAttempt: draft.photo.attempt,
    },
  );
}

function write(context: StoreContext, draft: SealedDraft, actor: string): void {
  const { database, audit, now } = context;
  const parts = takeApart(draft);
  const hash = contentHash(parts);
  // Pictures first: once the record exists, its pictures cannot be changed any more.
  writeMedia(database, draft.id, parts.media);
  insertRecord(database, draft, { content: parts.content, hash, sealedAt: sealInstant(database, now()) });
  addToOutbox(context, draft.id);
  removeDraft(context, draft.id);
  audit.append({ action: 'record.sealed', subject: draft.id, actor, detail: { hash } });
}

/**
 * Turns a draft into a record: content, pictures, audit row and outbox row in one transaction, and the draft is gone.
 * Sealing the same id again changes nothing and returns what is there. Throws `enrolment.incomplete` naming the
 * missing parts, and `enrolment.none` for a discarded draft; after any error the draft is as it was.
 */
export function seal(context: StoreContext, draft: Draft, actor: string): RecordSummary {
  return context.database.write(() => {
    const existing = findSummary(context.database, draft.id);
    if (existing !== undefined) return existing;
    refuseFinished(context, draft.id);
    write(context, complete(draft), actor);
    return summaryOf(context.database, draft.id);
  });
}
