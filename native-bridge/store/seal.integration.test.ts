import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Certificate } from '../contract/enrolment.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { storeOn } from './open-store.ts';
import type { Store } from './open-store.ts';
import { jpegStart, numberedDraft, picture, sampleDraft, sampleKey, sampleName, sampleTeam } from './sample-draft.ts';
import { temporaryFolder } from './sample-draft.ts';

const sealedAt = '2026-11-02T01:01:30.000Z';

let folder: ReturnType<typeof temporaryFolder>;
let database: Database;
let store: Store;

beforeEach(() => {
  folder = temporaryFolder();
  database = openDatabase(folder.path('station.db'), sampleKey);
  store = storeOn(database, () => new Date(sealedAt));
});
afterEach(() => {
  store.close();
  folder.remove();
});

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const integer = (sql: string) => database.row(z.record(z.string(), z.int()), sql) ?? {};

/** Somebody whom a certificate has let through. */
function certified(): ReturnType<typeof sampleDraft> & { certificate?: Certificate | undefined } {
  const draft = sampleDraft();
  const findings = [{ code: 'age', level: 'ok', reason: 'has-certificate', years: 60 } as const];
  const certificate = {
    mediaType: 'image/jpeg',
    bytes: picture(jpegStart),
    attachedBy: 'tester',
    attachedAt: sealedAt,
  } as const;
  return { ...draft, card: { ...draft.card, findings }, certificate };
}

/** Nothing of a seal may be left, and the draft has to be as it was. */
function expectUnsealed(draft: ReturnType<typeof sampleDraft>, auditRows: number): void {
  expect(store.drafts.current()).toEqual(draft);
  expect(store.records.list({ limit: 10 })).toEqual([]);
  expect(store.outbox.due(new Date(sealedAt), 10)).toEqual([]);
  expect(store.audit.verify()).toEqual({ rows: auditRows });
}

describe('sealing', () => {
  test('makes a record of the draft, waiting to be sent', () => {
    const draft = sampleDraft();
    store.drafts.save(draft);
    expect(store.records.seal(draft, 'tester')).toEqual({
      id: draft.id,
      name: sampleName,
      maskedNumber: '459999********0019',
      teamName: sampleTeam.teamName,
      workType: '030',
      state: 'sealed',
      sealedAt,
      changedAt: sealedAt,
      band: 'match',
      attempts: 0,
      nextAttemptAt: sealedAt,
    });
    expect(store.drafts.current()).toBeUndefined();
    expect(store.records.load(draft.id).draft).toEqual(draft);
    expect(store.records.photo(draft.id)).toEqual(draft.photo.jpeg);
    expect(store.audit.list(draft.id)).toMatchObject([{ action: 'record.sealed', actor: 'tester' }]);
  });

  test('keeps a certificate with the record, and which rule about ages was thought of in the trail', () => {
    const draft = certified();
    store.drafts.save(draft);
    expect(store.drafts.current()).toEqual(draft);
    store.records.seal(draft, 'tester');
    expect(store.records.load(draft.id).draft.certificate).toEqual(draft.certificate);
    expect(store.audit.list(draft.id)[0]?.detail).toMatchObject({ age: 'has-certificate 60' });
    for (const sql of ['UPDATE certificates SET bytes = zeroblob(size)', 'DELETE FROM certificates'])
      expect(() => database.run(sql)).toThrow(code('internal'));
  });

  test('a certificate that was taken away or discarded is gone', () => {
    const draft = certified();
    const count = () => integer('SELECT count(*) AS n FROM certificates')['n'];
    store.drafts.save(draft);
    store.drafts.save({ ...draft, certificate: undefined });
    expect(count()).toBe(0);
    store.drafts.save(draft);
    expect(count()).toBe(1);
    store.drafts.discard(draft.id, 'test', 'tester');
    expect(count()).toBe(0);
  });

  test('a second seal of the same draft changes nothing and returns the record', () => {
    const draft = sampleDraft();
    const first = store.records.seal(draft, 'tester');
    const other = { ...draft, photo: { ...draft.photo, jpeg: picture(jpegStart) } };
    expect(store.records.seal(other, 'tester')).toEqual(first);
    expect(store.records.load(draft.id).draft).toEqual(draft);
    expect(store.audit.verify()).toEqual({ rows: 1 });
  });

  test('a save that comes after the seal neither brings the draft back nor touches the record', () => {
    const draft = sampleDraft();
    store.records.seal(draft, 'tester');
    const late = { ...draft, photo: { ...draft.photo, jpeg: picture(jpegStart) } };
    expect(() => store.drafts.save(late)).toThrow(code('enrolment.none'));
    expect(store.records.load(draft.id).draft).toEqual(draft);
  });

  test.each(['team', 'card', 'consent', 'photo', 'comparison'] as const)('a draft without %s is refused', (part) => {
    const draft = { ...sampleDraft(), [part]: undefined };
    store.drafts.save(draft);
    expect(() => store.records.seal(draft, 'tester')).toThrow(
      expect.objectContaining({ code: 'enrolment.incomplete', detail: part }),
    );
    expect(store.drafts.current()?.id).toBe(draft.id);
  });

  test('the clock standing still or being set back gives no two records the same instant', () => {
    const instants = [1, 2, 3].map((index) => store.records.seal(numberedDraft(index), 'tester').sealedAt);
    expect(instants).toEqual([sealedAt, '2026-11-02T01:01:30.001Z', '2026-11-02T01:01:30.002Z']);
  });
});

describe('a failure inside the transaction leaves the draft and nothing else', () => {
  const steps = [
    ['pictures', 'BEFORE UPDATE ON main.media'],
    ['record', 'BEFORE INSERT ON main.records'],
    ['outbox row', 'BEFORE INSERT ON main.outbox'],
    ['removal of the draft', 'AFTER DELETE ON main.drafts'],
    ['audit row', 'BEFORE INSERT ON main.audit'],
    ['head of the audit trail', 'AFTER INSERT ON main.audit_head'],
  ] as const;
  test.each(steps)('%s', (_, event) => {
    const draft = sampleDraft();
    store.drafts.save(draft);
    database.script(`CREATE TEMP TRIGGER fault ${event} BEGIN SELECT RAISE(ABORT, 'injected'); END`);
    const sealed = { ...draft, photo: { ...draft.photo, jpeg: picture(jpegStart) } };
    expect(() => store.records.seal(sealed, 'tester')).toThrow(code('internal'));
    expectUnsealed(draft, 0);
    database.script('DROP TRIGGER fault');
    store.records.seal(sealed, 'tester');
    expect(store.records.load(draft.id).draft).toEqual(sealed);
  });
});

describe('a full disk', () => {
  const limit = (spare: number) => {
    const { page_count: pages = 0 } = integer('PRAGMA page_count');
    integer(`PRAGMA max_page_count = ${pages + spare}`);
  };

  test('at sealing keeps the draft; once there is room the seal succeeds', () => {
    const draft = sampleDraft();
    store.drafts.save(draft);
    limit(3);
    const sealed = { ...draft, photo: { ...draft.photo, jpeg: picture(jpegStart, 80_000) } };
    expect(() => store.records.seal(sealed, 'tester')).toThrow(code('store.full'));
    expectUnsealed(draft, 0);
    limit(1_000);
    store.records.seal(sealed, 'tester');
    expect(store.records.load(draft.id).draft).toEqual(sealed);
  });

  test('at saving keeps the draft as it was stored before', () => {
    const draft = { ...sampleDraft(), photo: undefined };
    store.drafts.save(draft);
    limit(3);
    expect(() => store.drafts.save({ ...draft, photo: sampleDraft().photo })).toThrow(code('store.full'));
    expect(store.drafts.current()).toEqual(draft);
  });
});

describe('a sealed record cannot be altered', () => {
  const attempts = [
    ['content', `UPDATE records SET content = '{}'`],
    ['hash', `UPDATE records SET content_hash = ''`],
    ['record taken out', 'DELETE FROM records'],
    ['picture exchanged', 'UPDATE media SET bytes = zeroblob(size)'],
    ['picture taken out', 'DELETE FROM media'],
  ] as const;
  test.each(attempts)('%s', (_, sql) => {
    const draft = sampleDraft();
    store.records.seal(draft, 'tester');
    expect(() => database.run(sql)).toThrow(expect.objectContaining({ detail: 'SQLITE_CONSTRAINT_TRIGGER' }));
    expect(store.records.load(draft.id).draft).toEqual(draft);
  });

  const forgeries = [
    ['a field', `UPDATE records SET content = replace(content, '13800000000', '13800000001')`],
    ['a picture', 'UPDATE media SET bytes = zeroblob(size)'],
    [
      'a picture with its hash',
      `UPDATE media SET sha256 = (SELECT sha256 FROM media WHERE kind = 'portrait'),
      size = (SELECT size FROM media WHERE kind = 'portrait'),
      bytes = (SELECT bytes FROM media WHERE kind = 'portrait') WHERE kind = 'photo'`,
    ],
    ['a picture taken out', `DELETE FROM media WHERE kind = 'signature'`],
  ] as const;
  test.each(forgeries)('forged with a database tool, it is noticed at reading: %s', (_, sql) => {
    const { id } = store.records.seal(sampleDraft(), 'tester');
    database.script(`DROP TRIGGER record_never_changed; DROP TRIGGER record_media_never_changed;
      DROP TRIGGER record_media_kept_until_its_end; DROP TRIGGER record_media_erased_with_receipt`);
    expect(database.run(sql)).toBeGreaterThan(0);
    expect(() => store.records.load(id)).toThrow(code('store.corrupt'));
    // What a record is sent of is read piece by piece.
    const { content, photo, portrait } = store.records;
    expect(() => [content, photo, portrait].map((piece) => piece(id))).toThrow(code('store.corrupt'));
  });
});
