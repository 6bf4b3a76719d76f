import { z } from 'zod';
import { StationError } from '../contract/errors.ts';
import {
  type ListedReview,
  type Review,
  type ReviewReason,
  reviewSchema,
  type ReviewState,
} from '../contract/review.ts';
import { jsonText, optional } from './column.ts';
import type { Database } from './database.ts';
import { change, entryOf } from './outbox-entries.ts';
import { needingAttention } from './outbox-transition.ts';
import { summaryOf } from './record-summary.ts';
import type { SealedDraft } from './seal.ts';
import type { StoreContext } from './store-context.ts';

export interface Decided {
  readonly approved: boolean;
  readonly note: string | undefined;
}

/** Records that want a second pair of eyes. */
export interface Reviews {
  /** Oldest seal first while open, newest decision first afterwards; without the locked ones. */
  list(state: ReviewState, limit: number): ListedReview[];
  open(): number;
  /** Throws `store.not-found`. */
  get(id: string): ListedReview;
  /**
   * Keeps what the reviewer said. A record that goes back and was not sent yet stays here and wants attention; one that the
   * platform has is put right from there. Throws `store.not-found` and `review.decided`.
   */
  decide(id: string, decided: Decided, reviewer: string): void;
  /** Whether a reviewer has said that the record is not to be used as it is. */
  isSentBack(id: string): boolean;
}

const rowSchema = z
  .object({
    id: z.string(),
    reasons: jsonText,
    sealedBy: z.string(),
    state: z.string(),
    decidedBy: optional(z.string()),
    decidedAt: optional(z.string()),
    note: optional(z.string()),
  })
  .transform(({ id, ...review }) => ({ id, review: reviewSchema.parse(review) }));

const select = `
  SELECT record_id AS id, reasons, sealed_by AS sealedBy, state, decided_by AS decidedBy, decided_at AS decidedAt, note
  FROM reviews`;

const unlocked = 'record_id NOT IN (SELECT record_id FROM locks)';

/** What of a sealed enrolment wants a second look. */
export function reviewReasonsOf(draft: SealedDraft): ReviewReason[] {
  const { comparison, decision, photo, liveness, faceSearch } = draft;
  const isGrey = comparison.kind === 'compared' && comparison.band === 'review';
  const isOverridden = comparison.kind === 'compared' && comparison.band === 'no-match' && decision !== undefined;
  const given: readonly (readonly [ReviewReason, boolean])[] = [
    ['grey-comparison', isGrey],
    ['comparison-overridden', isOverridden],
    ['not-compared', comparison.kind === 'cannot-compare'],
    ['photo-exception', photo.exception !== undefined],
    ['liveness-exception', liveness?.exception !== undefined],
    ['suspected-duplicate', faceSearch?.kind === 'searched' && faceSearch.found.length > 0],
  ];
  return given.filter(([, holds]) => holds).map(([reason]) => reason);
}

function insert(database: Database, id: string, reasons: readonly ReviewReason[], sealedBy: string): void {
  database.run('INSERT INTO reviews (record_id, reasons, sealed_by) VALUES (@id, @reasons, @sealedBy)', {
    id,
    reasons: JSON.stringify(reasons),
    sealedBy,
  });
}

const find = (database: Database, id: string): Review | undefined =>
  database.row(rowSchema, `${select} WHERE record_id = @id`, { id })?.review;

/** A correction changes nothing of what a reviewer approved; call inside the transaction of the seal. */
export function enterReview(database: Database, draft: SealedDraft, sealedBy: string, supersedes?: string): void {
  const before = supersedes === undefined ? undefined : find(database, supersedes);
  const reasons = reviewReasonsOf(draft);
  if (reasons.length > 0 && before?.state !== 'approved') insert(database, draft.id, reasons, sealedBy);
}

/** A consent that was taken back is looked at by somebody else as well, also where the record had been approved. */
export function reviewWithdrawnConsent(database: Database, id: string, by: string): void {
  const before = find(database, id);
  if (before === undefined) return insert(database, id, ['consent-withdrawn'], by);
  database.run(
    `UPDATE reviews SET reasons = @reasons, state = 'open', decided_by = NULL, decided_at = NULL, note = NULL
     WHERE record_id = @id`,
    { id, reasons: JSON.stringify([...before.reasons, 'consent-withdrawn']) },
  );
}

function get(database: Database, id: string): ListedReview {
  const review = find(database, id);
  if (review === undefined) throw new StationError('store.not-found', 'review');
  return { record: summaryOf(database, id), review };
}

function list(database: Database, state: ReviewState, limit: number): ListedReview[] {
  const order = state === 'open' ? 'position' : 'decided_at DESC';
  const sql = `${select} JOIN records ON id = record_id WHERE state = @state AND ${unlocked} ORDER BY ${order} LIMIT @limit`;
  const rows = database.rows(rowSchema, sql, { state, limit });
  return rows.map(({ id, review }) => ({ record: summaryOf(database, id), review }));
}

function decide(context: StoreContext, id: string, { approved, note }: Decided, reviewer: string): void {
  const { database, audit, now } = context;
  const { review } = get(database, id);
  if (review.state !== 'open') throw new StationError('review.decided');
  const state = approved ? 'approved' : 'sent-back';
  database.run(
    'UPDATE reviews SET state = @state, decided_by = @reviewer, decided_at = @at, note = @note WHERE record_id = @id',
    { id, state, reviewer, at: now().toISOString(), note },
  );
  audit.append({ action: `review.${state}`, subject: id, actor: reviewer, detail: { reasons: review.reasons } });
  if (approved || entryOf(database, id).state !== 'sealed') return;
  change(context, 'sent-back', id, reviewer, (entry) => needingAttention(entry, { code: 'review.sent-back' }, note));
}

export function createReviews(context: StoreContext): Reviews {
  const { database } = context;
  const countSchema = z.object({ count: z.int() });
  return {
    list: (state, limit) => list(database, state, limit),
    open: () =>
      database.row(countSchema, `SELECT count(*) AS count FROM reviews WHERE state = 'open' AND ${unlocked}`)?.count ??
      0,
    get: (id) => get(database, id),
    decide: (id, decided, reviewer) => database.write(() => decide(context, id, decided, reviewer)),
    isSentBack: (id) => find(database, id)?.state === 'sent-back',
  };
}
