import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { recordStateSchema } from '../contract/enrolment.ts';
import { eraseReasonSchema } from '../contract/record-life.ts';
import type { EraseReason } from '../contract/record-life.ts';
import { optional } from './column.ts';
import type { Database } from './database.ts';
import { createSettings } from './settings.ts';
import type { StoreContext } from './store-context.ts';

export const receiptScopes = ['draft', 'pictures', 'record'] as const;
export type ReceiptScope = (typeof receiptScopes)[number];

const receiptSchema = z
  .object({
    id: z.string(),
    scope: z.enum(receiptScopes),
    content_hash: optional(z.string()),
    sealed_at: optional(z.string()),
    confirmed_at: optional(z.string()),
    serial: optional(z.string()),
    project_code: optional(z.string()),
    state: optional(recordStateSchema),
    reason: eraseReasonSchema,
    erased_at: z.string(),
  })
  .transform((row) => ({
    id: row.id,
    scope: row.scope,
    contentHash: row.content_hash,
    sealedAt: row.sealed_at,
    confirmedAt: row.confirmed_at,
    serial: row.serial,
    projectCode: row.project_code,
    state: row.state,
    reason: row.reason,
    erasedAt: row.erased_at,
  }));

/** Proof of something that is no longer there. Times in UTC, hash as of the record. */
export type Receipt = Readonly<z.infer<typeof receiptSchema>>;

const keyName = 'receipts.person-key';
const keySchema = z.string().regex(/^[0-9a-f]{64}$/);

/** Made once for each data file: without it the few possible ID numbers could be tried one after another. */
function personKey(database: Database): Buffer {
  const settings = createSettings(database);
  const known = settings.get(keyName, keySchema);
  const key = known ?? randomBytes(32).toString('hex');
  if (known === undefined) settings.set(keyName, key);
  return Buffer.from(key, 'hex');
}

const personOf = (database: Database, number: string) =>
  createHmac('sha256', personKey(database)).update(number).digest('hex');

const recordSchema = z.object({
  hash: z.string(),
  sealedAt: z.string(),
  changedAt: z.string(),
  state: recordStateSchema,
  serial: optional(z.string()),
  projectCode: z.string(),
  number: z.string(),
});

function recordOf(database: Database, id: string) {
  const sql = `
    SELECT content_hash AS hash, sealed_at AS sealedAt, changed_at AS changedAt, state, serial,
      project_code AS projectCode, card_number AS number
    FROM records JOIN outbox ON record_id = id WHERE id = @id`;
  return database.row(recordSchema, sql, { id });
}

/** Writes the receipt of what the caller erases in the same transaction. */
export function writeReceipt(
  { database, now }: StoreContext,
  id: string,
  scope: ReceiptScope,
  reason: EraseReason,
): void {
  const record = recordOf(database, id);
  database.run(
    `INSERT INTO receipts (id, scope, content_hash, sealed_at, confirmed_at, serial, project_code, state, person, reason,
       erased_at)
     VALUES (@id, @scope, @hash, @sealedAt, @confirmedAt, @serial, @projectCode, @state, @person, @reason, @at)`,
    {
      id,
      scope,
      hash: record?.hash,
      sealedAt: record?.sealedAt,
      confirmedAt: record?.state === 'confirmed' ? record.changedAt : undefined,
      serial: record?.serial,
      projectCode: record?.projectCode,
      state: record?.state,
      person: record && personOf(database, record.number),
      reason,
      at: now().toISOString(),
    },
  );
}

export function hasReceipt(database: Database, id: string, scope: ReceiptScope): boolean {
  const sql = 'SELECT 1 AS yes FROM receipts WHERE id = @id AND scope = @scope';
  return database.row(z.object({ yes: z.int() }), sql, { id, scope }) !== undefined;
}

/** Receipts of one id, oldest first. */
export function receiptsOf(database: Database, id: string): Receipt[] {
  return database.rows(receiptSchema, 'SELECT * FROM receipts WHERE id = @id ORDER BY position', { id });
}

/** What was erased of a person in a project, oldest first: the person is recognised although the number is gone. */
export function receiptsOfPerson({ database }: StoreContext, projectCode: string, number: string): Receipt[] {
  const anything = database.row(z.object({ id: z.string() }), 'SELECT id FROM receipts LIMIT 1');
  if (anything === undefined) return [];
  const sql = 'SELECT * FROM receipts WHERE person = @person AND project_code = @projectCode ORDER BY position';
  return database.rows(receiptSchema, sql, { person: personOf(database, number), projectCode });
}

/** Whether the receipt is of a record that the platform had confirmed. */
export const isOfConfirmed = ({ scope, state }: Receipt): boolean => scope === 'record' && state === 'confirmed';
