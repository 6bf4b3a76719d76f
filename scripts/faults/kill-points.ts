import type { Database } from '../../native-bridge/store/database.ts';

/** Called whenever the program stands at a point where it might be killed. */
export type Reached = (point: string) => void;

const statement = /^\s*(INSERT INTO|UPDATE|DELETE FROM|CREATE \w+(?: \w+)?|DROP \w+|ALTER TABLE|PRAGMA)\s+(\w+)/;

/** `UPDATE outbox` of a whole statement; the name of a kill point must not change with its parameters. */
export function nameOf(sql: string): string {
  const match = statement.exec(sql);
  return match === null ? sql.trim().slice(0, 24) : `${match[1]} ${match[2]}`;
}

/** The same database, with a kill point before and after every writing statement and around every commit. */
export function withKillPoints(database: Database, reached: Reached): Database {
  let depth = 0;
  let first = '';
  const around = <T>(sql: string, work: () => T): T => {
    const name = nameOf(sql);
    if (first === '') first = name;
    reached(`before ${name}`);
    const result = work();
    reached(`after ${name}`);
    return result;
  };
  const outermost = <T>(work: () => T): T => {
    first = '';
    const result = database.write(() => {
      const inner = work();
      if (first !== '') reached(`before the commit of ${first}`);
      return inner;
    });
    if (first !== '') reached(`after the commit of ${first}`);
    return result;
  };
  return {
    ...database,
    run: (sql, parameters) => around(sql, () => database.run(sql, parameters)),
    script: (sql) => around(sql, () => database.script(sql)),
    write: (work) => {
      depth += 1;
      try {
        return depth === 1 ? outermost(work) : database.write(work);
      } finally {
        depth -= 1;
      }
    },
  };
}

function methodOf(body: unknown): string {
  const text = body instanceof Uint8Array ? Buffer.from(body).toString('latin1') : typeof body === 'string' ? body : '';
  return new URLSearchParams(text).get('method') ?? '';
}

/** The same `fetch`, with a kill point before a request leaves, while it is on its way, and when its answer is there. */
export function fetchWithKillPoints(original: typeof fetch, reached: Reached): typeof fetch {
  return async (input, init) => {
    const method = methodOf(init?.body);
    reached(`before the request ${method}`);
    setImmediate(() => reached(`during the request ${method}`));
    const response = await original(input, init);
    reached(`after the answer to ${method}`);
    return response;
  };
}
