import { z } from 'zod';
import { draftSchema } from '../contract/enrolment.ts';
import type { Comparison, Draft, RecordSummary } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import type { Database } from './database.ts';
import { refuseFinished, removeDraft } from './drafts.ts';
import { countSealed } from './enrolment-figures.ts';
import { insertDescriptor } from './face-descriptors.ts';
import type { EngineDescriptor } from './face-descriptors.ts';
import { writeMedia } from './media.ts';
import { addToOutbox } from './outbox-entries.ts';
import { newEntry } from './outbox-transition.ts';
import type { OutboxEntry } from './outbox-transition.ts';
import { isOfConfirmed, receiptsOfPerson } from './receipts.ts';
import { findSummary, summaryOf } from './record-summary.ts';
import { mayHaveBeenSent } from './restored-moment.ts';
import { enterReview } from './reviews.ts';
import type { StoreContext } from './store-context.ts';
import { contentHash, takeApart } from './stored-draft.ts';
import { enterNameOf } from './worker-names.ts';

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
  readonly supersedes?: string | undefined;
  /** Fingerprint of the station that sealed it, when that was another one. */
  readonly origin?: string | undefined;
}

export function insertRecord(database: Database, draft: SealedDraft, sealing: Sealing): void {
  const { content, hash, sealedAt, supersedes, origin } = sealing;
  database.run(
    `INSERT INTO records (id, content, content_hash, sealed_at, changed_at, project_code, card_number, name, team_name,
       work_type, band, seconds, photo_attempt, supersedes, origin)
     VALUES (@id, @content, @hash, @sealedAt, @sealedAt, @projectCode, @number, @name, @teamName, @workType, @band,
       @seconds, @photoAttempt, @supersedes, @origin)`,
    {
      id: draft.id,
      content,
      hash,
      sealedAt,
      origin,
      projectCode: draft.team.projectCode,
      number: draft.card.fields.number,
      name: draft.card.fields.name,
      teamName: draft.team.teamName,
      workType: draft.fields.workType,
      band: bandOf(draft.comparison),
      seconds: (Date.parse(sealedAt) - Date.parse(draft.card.readAt)) / 1000,
      photoAttempt: draft.photo.attempt,
      supersedes,
    },
  );
}

/** How a record comes about other than by an enrolment. */
export interface Succession {
  /** The record that this one takes the place of. */
  readonly supersedes: string;
  readonly entry: OutboxEntry;
}

/** What the platform already has of a person whose record was erased here is brought up to date, not added again. */
function firstEntry(context: StoreContext, draft: SealedDraft): OutboxEntry {
  const { projectCode } = draft.team;
  const wasConfirmed = receiptsOfPerson(context, projectCode, draft.card.fields.number).some(isOfConfirmed);
  const inDoubt = mayHaveBeenSent(context.database, draft.startedAt);
  return { ...newEntry(context.now()), update: wasConfirmed, inDoubt };
}

/** What the trail says about the worker's having been there in person. */
function livenessWord({ liveness }: SealedDraft): string | undefined {
  if (liveness?.challenge?.passed === true) return 'passed';
  if (liveness?.exception !== undefined) return 'excepted';
  return liveness?.attestation && 'attested';
}

/** What a record begins with besides the draft. */
export interface Beginning {
  readonly succession?: Succession;
  /** The photo's descriptor, where it is stored with the record. */
  readonly face?: EngineDescriptor | undefined;
}

/** Which rule about ages was thought of at sealing, for the trail; nothing where none spoke. */
function ageOf({ card }: SealedDraft): string | undefined {
  const age = card.findings.find(({ code }) => code === 'age');
  return age?.reason && [age.reason, age.years].filter(Boolean).join(' ');
}

/** Writes record, pictures, outbox and audit row; call inside a transaction. */
export function writeRecord(context: StoreContext, draft: SealedDraft, actor: string, more: Beginning = {}): void {
  const { database, audit, now } = context;
  const { succession, face } = more;
  const parts = takeApart(draft);
  const hash = contentHash(parts);
  const supersedes = succession?.supersedes;
  // Pictures first: once the record exists, its pictures cannot be changed any more.
  writeMedia(database, draft.id, parts.media);
  const sealedAt = sealInstant(database, now());
  insertRecord(database, draft, { content: parts.content, hash, sealedAt, supersedes });
  // A correction is no enrolment.
  if (supersedes === undefined) countSealed(context, draft, sealedAt, actor);
  enterReview(database, draft, actor, supersedes);
  addToOutbox(context, draft.id, succession?.entry ?? firstEntry(context, draft));
  enterNameOf(database, draft.id);
  if (face !== undefined) insertDescriptor(database, draft.id, face);
  const { exception: photoException } = draft.photo;
  const liveness = livenessWord(draft);
  const detail = { hash, supersedes, age: ageOf(draft), photoException, liveness };
  audit.append({ action: 'record.sealed', subject: draft.id, actor, detail });
}

/**
 * Turns a draft into a record: content, pictures, audit row and outbox row in one transaction, and the draft is gone.
 * `face` is stored with it while the search for one face under two numbers is switched on for the project.
 * Sealing the same id again changes nothing and returns what is there. Throws `enrolment.incomplete` naming the
 * missing parts, and `enrolment.none` for a discarded draft; after any error the draft is as it was.
 */
export function seal(context: StoreContext, draft: Draft, actor: string, face?: EngineDescriptor): RecordSummary {
  return context.database.write(() => {
    const existing = findSummary(context.database, draft.id);
    if (existing !== undefined) return existing;
    context.database.health.demandSound();
    refuseFinished(context, draft.id);
    writeRecord(context, complete(draft), actor, { face });
    removeDraft(context, draft.id);
    return summaryOf(context.database, draft.id);
  });
}
