import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import { makeBackup } from './backup.ts';
import { backupFile, listBackups, usualRotation } from './backup-shelf.ts';
import { openStore } from './open-store.ts';
import type { Store } from './open-store.ts';
import { finishRestore } from './restore.ts';
import { restore } from './test-restore.ts';
import { numberedDraft, sampleKey as key, temporaryFolder } from './sample-draft.ts';

const pageBytes = 4096;
const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const now = new Date();

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let shelf: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = folder.path('station.db');
  shelf = folder.path('backups');
  mkdirSync(shelf);
});
afterEach(() => folder.remove());

const seal = (store: Store, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => store.records.seal(numberedDraft(from + index), 'test').id);

/** Copied from a process that has the file open, which only a test may do: nobody else wants this file. */
function backUp(store: Store, takenAt = now) {
  const release = store.holdStill();
  try {
    const facts = store.facts();
    return makeBackup({
      source: file,
      key,
      folder: shelf,
      takenAt: takenAt.toISOString(),
      facts,
      rules: usualRotation,
    });
  } finally {
    release();
  }
}

/** Five records in the backup, five more since; two of the first sent on, one withdrawn. */
function backedUpAndGoneOn() {
  const store = openStore({ file, key });
  const early = seal(store, 0, 5);
  const { name } = backUp(store);
  const [confirmed = ''] = early;
  store.outbox.markSending(confirmed);
  store.outbox.markAccepted(confirmed, 'serial-1');
  store.outbox.markConfirmed(confirmed);
  const late = seal(store, 5, 5);
  store.outbox.markSending(late[0] ?? '');
  store.close();
  return { early, late, confirmed, backup: backupFile(shelf, name) };
}

function flip(path: string, offset: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(offset) ^ 0x10, offset);
  writeFileSync(path, bytes);
}

function inspect(use: (store: Store) => void): void {
  finishRestore(file);
  const store = openStore({ file, key });
  try {
    use(store);
    expect(store.audit.verify().brokenAt).toBeUndefined();
  } finally {
    store.close();
  }
}

const order = (backup: string) => ({ file, key, backup, now: new Date(), actor: 'test' });

test('a damaged page costs its record at most: the others are saved, and nothing unsettled goes without asking', () => {
  const { early, late, confirmed, backup } = backedUpAndGoneOn();
  flip(file, readFileSync(file).length - 30 * pageBytes + 100);
  expect(() => openStore({ file, key })).toThrow(code('store.corrupt'));
  const { salvaged } = restore(order(backup));
  expect(salvaged).toBeGreaterThanOrEqual(3);
  inspect((store) => {
    const ids = store.records.list({ limit: 100 }).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(early));
    expect(ids.filter((id) => late.includes(id))).toHaveLength(salvaged);
    for (const id of ids) expect(store.records.load(id).id).toBe(id);
    expect(store.records.summary(confirmed).state).toBe('confirmed');
    for (const item of store.outbox.due(new Date(), 100)) expect(item.inDoubt, item.recordId).toBe(true);
  });
});

test('the damaged file is kept as it was, under a name with the moment', () => {
  const { backup } = backedUpAndGoneOn();
  flip(file, 20 * pageBytes);
  const before = readFileSync(file);
  restore(order(backup));
  const aside = readdirSync(dirname(file)).filter((name) => name.includes('.damaged-'));
  expect(aside).toHaveLength(1);
  expect(readFileSync(folder.path(aside[0] ?? '')).equals(before)).toBe(true);
});

test('with nothing readable left the backup alone is restored, all of it in doubt', () => {
  const { early, backup } = backedUpAndGoneOn();
  writeFileSync(file, Buffer.alloc(50 * pageBytes, 7));
  expect(restore(order(backup)).salvaged).toBe(0);
  inspect((store) => {
    expect(store.outbox.due(new Date(), 100).map(({ recordId, inDoubt }) => [recordId, inDoubt])).toEqual(
      early.map((id) => [id, true]),
    );
  });
});

test('one changed bit in any page of a backup: it is refused, and the file in place is untouched', () => {
  const { backup } = backedUpAndGoneOn();
  const before = readFileSync(file);
  const sound = readFileSync(backup);
  for (let page = 0; page < sound.length / pageBytes; page += 13) {
    flip(backup, page * pageBytes + 900);
    expect(() => restore(order(backup)), `page ${page + 1}`).toThrow(code('backup.damaged'));
    writeFileSync(backup, sound);
  }
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(dirname(file)).filter((name) => /restoring|salvaging|ready/.test(name))).toEqual([]);
});

test('a backup of another key is told apart from a damaged one', () => {
  const { backup } = backedUpAndGoneOn();
  expect(() => restore({ ...order(backup), key: key.toReversed() })).toThrow(code('backup.wrong-key'));
});

test('an exchange that was interrupted is completed at the next start, with the old log put aside too', () => {
  const { early, backup } = backedUpAndGoneOn();
  writeFileSync(`${file}.ready-20261102T010000000Z`, readFileSync(backup));
  writeFileSync(`${file}-wal`, 'old log');
  inspect((store) => expect(store.records.counts().sealed).toBe(early.length));
  expect(readFileSync(`${file}.damaged-20261102T010000000Z-wal`, 'utf8')).toBe('old log');
  expect(existsSync(`${file}.damaged-20261102T010000000Z`)).toBe(true);
});

test('a torn log, cut at every tenth: the station opens with a beginning of what was written, or says that it is damaged', () => {
  const { backup } = backedUpAndGoneOn();
  const sound = readFileSync(file);
  const store = openStore({ file, key });
  seal(store, 20, 4);
  const [torn, log] = [readFileSync(file), readFileSync(`${file}-wal`)];
  store.close();
  for (let tenth = 0; tenth <= 10; tenth += 1) {
    writeFileSync(file, torn);
    writeFileSync(`${file}-wal`, log.subarray(0, Math.floor((log.length * tenth) / 10)));
    inspect((opened) => {
      const count = opened.records.list({ limit: 100 }).length;
      expect(count).toBeGreaterThanOrEqual(10);
      expect(count).toBeLessThanOrEqual(14);
    });
  }
  expect(sound.length).toBeGreaterThan(0);
  expect(existsSync(backup)).toBe(true);
});

test('the store is written to while it is held still, and the backup has what was there at its beginning', () => {
  const store = openStore({ file, key });
  seal(store, 0, 3);
  const release = store.holdStill();
  const facts = store.facts();
  seal(store, 3, 40);
  expect(() => store.holdStill()).toThrow(code('backup.running'));
  makeBackup({ source: file, key, folder: shelf, takenAt: now.toISOString(), facts, rules: usualRotation });
  release();
  store.close();
  expect(listBackups(shelf)).toMatchObject([{ facts: { records: 3, media: 9 } }]);
  inspect((opened) => expect(opened.records.counts().sealed).toBe(43));
});

test('a backup whose file or manifest is missing is none, and an interrupted one is cleared away', () => {
  const store = openStore({ file, key });
  seal(store, 0, 1);
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  backUp(store);
  writeFileSync(join(shelf, 'station-20261102T010000000Z.db.part'), 'half');
  writeFileSync(join(shelf, 'station-20261102T010000000Z.db'), 'no manifest');
  backUp(store, later(1));
  store.close();
  expect(listBackups(shelf)).toHaveLength(2);
  expect(readdirSync(shelf).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a draft of the backup may have been sealed and sent since: it is asked about first', () => {
  const store = openStore({ file, key });
  const draft = numberedDraft(0);
  store.drafts.save(draft);
  const { name } = backUp(store);
  store.close();
  restore({ file, key, backup: backupFile(shelf, name), now: new Date(), actor: 'test' });
  inspect((restored) => {
    const kept = restored.drafts.current() ?? draft;
    expect(restored.records.seal(kept, 'test').id).toBe(draft.id);
    expect(restored.outbox.due(new Date(), 5)).toMatchObject([{ recordId: draft.id, inDoubt: true }]);
    const later = { ...numberedDraft(1), startedAt: new Date(Date.now() + 1000).toISOString() };
    restored.records.seal(later, 'test');
    expect(restored.outbox.due(new Date(), 5)).toMatchObject([{ inDoubt: true }, { inDoubt: false }]);
  });
});
