import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { canonicalJson, sha256 } from './canonical-json.ts';
import type { Json } from './canonical-json.ts';
import { jsonText } from './column.ts';
import type { Database } from './database.ts';

export interface AuditEntry {
  /** What was done, for example `record.sealed`. */
  readonly action: string;
  /** The id of what it was done to, or a fixed word such as `station`. */
  readonly subject: string;
  readonly actor: string;
  readonly detail?: Readonly<Record<string, Json | undefined>>;
}

export interface Verified {
  readonly rows: number;
  readonly brokenAt?: number;
}

/** The trail of what was done, by whom and when; rows are only ever added. */
export interface Audit {
  append(entry: AuditEntry): void;
  /** Recomputes the chain. `brokenAt` is the sequence of the first row that is missing, altered or out of place. */
  verify(): Verified;
  /** The same while the station goes on working; rows that are added meanwhile are looked at as well. */
  verifyInTurns(): Promise<Verified>;
  /** The rows of one subject, oldest first. */
  list(subject: string): AuditRow[];
}

const rowSchema = z.object({
  sequence: z.int(),
  at: z.iso.datetime(),
  action: z.string(),
  subject: z.string(),
  actor: z.string(),
  detail: z.string(),
  previous: z.string(),
  hash: z.string(),
});
type StoredRow = z.infer<typeof rowSchema>;

const headSchema = rowSchema.pick({ sequence: true, hash: true });
type Head = z.infer<typeof headSchema>;

const listedSchema = rowSchema
  .omit({ previous: true, hash: true })
  .extend({ detail: jsonText.pipe(z.record(z.string(), z.json())) });
export type AuditRow = Readonly<z.infer<typeof listedSchema>>;

/** What the first row follows. */
const beginning: Head = { sequence: 0, hash: '0'.repeat(64) };

function hashOf(row: Omit<StoredRow, 'hash'>): string {
  return sha256(JSON.stringify([row.sequence, row.at, row.action, row.subject, row.actor, row.detail, row.previous]));
}

function headOf(database: Database): Head {
  return database.row(headSchema, 'SELECT sequence, hash FROM audit_head') ?? beginning;
}

function following(head: Head, entry: AuditEntry, at: string): StoredRow {
  const row = {
    sequence: head.sequence + 1,
    at,
    action: entry.action,
    subject: entry.subject,
    actor: entry.actor,
    detail: canonicalJson(entry.detail ?? {}),
    previous: head.hash,
  };
  return { ...row, hash: hashOf(row) };
}

function append(database: Database, entry: AuditEntry, at: string): void {
  const row = following(headOf(database), entry, at);
  database.run(
    `INSERT INTO audit (sequence, at, action, subject, actor, detail, previous, hash)
     VALUES (@sequence, @at, @action, @subject, @actor, @detail, @previous, @hash)`,
    row,
  );
  database.run(
    `INSERT INTO audit_head (only, sequence, hash) VALUES (1, @sequence, @hash)
     ON CONFLICT (only) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash`,
    { sequence: row.sequence, hash: row.hash },
  );
}

function follows(row: StoredRow, previous: Head): boolean {
  return row.sequence === previous.sequence + 1 && row.previous === previous.hash && row.hash === hashOf(row);
}

/** Rows looked at in one turn; they take about ten milliseconds. */
const rowsInTurn = 1000;

/** Walks the whole chain, with a break after every `rowsInTurn` rows. */
function* verification(database: Database): Generator<undefined, Verified> {
  const sql = 'SELECT * FROM audit WHERE sequence > @after ORDER BY sequence LIMIT @limit';
  let last = beginning;
  for (;;) {
    const rows = database.rows(rowSchema, sql, { after: last.sequence, limit: rowsInTurn });
    for (const row of rows) {
      if (!follows(row, last)) return { rows: last.sequence, brokenAt: last.sequence + 1 };
      last = row;
    }
    if (rows.length < rowsInTurn) return verifiedUpTo(database, last);
    yield;
  }
}

function verifiedUpTo(database: Database, last: Head): Verified {
  const head = headOf(database);
  const whole = head.sequence === last.sequence && head.hash === last.hash;
  return whole ? { rows: last.sequence } : { rows: last.sequence, brokenAt: last.sequence + 1 };
}

function verify(database: Database): Verified {
  const walk = verification(database);
  for (;;) {
    const step = walk.next();
    if (step.done === true) return step.value;
  }
}

async function verifyInTurns(database: Database): Promise<Verified> {
  const walk = verification(database);
  for (;;) {
    const step = walk.next();
    if (step.done === true) return step.value;
    await nextTurn();
  }
}

function list(database: Database, subject: string): AuditRow[] {
  return database.rows(
    listedSchema,
    'SELECT sequence, at, action, subject, actor, detail FROM audit WHERE subject = @subject ORDER BY sequence',
    { subject },
  );
}

export function createAudit(database: Database, now: () => Date): Audit {
  return {
    append: (entry) => database.write(() => append(database, entry, now().toISOString())),
    verify: () => verify(database),
    verifyInTurns: () => verifyInTurns(database),
    list: (subject) => list(database, subject),
  };
}
