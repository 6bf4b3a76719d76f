import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type ListedAccount, listedAccountSchema, type Role } from '../contract/account.ts';
import { StationError } from '../contract/errors.ts';
import { sha256 } from './canonical-json.ts';
import { flag, jsonText } from './column.ts';
import type { Database } from './database.ts';
import { type PasswordHash, passwordHashSchema } from './password-hash.ts';
import type { StoreContext } from './store-context.ts';

export interface NewAccount {
  readonly name: string;
  readonly role: Role;
  readonly password: PasswordHash;
  /** The password is good for one sign-in, which has to choose another. */
  readonly mustChange: boolean;
}

/** Wrong tries at one name since the last right one. */
export interface Tries {
  readonly failures: number;
  readonly triedAt: string;
}

/** The people who may work at the desk. Every change goes into the trail in the name of `actor`. */
export interface Accounts {
  /** In the order in which they were made. */
  list(): ListedAccount[];
  /** Throws `account.unknown`. */
  get(id: string): ListedAccount;
  named(name: string): ListedAccount | undefined;
  passwordOf(id: string): PasswordHash;
  /** Throws `account.name-taken`. */
  add(account: NewAccount, actor: string): ListedAccount;
  /** These throw `account.unknown` and `account.last-administrator`. */
  setRole(id: string, role: Role, actor: string): void;
  setActive(id: string, active: boolean, actor: string): void;
  setPassword(id: string, password: PasswordHash, mustChange: boolean, actor: string): void;
  /** Of any name, whether or not there is such an account. */
  tries(name: string): Tries | undefined;
  /** Before the password is looked at, so that no try goes uncounted. */
  countTry(name: string): void;
  forgetTries(name: string): void;
}

const rowSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    active: flag,
    mustChange: flag,
    createdBy: z.string(),
    createdAt: z.string(),
    passwordChangedAt: z.string(),
  })
  .pipe(listedAccountSchema);

const select = `
  SELECT id, name, role, active, must_change AS mustChange, created_by AS createdBy, created_at AS createdAt,
    password_changed_at AS passwordChangedAt
  FROM accounts`;

/** Full-width and small letters, and spaces within a name, make no other person. */
const plainName = (name: string) => name.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
export const isSameName = (a: string, b: string): boolean => plainName(a) === plainName(b);

/** Names that nobody has are kept for so many at most; a machine could try a new one every second. */
const mostTriedNames = 500;

function get(database: Database, id: string): ListedAccount {
  const row = database.row(rowSchema, `${select} WHERE id = @id`, { id });
  if (row === undefined) throw new StationError('account.unknown');
  return row;
}

const named = (database: Database, name: string) =>
  database.row(rowSchema, `${select} WHERE name_key = @key`, { key: plainName(name) });

function add({ database, audit, now }: StoreContext, account: NewAccount, actor: string): ListedAccount {
  const { name, role, password, mustChange } = account;
  if (named(database, name) !== undefined) throw new StationError('account.name-taken');
  const id = randomUUID();
  database.run(
    `INSERT INTO accounts (id, name, name_key, role, active, password, must_change, created_by, created_at, password_changed_at)
     VALUES (@id, @name, @key, @role, 1, @password, @mustChange, @actor, @at, @at)`,
    {
      id,
      name,
      key: plainName(name),
      role,
      password: JSON.stringify(password),
      mustChange: Number(mustChange),
      actor,
      at: now().toISOString(),
    },
  );
  audit.append({ action: 'account.added', subject: id, actor, detail: { name, role } });
  return get(database, id);
}

function demandAnotherAdministrator(database: Database, account: ListedAccount): void {
  if (account.role !== 'administrator' || !account.active) return;
  const schema = z.object({ others: z.int() });
  const sql = "SELECT count(*) AS others FROM accounts WHERE role = 'administrator' AND active = 1 AND id <> @id";
  if (database.row(schema, sql, { id: account.id })?.others === 0) throw new StationError('account.last-administrator');
}

function setRole({ database, audit }: StoreContext, id: string, role: Role, actor: string): void {
  const account = get(database, id);
  if (account.role === role) return;
  demandAnotherAdministrator(database, account);
  database.run('UPDATE accounts SET role = @role WHERE id = @id', { id, role });
  audit.append({ action: 'account.role-set', subject: id, actor, detail: { from: account.role, to: role } });
}

function setActive({ database, audit }: StoreContext, id: string, active: boolean, actor: string): void {
  const account = get(database, id);
  if (account.active === active) return;
  if (!active) demandAnotherAdministrator(database, account);
  database.run('UPDATE accounts SET active = @active WHERE id = @id', { id, active: Number(active) });
  audit.append({ action: active ? 'account.activated' : 'account.deactivated', subject: id, actor });
}

function setPassword(context: StoreContext, id: string, password: PasswordHash, mustChange: boolean, actor: string) {
  const { database, audit, now } = context;
  const { name } = get(database, id);
  database.run(
    `UPDATE accounts SET password = @password, must_change = @mustChange, password_changed_at = @at WHERE id = @id`,
    { id, password: JSON.stringify(password), mustChange: Number(mustChange), at: now().toISOString() },
  );
  database.run('DELETE FROM sign_in_tries WHERE name_key = @key', { key: digestOf(name) });
  audit.append({ action: mustChange ? 'account.password-reset' : 'account.password-changed', subject: id, actor });
}

function passwordOf(database: Database, id: string): PasswordHash {
  const schema = z.object({ password: jsonText.pipe(passwordHashSchema) });
  const row = database.row(schema, 'SELECT password FROM accounts WHERE id = @id', { id });
  if (row === undefined) throw new StationError('account.unknown');
  return row.password;
}

const digestOf = (name: string) => sha256(plainName(name));

function tries(database: Database, name: string): Tries | undefined {
  const schema = z.object({ failures: z.int(), triedAt: z.string() });
  const sql = 'SELECT failures, tried_at AS triedAt FROM sign_in_tries WHERE name_key = @key';
  return database.row(schema, sql, { key: digestOf(name) });
}

function countTry({ database, now }: StoreContext, name: string): void {
  database.run(
    `INSERT INTO sign_in_tries (name_key, failures, tried_at) VALUES (@key, 1, @at)
     ON CONFLICT (name_key) DO UPDATE SET failures = failures + 1, tried_at = excluded.tried_at`,
    { key: digestOf(name), at: now().toISOString() },
  );
  database.run(
    `DELETE FROM sign_in_tries WHERE name_key IN
       (SELECT name_key FROM sign_in_tries ORDER BY tried_at DESC LIMIT -1 OFFSET @most)`,
    { most: mostTriedNames },
  );
}

export function createAccounts(context: StoreContext): Accounts {
  const { database } = context;
  return {
    list: () => database.rows(rowSchema, `${select} ORDER BY rowid`),
    get: (id) => get(database, id),
    named: (name) => named(database, name),
    passwordOf: (id) => passwordOf(database, id),
    add: (account, actor) => database.write(() => add(context, account, actor)),
    setRole: (id, role, actor) => database.write(() => setRole(context, id, role, actor)),
    setActive: (id, active, actor) => database.write(() => setActive(context, id, active, actor)),
    setPassword: (id, password, mustChange, actor) =>
      database.write(() => setPassword(context, id, password, mustChange, actor)),
    tries: (name) => tries(database, name),
    countTry: (name) => database.write(() => countTry(context, name)),
    forgetTries: (name) =>
      database.write(() => {
        database.run('DELETE FROM sign_in_tries WHERE name_key = @key', { key: digestOf(name) });
      }),
  };
}
