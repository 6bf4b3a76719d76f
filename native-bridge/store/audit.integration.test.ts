import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';
import { openStore } from './open-store.ts';
import type { Store } from './open-store.ts';
import { sampleKey, temporaryFolder } from './sample-draft.ts';

const rows = 20;

let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = folder.path('station.db');
  withStore((store) => {
    for (let index = 1; index <= rows; index += 1) {
      store.audit.append({
        action: 'test.done',
        subject: `s${index % 2}`,
        actor: 'tester',
        detail: { index, on: true },
      });
    }
  });
});
afterEach(() => folder.remove());

function withStore<T>(use: (store: Store) => T): T {
  const store = openStore({ file, key: sampleKey, now: () => new Date('2026-11-02T01:00:00.000Z') });
  try {
    return use(store);
  } finally {
    store.close();
  }
}

/** What somebody with the key and a database tool does. */
function tamper(script: string): void {
  const database = openDatabase(file, sampleKey);
  try {
    database.script(script);
  } finally {
    database.close();
  }
}

const triggersOff = 'DROP TRIGGER audit_never_changed; DROP TRIGGER audit_never_deleted; DROP TRIGGER audit_in_order;';

test('an untouched trail verifies, also after opening again and going on', () => {
  expect(withStore((store) => store.audit.verify())).toEqual({ rows });
  withStore((store) => store.audit.append({ action: 'a', subject: 'b', actor: 'c' }));
  expect(withStore((store) => store.audit.verify())).toEqual({ rows: rows + 1 });
});

test('the rows of one subject come back in order with their detail', () => {
  const listed = withStore((store) => store.audit.list('s1'));
  expect(listed.map((row) => row.sequence)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
  expect(listed[0]).toEqual({
    sequence: 1,
    at: '2026-11-02T01:00:00.000Z',
    action: 'test.done',
    subject: 's1',
    actor: 'tester',
    detail: { index: 1, on: true },
  });
});

test.each([
  ['update', `UPDATE audit SET actor = 'other' WHERE sequence = 5`],
  ['delete', 'DELETE FROM audit WHERE sequence = 5'],
  [
    'replace',
    `INSERT OR REPLACE INTO audit SELECT 5, at, 'x', subject, actor, detail, previous, hash FROM audit LIMIT 1`,
  ],
  ['gap', `INSERT INTO audit SELECT 99, at, 'x', subject, actor, detail, previous, hash FROM audit LIMIT 1`],
])('the file itself refuses: %s', (_, statement) => {
  expect(() => tamper(statement)).toThrow(expect.objectContaining({ detail: 'SQLITE_CONSTRAINT_TRIGGER' }));
  expect(withStore((store) => store.audit.verify())).toEqual({ rows });
});

test.each([
  ['an altered actor', `UPDATE audit SET actor = 'other' WHERE sequence = 7`, 7],
  ['an altered detail', `UPDATE audit SET detail = '{}' WHERE sequence = 7`, 7],
  ['an altered time', `UPDATE audit SET at = '2026-11-02T01:00:01.000Z' WHERE sequence = 7`, 7],
  ['a row taken out', 'DELETE FROM audit WHERE sequence = 7', 7],
  ['the first row taken out', 'DELETE FROM audit WHERE sequence = 1', 1],
  ['the last rows cut off', 'DELETE FROM audit WHERE sequence > 15', 16],
  ['everything erased', 'DELETE FROM audit', 1],
])('%s is found', (_, statement, brokenAt) => {
  tamper(triggersOff + statement);
  expect(withStore((store) => store.audit.verify())).toMatchObject({ rows: brokenAt - 1, brokenAt });
});
