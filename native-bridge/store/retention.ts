import { z } from 'zod';
import { recordStateSchema } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { defaultRetention, eraseReasonSchema, retentionSettingsSchema } from '../contract/record-life.ts';
import type { EraseReason, LockReason, RetentionSettings } from '../contract/record-life.ts';
import { flag, optional } from './column.ts';
import type { Database } from './database.ts';
import { removeDraft } from './drafts.ts';
import { eraseDescriptor } from './face-descriptors.ts';
import { eraseMedia } from './media.ts';
import { receiptsOf, receiptsOfPerson, writeReceipt } from './receipts.ts';
import type { Receipt, ReceiptScope } from './receipts.ts';
import { createSettings } from './settings.ts';
import { stationActor } from './store-context.ts';
import type { StoreContext } from './store-context.ts';

/** Place in a pass through all records, oldest change first. */
export interface RetentionCursor {
  readonly changedAt: string;
  readonly id: string;
}

export interface RetentionSlice {
  readonly erased: number;
  /** Where to go on; undefined at the end. */
  readonly next: RetentionCursor | undefined;
}

/** What became of the records of the person who wishes to be erased. */
export interface WishOutcome {
  readonly locked: readonly string[];
  readonly erased: readonly string[];
}

export interface Retention {
  settings(): RetentionSettings;
  configure(settings: RetentionSettings, actor: string): void;
  /** Drafts whose time is over; a few at a time, until there are none. */
  dueDrafts(): string[];
  eraseDraft(id: string): void;
  /** Takes those off the lists who never came and whose time is over. */
  eraseExpected(): void;
  /**
   * Looks at the next records of a pass and erases those whose time is over, in one transaction and a few at a time. Only
   * what has come to its end goes: pictures of confirmed records first, then whole records; each leaves a receipt.
   */
  slice(after?: RetentionCursor): RetentionSlice;
  /** After a pass: nothing of what was erased stays in the log. */
  finish(): void;
  /**
   * A person's wish for deletion, or withdrawn consent, for every record in the project of `id`: what never reached the
   * platform is erased; the rest is locked while the statutory period runs, else erased. Throws `record.not-ended` while
   * one of them is on its way or set aside, `record.locked` when there is nothing left to do, and `store.not-found`.
   */
  wish(id: string, reason: LockReason, actor: string): WishOutcome;
  isLocked(id: string): boolean;
  receiptsOf(id: string): Receipt[];
  /** What was erased of the holder of a number, who is recognised without the number being kept. */
  receiptsOfPerson(projectCode: string, number: string): Receipt[];
}

const settingsKey = 'retention';

/** Looked at and erased in one slice: some ten milliseconds, so that nobody waits. */
const recordsLookedAt = 200;
const erasedAtOnce = 8;

const dayMs = 86_400_000;

function settingsOf(database: Database): RetentionSettings {
  return createSettings(database).get(settingsKey, retentionSettingsSchema) ?? defaultRetention;
}

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * dayMs).toISOString();

const candidateSchema = z.object({
  id: z.string(),
  changedAt: z.string(),
  state: recordStateSchema,
  hasPictures: flag,
  lockReason: optional(eraseReasonSchema),
  withdrawalReason: optional(z.string()),
});
type Candidate = z.infer<typeof candidateSchema>;

const candidateColumns = `
  SELECT id, changed_at AS changedAt, state, EXISTS (SELECT 1 FROM media WHERE owner = id) AS hasPictures,
    locks.reason AS lockReason, withdrawals.reason AS withdrawalReason
  FROM records JOIN outbox ON outbox.record_id = id
    LEFT JOIN locks ON locks.record_id = id LEFT JOIN withdrawals ON withdrawals.record_id = id`;

const nextCandidates = `${candidateColumns}
  WHERE (changed_at, id) > (@changedAt, @id) AND changed_at <= @now
  ORDER BY changed_at, id LIMIT @limit`;

const samePerson = `${candidateColumns}
  WHERE (project_code, card_number) = (SELECT project_code, card_number FROM records WHERE id = @id)
  ORDER BY records.position`;

function projectOf(database: Database, id: string): string {
  const sql = 'SELECT project_code AS code FROM records WHERE id = @id';
  return database.row(z.object({ code: z.string() }), sql, { id })?.code ?? '';
}

/** Whether the ledger's time is over: the period runs from the later of confirmation and completion of the project. */
function isLedgerOver({ database, now }: StoreContext, { id, changedAt }: Candidate): boolean {
  const { records, completed } = settingsOf(database);
  const limit = daysBefore(now(), records);
  if (changedAt > limit) return false;
  const completion = completed[projectOf(database, id)];
  return completion !== undefined && new Date(completion).toISOString() <= limit;
}

/** What of a record is due now. What is on its way, wants a person or was handed over never is. */
function dueScope(context: StoreContext, record: Candidate): ReceiptScope | undefined {
  const { pictures, unused } = settingsOf(context.database);
  const since = (days: number) => record.changedAt <= daysBefore(context.now(), days);
  if (record.state === 'withdrawn' || record.state === 'superseded')
    return since(unused) || record.withdrawalReason === 'consent-withdrawn' ? 'record' : undefined;
  if (record.state !== 'confirmed') return undefined;
  if (isLedgerOver(context, record)) return 'record';
  return record.hasPictures && since(pictures) ? 'pictures' : undefined;
}

/** Inside a transaction: the receipt, then what it is of. */
function erase(context: StoreContext, id: string, scope: ReceiptScope, reason: EraseReason, actor: string): void {
  const { database, audit } = context;
  writeReceipt(context, id, scope, reason);
  eraseMedia(database, id);
  eraseDescriptor(database, id);
  if (scope === 'record') database.run('DELETE FROM records WHERE id = @id', { id });
  const hash = receiptsOf(database, id).at(-1)?.contentHash;
  audit.append({ action: `${scope}.erased`, subject: id, actor, detail: { reason, hash } });
}

function reasonOf({ lockReason, withdrawalReason }: Candidate): EraseReason {
  return lockReason ?? (withdrawalReason === 'consent-withdrawn' ? 'consent-withdrawn' : 'period-over');
}

const beginning: RetentionCursor = { changedAt: '', id: '' };

function slice(context: StoreContext, after: RetentionCursor): RetentionSlice {
  const { database, now } = context;
  const parameters = { ...after, now: now().toISOString(), limit: recordsLookedAt };
  let next: RetentionCursor | undefined;
  let erased = 0;
  for (const record of database.rows(candidateSchema, nextCandidates, parameters)) {
    next = { changedAt: record.changedAt, id: record.id };
    const scope = dueScope(context, record);
    if (scope === undefined) continue;
    erase(context, record.id, scope, reasonOf(record), stationActor);
    if (++erased === erasedAtOnce) break;
  }
  return { erased, next };
}

function dueDrafts({ database, now }: StoreContext): string[] {
  const sql = `
    SELECT id FROM drafts WHERE coalesce(quarantined_at, saved_at) <= @limit ORDER BY position LIMIT ${erasedAtOnce}`;
  const limit = daysBefore(now(), settingsOf(database).drafts);
  return database.rows(z.object({ id: z.string() }), sql, { limit }).map(({ id }) => id);
}

function eraseDraft(context: StoreContext, id: string): void {
  if (removeDraft(context, id) === 0) throw new StationError('store.not-found', 'draft');
  erase(context, id, 'draft', 'period-over', stationActor);
}

/** Nobody is told who they were: the trail says how many went. */
function eraseExpected({ database, audit, now }: StoreContext): void {
  const limit = daysBefore(now(), settingsOf(database).expected);
  const entries = database.run('DELETE FROM expected_workers WHERE record_id IS NULL AND listed_at <= @limit', {
    limit,
  });
  const detail = { reason: 'period-over', entries };
  if (entries > 0) audit.append({ action: 'expected.erased', subject: stationActor, actor: stationActor, detail });
}

const isEnded = ({ state }: Candidate) => !['sealed', 'sending', 'accepted', 'needs-attention'].includes(state);

function recordsOfPerson(database: Database, id: string): Candidate[] {
  const records = database.rows(candidateSchema, samePerson, { id });
  if (records.length === 0) throw new StationError('store.not-found', 'record');
  if (!records.every(isEnded)) throw new StationError('record.not-ended');
  if (records.every(({ lockReason }) => lockReason !== undefined)) throw new StationError('record.locked');
  return records;
}

/** Throws the reason why a wish for deletion cannot be followed now. */
export function demandErasable(database: Database, id: string): void {
  recordsOfPerson(database, id);
}

export function isLocked(database: Database, id: string): boolean {
  const sql = 'SELECT 1 AS yes FROM locks WHERE record_id = @id';
  return database.row(z.object({ yes: z.int() }), sql, { id }) !== undefined;
}

function lock({ database, audit, now }: StoreContext, id: string, reason: LockReason, actor: string): void {
  const at = now().toISOString();
  database.run('INSERT INTO locks (record_id, locked_at, reason) VALUES (@id, @at, @reason)', { id, at, reason });
  eraseDescriptor(database, id);
  audit.append({ action: 'record.locked', subject: id, actor, detail: { reason } });
}

function wish(context: StoreContext, id: string, reason: LockReason, actor: string): WishOutcome {
  const records = recordsOfPerson(context.database, id).filter(({ lockReason }) => lockReason === undefined);
  const isNeeded = (record: Candidate) =>
    record.state === 'handed-over' || (record.state === 'confirmed' && !isLedgerOver(context, record));
  const locked = records.filter(isNeeded).map((record) => record.id);
  const erased = records.filter((record) => !isNeeded(record)).map((record) => record.id);
  for (const each of locked) lock(context, each, reason, actor);
  for (const each of erased) erase(context, each, 'record', reason, actor);
  return { locked, erased };
}

function configure({ database, audit }: StoreContext, settings: RetentionSettings, actor: string): void {
  createSettings(database).set(settingsKey, settings);
  audit.append({ action: 'retention.configured', subject: stationActor, actor, detail: { settings } });
}

export function createRetention(context: StoreContext): Retention {
  const { database } = context;
  return {
    settings: () => settingsOf(database),
    configure: (settings, actor) => database.write(() => configure(context, settings, actor)),
    dueDrafts: () => dueDrafts(context),
    eraseDraft: (id) => database.write(() => eraseDraft(context, id)),
    eraseExpected: () => database.write(() => eraseExpected(context)),
    slice: (after = beginning) => database.write(() => slice(context, after)),
    finish: () => database.checkpoint(),
    wish: (id, reason, actor) => {
      const outcome = database.write(() => wish(context, id, reason, actor));
      database.checkpoint();
      return outcome;
    },
    isLocked: (id) => isLocked(database, id),
    receiptsOf: (id) => receiptsOf(database, id),
    receiptsOfPerson: (projectCode, number) => receiptsOfPerson(context, projectCode, number),
  };
}
