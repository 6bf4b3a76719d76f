import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { openDatabase } from '../store/open-database.ts';
import { type Store, storeOn } from '../store/open-store.ts';
import { numberedDraft, sampleKey, sampleTeam, temporaryFolder } from '../store/sample-draft.ts';
import { FaceIndex } from './face-index.ts';

let folder: ReturnType<typeof temporaryFolder>;
let database: Database;
let store: Store;
let index: FaceIndex;

beforeEach(() => {
  folder = temporaryFolder();
  database = openDatabase(folder.path('station.db'), sampleKey);
  store = storeOn(database);
  store.faceDescriptors.switchOn(sampleTeam.projectCode, 'tester');
  index = new FaceIndex(store.faceDescriptors, sampleTeam.projectCode, 'engine');
});
afterEach(() => {
  store.close();
  folder.remove();
});

const face = (angle: number) =>
  Float32Array.from({ length: 128 }, (_, place) => [Math.cos(angle), Math.sin(angle)][place] ?? 0);

const seal = (person: number): string =>
  store.records.seal(numberedDraft(person), 'tester', { engine: 'engine', numbers: face(person / 100) }).id;

const found = () => {
  index.refreshed();
  return index.near(face(0), 0.5, []).map(({ recordId }) => recordId);
};

describe('the faces in memory', () => {
  it('follow those that are stored: new ones, those taken back, and both between two looks', () => {
    const [first, second] = [seal(1), seal(2)];
    expect(found()).toEqual([first, second]);
    const third = seal(3);
    expect(found()).toEqual([first, second, third]);
    database.run(`UPDATE outbox SET state = 'withdrawn' WHERE record_id = @first`, { first });
    expect(found()).toEqual([second, third]);
    database.run(`UPDATE outbox SET state = 'superseded' WHERE record_id = @second`, { second });
    const fourth = seal(4);
    expect(found()).toEqual([third, fourth]);
    expect(index.size).toBe(2);
  });

  it('give no record that was taken back since the last look', () => {
    const first = seal(1);
    index.refreshed();
    database.run(`UPDATE outbox SET state = 'withdrawn' WHERE record_id = @first`, { first });
    expect(index.near(face(0), 0.5, [])).toEqual([]);
  });

  it('read a face again that was described anew', () => {
    const first = seal(1);
    expect(found()).toEqual([first]);
    store.faceDescriptors.add(first, { engine: 'engine', numbers: face(1.5) });
    expect(found()).toEqual([]);
    expect(index.size).toBe(1);
  });
});
