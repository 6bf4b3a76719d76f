import type sqlite from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { StationError } from '../contract/errors.ts';
import { guarded } from './store-error.ts';
import { createHealth } from './store-health.ts';
import type { StoreHealth } from './store-health.ts';

type Bound = string | number | Uint8Array;

/** Named parameters of a statement; an undefined one is stored as SQL NULL. */
export type Parameters = Readonly<Record<string, Bound | undefined>>;

/**
 * One open, decrypted data file. Rows leave it only through a schema; a row that does not fit is `store.corrupt`, every
 * other failure is a `StationError` as well.
 */
export interface Database {
  row<S extends z.ZodType>(schema: S, sql: string, parameters?: Parameters): z.output<S> | undefined;
  rows<S extends z.ZodType>(schema: S, sql: string, parameters?: Parameters): z.output<S>[];
  /** Like `rows`, one at a time; no other statement may write while it is being consumed. */
  each<S extends z.ZodType>(schema: S, sql: string, parameters?: Parameters): Iterable<z.output<S>>;
  /** Runs a writing statement and tells how many rows it changed. */
  run(sql: string, parameters?: Parameters): number;
  /** Runs a script of statements without parameters. */
  script(sql: string): void;
  /** One IMMEDIATE transaction: all of `work` is durable when this returns, or nothing of it. Inner calls join the outer. */
  write<T>(work: () => T): T;
  /**
   * Moves the write-ahead log into the file and empties it, so that erased content is gone from the log too. When it
   * cannot (a full disk), nothing is lost and the next one catches up.
   */
  checkpoint(): void;
  /** Damage that was met while the file was in use. */
  readonly health: StoreHealth;
  /**
   * Until the returned function is called, the file itself does not change and is whole without its log: what is written
   * meanwhile stays in the log. For copying the file while the station goes on. Throws `backup.running` when it is held
   * still already, and `store.*` when the log cannot be moved into the file now.
   */
  holdStill(): () => void;
  close(): void;
}

/** Runs work on the driver; a page that cannot be authenticated is damage to the file, whoever meets it. */
type Guard = <T>(work: () => T) => T;

const guardOf =
  (health: StoreHealth): Guard =>
  (work) =>
    guarded(work, (error) => error.code === 'store.corrupt' && health.report(error));

type Statements = (sql: string) => sqlite.Statement;

function statementCache(raw: sqlite.Database): Statements {
  const prepared = new Map<string, sqlite.Statement>();
  return (sql) => {
    const statement = prepared.get(sql) ?? raw.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
}

function bind(parameters: Parameters): Record<string, Bound | null> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, value ?? null]));
}

function parse<S extends z.ZodType>(schema: S, row: unknown): z.output<S> {
  const result = schema.safeParse(row);
  if (result.success) return result.data;
  throw new StationError(
    'store.corrupt',
    `row: ${result.error.issues.map((issue) => issue.path.join('.')).join(', ')}`,
  );
}

function write<T>(raw: sqlite.Database, guard: Guard, work: () => T): T {
  return guard(() => (raw.inTransaction ? work() : raw.transaction(work).immediate()));
}

/** Pages in the log after which SQLite moves them into the file by itself; its default. */
const automaticCheckpointPages = 1000;

const held = new WeakSet<sqlite.Database>();

function checkpoint(raw: sqlite.Database): void {
  if (held.has(raw)) return;
  try {
    raw.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // The content is durable in the log; whatever stands in the way shows at the next write.
  }
}

const checkpointRowsSchema = z.tuple([z.object({ busy: z.int(), log: z.int(), checkpointed: z.int() })]);

function holdStill(raw: sqlite.Database): () => void {
  if (held.has(raw)) throw new StationError('backup.running');
  const [{ busy, log }] = guarded(() => checkpointRowsSchema.parse(raw.pragma('wal_checkpoint(TRUNCATE)')));
  if (busy !== 0 || log !== 0) throw new StationError('store.unavailable', 'checkpoint');
  raw.pragma('wal_autocheckpoint = 0');
  held.add(raw);
  return () => {
    if (!held.delete(raw) || !raw.open) return;
    raw.pragma(`wal_autocheckpoint = ${automaticCheckpointPages}`);
    checkpoint(raw);
  };
}

function* each<S extends z.ZodType>(schema: S, guard: Guard, rows: () => Iterable<unknown>): Generator<z.output<S>> {
  const iterator = guard(() => rows()[Symbol.iterator]());
  try {
    for (let next = guard(() => iterator.next()); next.done !== true; next = guard(() => iterator.next())) {
      yield parse(schema, next.value);
    }
  } finally {
    iterator.return?.();
  }
}

/** Wraps a connection that is keyed, checked and migrated. */
export function createDatabase(raw: sqlite.Database): Database {
  const health = createHealth();
  const guard = guardOf(health);
  const statement = statementCache(raw);
  return {
    row: (schema, sql, parameters = {}) => {
      const found = guard(() => statement(sql).get(bind(parameters)));
      return found === undefined ? undefined : parse(schema, found);
    },
    rows: (schema, sql, parameters = {}) =>
      guard(() => statement(sql).all(bind(parameters))).map((row) => parse(schema, row)),
    each: (schema, sql, parameters = {}) => each(schema, guard, () => raw.prepare(sql).iterate(bind(parameters))),
    run: (sql, parameters = {}) => guard(() => statement(sql).run(bind(parameters)).changes),
    script: (sql) => guard(() => void raw.exec(sql)),
    write: (work) => write(raw, guard, work),
    health,
    checkpoint: () => checkpoint(raw),
    holdStill: () => holdStill(raw),
    close: () => guard(() => void raw.close()),
  };
}
