import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Draft } from '../contract/enrolment.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { storeOn } from './open-store.ts';
import type { Store } from './open-store.ts';
import { jpegStart, numberedDraft, picture, sampleDraft, sampleKey, temporaryFolder } from './sample-draft.ts';

let folder: ReturnType<typeof temporaryFolder>;
let database: Database;
let store: Store;

function open(): void {
  database = openDatabase(folder.path('station.db'), sampleKey);
  store = storeOn(database);
}

function reopen(): void {
  store.close();
  open();
}

beforeEach(() => {
  folder = temporaryFolder();
  open();
});
afterEach(() => {
  store.close();
  folder.remove();
});

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const count = (sql: string) => database.row(z.object({ n: z.int() }), sql)?.n;

describe('what is stored comes back', () => {
  const whole = sampleDraft();
  const { card } = whole;
  const minimal: Draft = { id: whole.id, startedAt: whole.startedAt, fields: {} };
  const cases: readonly (readonly [string, Draft])[] = [
    ['nothing but its beginning', minimal],
    ['every part', whole],
    [
      'a portrait that could not be decoded',
      { ...whole, card: { ...card, portrait: { state: 'missing', code: 'portrait.no-decoder' } } },
    ],
    ['no signature', { ...whole, consent: { ...whole.consent, signature: undefined } }],
    [
      'a decision',
      {
        ...whole,
        comparison: { kind: 'cannot-compare', error: { code: 'face.no-face-on-card' }, verifyMs: 3 },
        decision: { samePerson: true, reason: '人工核对一致', decidedBy: 'tester', decidedAt: '2026-11-02T01:02:00Z' },
      },
    ],
  ];
  test.each(cases)('%s', (_, draft) => {
    store.drafts.save(draft);
    reopen();
    expect(store.drafts.current()).toEqual(draft);
  });

  test('no draft, no current one', () => {
    expect(store.drafts.current()).toBeUndefined();
  });

  test('the newest of several, and the one before when that is gone, whatever the clock says', () => {
    const first = { ...numberedDraft(1), startedAt: '2026-11-02T03:00:00.000Z' };
    const second = { ...numberedDraft(2), startedAt: '2026-11-02T02:00:00.000Z' };
    store.drafts.save(first);
    store.drafts.save(second);
    expect(store.drafts.current()?.id).toBe(second.id);
    store.drafts.discard(second.id, '测试', 'tester');
    expect(store.drafts.current()?.id).toBe(first.id);
  });
});

describe('pictures', () => {
  const watch = () => {
    database.script(`
      CREATE TEMP TABLE written (kind TEXT);
      CREATE TEMP TRIGGER i AFTER INSERT ON main.media BEGIN INSERT INTO written VALUES (NEW.kind); END;
      CREATE TEMP TRIGGER u AFTER UPDATE ON main.media BEGIN INSERT INTO written VALUES (NEW.kind); END;`);
    return () => database.rows(z.object({ kind: z.string() }), 'SELECT kind FROM written').map((row) => row.kind);
  };

  test('only changed ones are written again', () => {
    const draft = sampleDraft();
    store.drafts.save(draft);
    const written = watch();
    store.drafts.save({ ...draft, fields: { ...draft.fields, isTeamLeader: true } });
    expect(written()).toEqual([]);
    const retaken = { ...draft, photo: { ...draft.photo, jpeg: picture(jpegStart), attempt: 2 } };
    store.drafts.save(retaken);
    expect(written()).toEqual(['photo']);
    expect(store.drafts.current()).toEqual(retaken);
  });

  test('one that the draft no longer has is erased', () => {
    const draft = sampleDraft();
    store.drafts.save(draft);
    store.drafts.save({ ...draft, photo: undefined });
    expect(store.drafts.current()).toEqual({ ...draft, photo: undefined });
    expect(count('SELECT count(*) AS n FROM media')).toBe(2);
  });
});

describe('discarding', () => {
  test('erases content and pictures and leaves reason and actor in the trail', () => {
    const draft = sampleDraft();
    store.drafts.save(draft);
    store.drafts.discard(draft.id, '工人离开', 'tester');
    expect(store.drafts.current()).toBeUndefined();
    expect(count('SELECT (SELECT count(*) FROM media) + (SELECT count(*) FROM drafts) AS n')).toBe(0);
    expect(store.audit.list(draft.id)).toMatchObject([
      { action: 'draft.discarded', actor: 'tester', detail: { reason: '工人离开' } },
    ]);
  });

  test('an unknown draft is not found', () => {
    expect(() => store.drafts.discard(sampleDraft().id, '测试', 'tester')).toThrow(code('store.not-found'));
  });

  test('a late save or seal does not bring it back', () => {
    const draft = sampleDraft();
    store.drafts.save(draft);
    store.drafts.discard(draft.id, '测试', 'tester');
    expect(() => store.drafts.save(draft)).toThrow(code('enrolment.none'));
    expect(() => store.records.seal(draft, 'tester')).toThrow(code('enrolment.none'));
    expect(count('SELECT count(*) AS n FROM media')).toBe(0);
  });
});

describe('a draft that cannot be read', () => {
  const damages = [
    ['content that is not JSON', `UPDATE drafts SET content = 'x' WHERE id = @id`],
    ['content of another shape', `UPDATE drafts SET content = '{"id":1}' WHERE id = @id`],
    ['a picture gone', `DELETE FROM media WHERE owner = @id AND kind = 'photo'`],
    ['a signature gone', `DELETE FROM media WHERE owner = @id AND kind = 'signature'`],
    ['a picture altered', `UPDATE media SET bytes = zeroblob(size) WHERE owner = @id AND kind = 'portrait'`],
  ] as const;
  test.each(damages)('%s: it is put aside, kept and counted, and the one before is offered', (_, sql) => {
    const sound = numberedDraft(1);
    const damaged = numberedDraft(2);
    store.drafts.save(sound);
    store.drafts.save(damaged);
    database.run(sql, { id: damaged.id });
    expect(store.drafts.current()).toEqual(sound);
    expect(store.drafts.quarantined()).toBe(1);
    reopen();
    expect(store.drafts.current()).toEqual(sound);
    expect(count('SELECT count(*) AS n FROM drafts')).toBe(2);
    expect(store.audit.list(damaged.id).map((row) => row.action)).toEqual(['draft.quarantined']);
  });

  test('is refused before it is written, without its content in the error', () => {
    const draft = { ...sampleDraft(), startedAt: '昨天' };
    expect(() => store.drafts.save(draft)).toThrow(
      expect.objectContaining({ code: 'internal', detail: 'draft: startedAt' }),
    );
  });
});
