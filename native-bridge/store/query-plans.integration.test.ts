import sqlite from 'better-sqlite3-multiple-ciphers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from './database.ts';
import type { Database } from './database.ts';
import { migrate } from './migration.ts';
import { storeOn } from './open-store.ts';
import type { Store } from './open-store.ts';
import { sampleDraft, sampleTeam } from './sample-draft.ts';

// Every statement that the store prepares is caught on its way to SQLite and its plan asked for. The file need not be
// large for that: without statistics the plan does not depend on the rows.
let statements: string[];
let raw: sqlite.Database;
let database: Database;
let store: Store;

beforeAll(() => {
  statements = [];
  raw = new sqlite(':memory:');
  const prepare = raw.prepare.bind(raw);
  raw.prepare = (sql: string) => {
    statements.push(sql);
    return prepare(sql);
  };
  database = createDatabase(raw);
  migrate(database);
  store = storeOn(database);
});
afterAll(() => store.close());

/** Small by nature: one row for each state, project, team of a project and draft, and rows made within the statement. */
const small =
  /^SCAN (worker_counts|outbox_counts|worker_projects|teams|drafts|audit_head|settings|CONSTANT ROW|json_each|\(.*\))( |$)/;
/** One row at most: whether there is any. */
const anyReceipt = /^SCAN receipts USING COVERING INDEX \w+$/;
/** That index holds only the names that are still to be entered. */
const unnamed = /^SCAN workers USING INDEX workers_not_named$/;
const bySearch = /^SCAN worker_names VIRTUAL TABLE INDEX \d+:.*M/;

/** What of the plans of `use` walks through a whole table or index, or sorts without an index to bound it. */
function walks(use: () => void): string[] {
  // A fresh connection wrapper has an empty cache of statements, so that each is prepared again.
  statements.length = 0;
  use();
  const explain = sqlite.prototype.prepare.bind(raw);
  return [...new Set(statements)].flatMap((sql) => {
    const plan = explain(`EXPLAIN QUERY PLAN ${sql}`);
    const names = [...new Set(sql.match(/@\w+/g) ?? [])].map((name) => [name.slice(1), 1] as const);
    return (plan.all(Object.fromEntries(names)) as { detail: string }[])
      .map(({ detail }) => detail)
      .filter(
        (detail) =>
          detail.startsWith('SCAN') && ![small, anyReceipt, unnamed, bySearch].some((known) => known.test(detail)),
      )
      .map((detail) => `${detail} in ${sql}`);
  });
}

const fresh = () => storeOn(createDatabase(raw));

test.each<readonly [string, (store: Store) => void]>([
  ['opening', () => undefined],
  ['counts', ({ records }) => void records.counts()],
  ['unsent', ({ records }) => void records.unsent()],
  ['today', ({ figures }) => void figures.today(sampleTeam.projectCode, new Date())],
  ['due', ({ outbox }) => void outbox.due(new Date(), 20)],
  ['next due', ({ outbox }) => void outbox.nextDueAt(new Date())],
  ['the queue', ({ records }) => void records.list({ limit: 50 })],
  [
    'the queue of a state, going on',
    ({ records }) => void records.list({ limit: 50, state: 'sealed', before: new Date().toISOString() }),
  ],
  ['finding by number', ({ records }) => void records.findByNumber('P', '1')],
  ['sealing', ({ records }) => void records.seal(sampleDraft(undefined, 100), 'test')],
  [
    'going on to the platform',
    ({ records, outbox }) => {
      const { id } = records.seal(sampleDraft('459999199001010027', 100), 'test');
      outbox.markSending(id);
      outbox.markConfirmed(id);
    },
  ],
  [
    'searching',
    ({ workers }) => {
      for (const text of ['', '试', 'sy', 'shi', '4599', '0019']) {
        for (const state of [undefined, 'sealed'] as const) {
          workers.search({ projectCode: sampleTeam.projectCode, text, state, teamName: undefined, limit: 50 });
          workers.search({ projectCode: sampleTeam.projectCode, text, state, teamName: '班', limit: 50, after: 3 });
        }
      }
    },
  ],
  [
    'the records of a person',
    ({ records, workers }) => void workers.recordsOf(records.seal(sampleDraft('459999199001010035', 100), 'test').id),
  ],
  [
    'statistics',
    ({ figures }) => {
      for (const teamName of [undefined, '班'])
        for (const operator of [undefined, 'test'])
          figures.statistics(sampleTeam.projectCode, { from: '2026-11-01', to: '2026-11-30', teamName, operator });
    },
  ],
  [
    'a list of the expected',
    ({ expected }) => {
      expected.list('T');
      expected.findByNumber(sampleTeam.projectCode, '1');
      expected.findByName('T', '样');
    },
  ],
  ['an export', ({ workers }) => void workers.exported(['1', '2'])],
])('%s walks through no table of records', (_, use) => {
  expect(walks(() => use(fresh()))).toEqual([]);
});

test('a statement that does walk is noticed', () => {
  expect(walks(() => void raw.prepare('SELECT count(*) FROM records WHERE name = 1').get())).toHaveLength(1);
});
