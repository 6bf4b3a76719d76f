import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { ErrorCode } from '../contract/errors.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { storeOn } from './open-store.ts';
import type { Store } from './open-store.ts';
import { jpegStart, numberedDraft, picture, sampleKey, temporaryFolder } from './sample-draft.ts';

let folder: ReturnType<typeof temporaryFolder>;
let database: Database;
let store: Store;
let now: Date;

beforeEach(() => {
  folder = temporaryFolder();
  now = new Date('2026-11-02T01:01:00.000Z');
  database = openDatabase(folder.path('station.db'), sampleKey);
  store = storeOn(database, () => now);
});
afterEach(() => {
  store.close();
  folder.remove();
});

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const seal = (index: number) => store.records.seal(numberedDraft(index), 'tester').id;
const jpeg = () => picture(jpegStart, 6000);
const kept = () => database.row(z.object({ count: z.int() }), 'SELECT count(*) AS count FROM sending_portraits')?.count;

test('the first one of a record stays, whatever is made later', () => {
  const [id, first] = [seal(1), jpeg()];
  expect(store.sendingPortraits.of(id)).toBeUndefined();
  store.sendingPortraits.keep(id, first);
  store.sendingPortraits.keep(id, jpeg());
  expect(store.sendingPortraits.of(id)).toEqual(first);
  const change = `UPDATE sending_portraits SET bytes = x'00', size = 1`;
  expect(() => database.script(change)).toThrow(expect.objectContaining({ detail: 'SQLITE_CONSTRAINT_TRIGGER' }));
});

test('one that is not what was kept is never sent', () => {
  const id = seal(1);
  store.sendingPortraits.keep(id, jpeg());
  database.script(`DROP TRIGGER sending_portrait_never_changed;
    UPDATE sending_portraits SET bytes = x'ffd8ff00', size = 4`);
  expect(() => store.sendingPortraits.of(id)).toThrow(code('store.corrupt'));
});

test('it goes with the pictures of its record, and comes back by nothing that was under way meanwhile', () => {
  const [gone, stays] = [seal(1), seal(2)];
  for (const id of [gone, stays]) store.sendingPortraits.keep(id, jpeg());
  store.outbox.markSending(gone);
  store.outbox.markAccepted(gone, 'S-1');
  store.outbox.markConfirmed(gone);
  now = new Date('2027-06-01T00:00:00.000Z');
  expect(store.retention.slice().erased).toBe(1);
  expect(kept()).toBe(1);
  store.sendingPortraits.keep(gone, jpeg());
  expect(kept()).toBe(1);
  expect(store.sendingPortraits.of(gone)).toBeUndefined();
  expect(store.sendingPortraits.of(stays)).toBeDefined();
});

test('a record that was erased whole leaves none', () => {
  const id = seal(1);
  store.sendingPortraits.keep(id, jpeg());
  store.withdrawal.withdraw(id, 'consent-withdrawn', undefined, 'tester');
  expect(store.retention.slice().erased).toBe(1);
  expect(kept()).toBe(0);
});
