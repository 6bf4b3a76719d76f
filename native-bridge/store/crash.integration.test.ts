import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from './open-store.ts';
import type { Store } from './open-store.ts';
import { sampleKey, temporaryFolder } from './sample-draft.ts';

const child = fileURLToPath(new URL('crash-child.ts', import.meta.url));

let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = folder.path('station.db');
});
afterEach(() => folder.remove());

/** Runs the child until it has promised `lines` ids, kills it at once, and returns every id it promised. */
async function killAfter(lines: number, mode: string, firstIndex = 0): Promise<string[]> {
  const running = spawn(process.execPath, [child, file, mode, String(firstIndex)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(running, 'exit');
  const promised: string[] = [];
  for await (const line of createInterface({ input: running.stdout })) {
    promised.push(line);
    if (promised.length === lines) running.kill('SIGKILL');
  }
  const [, signal] = (await exited) as [unknown, string];
  expect(signal).toBe('SIGKILL');
  return promised;
}

function inspect(use: (store: Store) => void): void {
  const store = openStore({ file, key: sampleKey });
  try {
    use(store);
  } finally {
    store.close();
  }
}

/** Whatever stands in the store is whole: no half record, no record that is a draft as well, an unbroken trail. */
function expectWhole(store: Store): void {
  const records = store.records.list({ limit: 10_000 });
  for (const record of records) expect(store.records.load(record.id).id).toBe(record.id);
  expect(store.outbox.due(new Date(), 10_000)).toHaveLength(records.length);
  expect(records.map((record) => record.id)).not.toContain(store.drafts.current()?.id);
  expect(store.drafts.quarantined()).toBe(0);
  expect(store.audit.verify()).toEqual({ rows: records.length });
}

test('killed between marking and the answer, the record is in doubt, neither lost nor taken as sent', async () => {
  const [id = ''] = await killAfter(1, 'sending');
  inspect((store) => {
    expect(store.outbox.due(new Date(), 9)).toMatchObject([{ recordId: id, state: 'sending', inDoubt: true }]);
    expect(store.records.summary(id).state).toBe('sending');
    expect(store.records.unsent().count).toBe(1);
  });
});

test('killed again and again while sealing, nothing promised is lost and nothing is half there', async () => {
  const promised: string[] = [];
  for (const lines of [1, 3, 8, 2, 13, 5, 7, 4]) {
    promised.push(...(await killAfter(lines, 'sealing', promised.length * 2)));
    inspect((store) => {
      for (const id of promised) expect(store.records.summary(id).state).toBe('sealed');
      expectWhole(store);
    });
  }
  expect(promised.length).toBeGreaterThanOrEqual(43);
}, 120_000);

test('killed again and again while correcting, either the old record waits or its correction does, never both', async () => {
  const promised: string[] = [];
  for (const lines of [1, 4, 2, 7, 3]) {
    promised.push(...(await killAfter(lines, 'correcting', promised.length * 3)));
    inspect((store) => {
      for (const line of promised) {
        const [old = '', newer = ''] = line.split(' ');
        expect([store.records.summary(old).state, store.records.summary(newer).state]).toEqual([
          'superseded',
          'sealed',
        ]);
      }
      const records = store.records.list({ limit: 10_000 });
      for (const { id } of records) expect(store.records.load(id).id).toBe(id);
      const corrected = records.flatMap(({ supersedes }) => (supersedes === undefined ? [] : [supersedes]));
      const superseded = records.filter(({ state }) => state === 'superseded').map(({ id }) => id);
      expect(superseded.toSorted()).toEqual(corrected.toSorted());
      expect(store.outbox.due(new Date(), 10_000)).toHaveLength(records.length - corrected.length);
      expect(store.audit.verify()).not.toHaveProperty('brokenAt');
    });
  }
}, 120_000);

test('killed again and again while erasing, a record is there whole or gone with a receipt', async () => {
  const promised: string[] = [];
  for (const lines of [1, 5, 2, 8, 3]) {
    promised.push(...(await killAfter(lines, 'erasing', promised.length * 3)));
    inspect((store) => {
      for (const id of promised) {
        expect(() => store.records.summary(id)).toThrow();
        expect(store.retention.receiptsOf(id)).toMatchObject([{ scope: 'record', state: 'withdrawn' }]);
        expect(store.audit.list(id).at(-1)?.action).toBe('record.erased');
      }
      for (const { id } of store.records.list({ limit: 10_000 })) {
        expect(store.records.load(id).id).toBe(id);
        expect(store.retention.receiptsOf(id)).toEqual([]);
      }
      expect(store.audit.verify()).not.toHaveProperty('brokenAt');
    });
  }
}, 120_000);
