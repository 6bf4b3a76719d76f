import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { storeOn } from './open-store.ts';
import type { Store } from './open-store.ts';
import { numberedDraft, sampleKey, sampleTeam, temporaryFolder } from './sample-draft.ts';

const { projectCode } = sampleTeam;
const engine = 'engine-a';
const sought = { projectCode, engine, consentVersions: ['1'] };

let folder: ReturnType<typeof temporaryFolder>;
let database: Database;
let store: Store;

beforeEach(() => {
  folder = temporaryFolder();
  database = openDatabase(folder.path('station.db'), sampleKey);
  store = storeOn(database);
});
afterEach(() => {
  store.close();
  folder.remove();
});

const face = (first: number, of = engine) => ({
  engine: of,
  numbers: Float32Array.from({ length: 128 }, (_, index) => (index === 0 ? first : index / 128)),
});

const sealed = (index: number, descriptor?: ReturnType<typeof face>): string =>
  store.records.seal(numberedDraft(index), 'tester', descriptor).id;

const listed = (project = projectCode, of = engine) => [...store.faceDescriptors.list(project, of, 0)];
const stored = () => database.row(z.object({ n: z.int() }), 'SELECT count(*) AS n FROM face_descriptors')?.n;

const end = (id: string, state: string) =>
  database.run('UPDATE outbox SET state = @state WHERE record_id = @id', { id, state });

describe('descriptors of sealed records', () => {
  test('are not kept while the search is switched off, whatever is given', () => {
    store.faceDescriptors.add(sealed(1, face(0.5)), face(0.5));
    expect(stored()).toBe(0);
  });

  test('are kept with the record they were sealed with, to the last bit', () => {
    store.faceDescriptors.switchOn(projectCode, 'tester');
    const id = sealed(1, face(0.123456));
    expect(listed()).toEqual([{ position: 1, recordId: id, numbers: face(0.123456).numbers }]);
    expect(store.faceDescriptors.numberOf(id)).toBe(numberedDraft(1).card.fields.number);
    expect(store.faceDescriptors.extent(projectCode, engine)).toEqual({ count: 1, newest: 1 });
  });

  test('are not there when the sealing fails', () => {
    store.faceDescriptors.switchOn(projectCode, 'tester');
    const { photo: _photo, ...incomplete } = numberedDraft(1);
    expect(() => store.records.seal(incomplete, 'tester', face(1))).toThrow();
    expect(stored()).toBe(0);
  });

  test('are kept for the project that is switched on and no other', () => {
    store.faceDescriptors.switchOn('ANOTHER', 'tester');
    sealed(1, face(1));
    expect(stored()).toBe(0);
    store.faceDescriptors.switchOn(projectCode, 'tester');
    sealed(2, face(1));
    expect(stored()).toBe(1);
    store.faceDescriptors.switchOn('ANOTHER', 'tester');
    expect(stored()).toBe(0);
  });

  test('of another engine are not listed, and count as missing', () => {
    store.faceDescriptors.switchOn(projectCode, 'tester');
    const [old, present, none] = [sealed(1, face(1, 'engine-b')), sealed(2, face(1)), sealed(3)];
    expect(listed().map(({ recordId }) => recordId)).toEqual([present]);
    const look = (after: number, window: number) => store.faceDescriptors.undescribed(sought, after, window);
    expect(store.faceDescriptors.undescribedCount(projectCode, engine)).toBe(2);
    expect(look(0, 10)).toEqual({ ids: [old, none], lookedTo: 3 });
    expect(look(0, 2)).toEqual({ ids: [old], lookedTo: 2 });
    expect(look(2, 2)).toEqual({ ids: [none], lookedTo: 3 });
    expect(look(3, 2)).toEqual({ ids: [], lookedTo: undefined });
    expect(store.faceDescriptors.undescribed({ ...sought, projectCode: 'ANOTHER' }, 0, 10).ids).toEqual([]);
    // Whoever was told that nothing is kept is left out.
    expect(store.faceDescriptors.undescribed({ ...sought, consentVersions: ['2', '4'] }, 0, 10).ids).toEqual([]);
    store.faceDescriptors.add(old, face(2));
    expect(store.faceDescriptors.undescribedCount(projectCode, engine)).toBe(1);
    // A new position, so that whoever read on from the last one notices.
    expect(listed().map(({ position, recordId }) => [position, recordId])).toEqual([
      [2, present],
      [3, old],
    ]);
  });

  test.each(['withdrawn', 'superseded'])('go when their record is %s, and do not come back', (state) => {
    store.faceDescriptors.switchOn(projectCode, 'tester');
    const id = sealed(1, face(1));
    end(id, state);
    expect(stored()).toBe(0);
    store.faceDescriptors.add(id, face(1));
    expect(stored()).toBe(0);
    expect(store.faceDescriptors.undescribed(sought, 0, 10).ids).toEqual([]);
    expect(store.faceDescriptors.undescribedCount(projectCode, engine)).toBe(0);
    expect(store.faceDescriptors.numberOf(id)).toBeUndefined();
  });

  test('go with their record', () => {
    store.faceDescriptors.switchOn(projectCode, 'tester');
    const id = sealed(1, face(1));
    end(id, 'confirmed');
    expect(stored()).toBe(1);
    const receipt = `INSERT INTO receipts (id, scope, reason, erased_at)
      VALUES (@id, 'record', 'period-over', '2026-01-01T00:00:00.000Z')`;
    database.run(receipt, { id });
    database.run('DELETE FROM records WHERE id = @id', { id });
    expect(stored()).toBe(0);
  });
});

describe('the switch', () => {
  test('is off at first, outlives a restart, and is in the audit trail each time it is turned', () => {
    expect(store.faceDescriptors.switchedOnFor()).toBeUndefined();
    store.faceDescriptors.switchOn(projectCode, 'tester');
    store.faceDescriptors.switchOn(projectCode, 'tester');
    sealed(1, face(1));
    store.close();
    database = openDatabase(folder.path('station.db'), sampleKey);
    store = storeOn(database);
    expect(store.faceDescriptors.switchedOnFor()).toBe(projectCode);
    store.faceDescriptors.switchOff('tester');
    expect(store.faceDescriptors.switchedOnFor()).toBeUndefined();
    expect(stored()).toBe(0);
    expect(store.audit.list('station').map(({ action, actor, detail }) => [action, actor, detail])).toEqual([
      ['face-search.switched-on', 'tester', { project: projectCode, erased: 0 }],
      ['face-search.switched-off', 'tester', { project: projectCode, erased: 1 }],
    ]);
    expect(store.audit.verify()).not.toHaveProperty('brokenAt');
  });

  test('leaves nothing of the descriptors in the file or its log when it is turned off', () => {
    // The cipher would hide what is left, so the pages are decrypted first.
    database.script(`PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; PRAGMA rekey = ''`);
    database.script('PRAGMA journal_mode = WAL');
    store.faceDescriptors.switchOn(projectCode, 'tester');
    sealed(1, face(0.987654321));
    const trace = Buffer.from(face(0.987654321).numbers.buffer);
    const isLeft = () => readdirSync(folder.path('.')).some((name) => readFileSync(folder.path(name)).includes(trace));
    expect(isLeft()).toBe(true);
    store.faceDescriptors.switchOff('tester');
    expect(isLeft()).toBe(false);
  });
});
