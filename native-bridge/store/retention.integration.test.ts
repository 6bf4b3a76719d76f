import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import { defaultRetention } from '../contract/record-life.ts';
import type { Database } from './database.ts';
import { decryptedLog, decryptedPages } from './decrypted-file.ts';
import { openDatabase } from './open-database.ts';
import { storeOn } from './open-store.ts';
import type { Store } from './open-store.ts';
import type { SealedDraft } from './seal.ts';
import { numberedDraft, sampleDraft, sampleKey, temporaryFolder } from './sample-draft.ts';

const start = new Date('2026-11-02T01:01:00.000Z');
const dayMs = 86_400_000;

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let database: Database;
let store: Store;
let now: Date;

beforeEach(() => {
  folder = temporaryFolder();
  file = folder.path('station.db');
  now = start;
  database = openDatabase(file, sampleKey);
  store = storeOn(database, () => now);
});
afterEach(() => {
  store.close();
  folder.remove();
});

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const seal = (index = 1) => store.records.seal(numberedDraft(index), 'tester').id;
const { projectCode } = sampleDraft().team;
const numberOf = (index: number) => numberedDraft(index).card.fields.number;

function deliver(id: string): string {
  store.outbox.markSending(id);
  store.outbox.markAccepted(id, `S-${id}`);
  store.outbox.markConfirmed(id);
  return id;
}

const daysLater = (days: number) => (now = new Date(start.getTime() + days * dayMs));

/** A whole pass, as the station makes it every day. Tells how many were erased. */
function pass(): number {
  let erased = 0;
  let slice = store.retention.slice();
  for (; slice.next !== undefined; slice = store.retention.slice(slice.next)) erased += slice.erased;
  store.retention.finish();
  return erased;
}

const complete = (day = '2026-11-02') =>
  store.retention.configure({ ...defaultRetention, completed: { [projectCode]: day } }, 'tester');

describe('the pictures of a confirmed record', () => {
  test('go after their time and not a day earlier; the record stays, with its receipt and its hash', () => {
    const id = deliver(seal());
    const { contentHash } = store.records.load(id);
    daysLater(defaultRetention.pictures - 1);
    expect(pass()).toBe(0);
    expect(store.records.photo(id)).toBeDefined();
    daysLater(defaultRetention.pictures);
    expect(pass()).toBe(1);
    expect([store.records.photo(id), store.records.portrait(id)]).toEqual([undefined, undefined]);
    expect(store.records.summary(id).state).toBe('confirmed');
    expect(store.retention.receiptsOf(id)).toMatchObject([{ scope: 'pictures', contentHash, reason: 'period-over' }]);
    expect(store.audit.list(id).at(-1)).toMatchObject({
      action: 'pictures.erased',
      actor: 'station',
      detail: { hash: contentHash },
    });
    expect(pass()).toBe(0);
  });

  test('once gone, are said to be gone, and nothing is corrected without them', () => {
    const id = deliver(seal());
    daysLater(defaultRetention.pictures);
    pass();
    expect(() => store.records.load(id)).toThrow(code('record.pictures-erased'));
    expect(() => store.correction.correctable(id)).toThrow(code('record.pictures-erased'));
    expect(store.history.of(id)).toMatchObject({ picturesErasedAt: now.toISOString() });
  });

  test('taken out behind its back are damage, not retention', () => {
    const id = deliver(seal());
    database.script('DROP TRIGGER record_media_erased_with_receipt');
    database.run('DELETE FROM media WHERE owner = @id', { id });
    expect(() => store.records.load(id)).toThrow(code('store.corrupt'));
  });
});

describe('a whole record', () => {
  test('stays as long as the completion of its project is not known', () => {
    deliver(seal());
    daysLater(40 * 365);
    pass();
    expect(pass()).toBe(0);
    expect(store.records.list({ limit: 9 })).toHaveLength(1);
  });

  test('goes three years after completion, and after its own confirmation when that is later', () => {
    deliver(seal(1));
    daysLater(100);
    deliver(seal(2));
    complete();
    daysLater(defaultRetention.records + 1);
    pass();
    expect(store.records.list({ limit: 9 }).map((record) => record.maskedNumber.slice(-4))).toEqual(['0002']);
    daysLater(100 + defaultRetention.records);
    pass();
    expect(store.records.list({ limit: 9 })).toEqual([]);
  });

  test('leaves a receipt with everything but the person, and an unbroken trail', () => {
    const id = deliver(seal());
    const { contentHash, sealedAt } = store.records.load(id);
    const confirmedAt = store.records.summary(id).changedAt;
    complete();
    daysLater(defaultRetention.records + 1);
    pass();
    expect(() => store.records.summary(id)).toThrow(code('store.not-found'));
    expect(store.retention.receiptsOf(id).at(-1)).toEqual({
      id,
      scope: 'record',
      contentHash,
      sealedAt,
      confirmedAt,
      serial: `S-${id}`,
      projectCode,
      state: 'confirmed',
      reason: 'period-over',
      erasedAt: now.toISOString(),
    });
    expect(store.audit.verify()).not.toHaveProperty('brokenAt');
    expect(() => database.run('DELETE FROM receipts')).toThrow(code('internal'));
    expect(() => database.run(`UPDATE receipts SET reason = 'deletion-wish'`)).toThrow(code('internal'));
  });

  test('erased, its holder is recognised by the number, in that project only, and goes up as an update', () => {
    deliver(seal(1));
    complete();
    daysLater(defaultRetention.records + 1);
    pass();
    expect(store.retention.receiptsOfPerson(projectCode, numberOf(1))).toHaveLength(1);
    expect(store.retention.receiptsOfPerson('PROJECT0002', numberOf(1))).toEqual([]);
    expect(store.retention.receiptsOfPerson(projectCode, numberOf(2))).toEqual([]);
    const [again, other] = [seal(1), seal(2)];
    expect(store.outbox.due(now, 9)).toMatchObject([
      { recordId: again, update: true },
      { recordId: other, update: false },
    ]);
  });

  test('erased, does not come back by a late seal of its draft', () => {
    const draft = numberedDraft(1);
    store.withdrawal.withdraw(store.records.seal(draft, 'tester').id, 'left', undefined, 'tester');
    daysLater(defaultRetention.unused);
    pass();
    expect(() => store.drafts.save(draft)).toThrow(code('enrolment.none'));
    expect(() => store.records.seal(draft, 'tester')).toThrow(code('enrolment.none'));
  });

  const neverErased: Readonly<Record<string, (id: string) => void>> = {
    sealed: () => undefined,
    sending: (id) => store.outbox.markSending(id),
    accepted: (id) => {
      store.outbox.markSending(id);
      store.outbox.markAccepted(id, 'S1');
    },
    'needs-attention': (id) => store.outbox.markAttention(id, { code: 'platform.record-refused' }),
    'handed-over': (id) => void database.run(`UPDATE outbox SET state = 'handed-over' WHERE record_id = @id`, { id }),
  };
  test.each(Object.keys(neverErased))('%s is never erased, however old', (state) => {
    const id = seal();
    neverErased[state]?.(id);
    complete();
    daysLater(100 * 365);
    expect(pass()).toBe(0);
    expect(store.records.load(id).id).toBe(id);
    expect(store.records.summary(id).state).toBe(state);
  });

  test('cannot be erased without a receipt, even by a mistake of ours', () => {
    const id = deliver(seal());
    expect(() => database.run('DELETE FROM records WHERE id = @id', { id })).toThrow(code('internal'));
    expect(() => database.run('DELETE FROM media WHERE owner = @id', { id })).toThrow(code('internal'));
  });
});

describe('records that the platform never had', () => {
  test('go some days after they were taken back or replaced, without any completion', () => {
    const withdrawn = seal(1);
    store.withdrawal.withdraw(withdrawn, 'left', undefined, 'tester');
    const replaced = seal(2);
    const { fields, team } = store.correction.correctable(replaced);
    const corrected = { fields: { ...fields, cellPhone: '13900000001' }, team };
    const newer = store.correction.correct(replaced, corrected, 'tester').id;
    daysLater(defaultRetention.unused - 1);
    expect(pass()).toBe(0);
    daysLater(defaultRetention.unused);
    expect(pass()).toBe(2);
    expect(store.records.list({ limit: 9 }).map(({ id }) => id)).toEqual([newer]);
    expect(store.records.load(newer).id).toBe(newer);
    expect(store.history.of(newer).chain).toMatchObject([
      { id: replaced, erasedAt: now.toISOString() },
      { id: newer, state: 'sealed' },
    ]);
  });

  test('whose consent was withdrawn go with the next pass', () => {
    const id = seal();
    store.withdrawal.withdraw(id, 'consent-withdrawn', undefined, 'tester');
    expect(pass()).toBe(1);
    expect(store.retention.receiptsOf(id)).toMatchObject([{ reason: 'consent-withdrawn', state: 'withdrawn' }]);
  });
});

test('with the withdrawn consent of a correction go the records that it took the place of', () => {
  const first = seal(1);
  const { fields, team } = store.correction.correctable(first);
  const corrected = { fields: { ...fields, cellPhone: '13900000001' }, team };
  const second = store.correction.correct(first, corrected, 'tester').id;
  expect(pass()).toBe(0);
  store.withdrawal.withdraw(second, 'consent-withdrawn', undefined, 'tester');
  expect(pass()).toBe(2);
  expect(store.records.list({ limit: 9 })).toEqual([]);
});

describe('drafts', () => {
  test('that nobody goes on with are due after their time and leave a receipt', () => {
    const draft = sampleDraft();
    store.drafts.save(draft);
    daysLater(defaultRetention.drafts - 1);
    expect(store.retention.dueDrafts()).toEqual([]);
    daysLater(defaultRetention.drafts);
    expect(store.retention.dueDrafts()).toEqual([draft.id]);
    store.retention.eraseDraft(draft.id);
    expect(store.drafts.current()).toBeUndefined();
    expect(store.retention.receiptsOf(draft.id)).toMatchObject([{ scope: 'draft', reason: 'period-over' }]);
    expect(() => store.drafts.save(draft)).toThrow(code('enrolment.none'));
    expect(() => store.retention.eraseDraft(draft.id)).toThrow(code('store.not-found'));
  });

  test('that were put aside go as well', () => {
    const draft = sampleDraft();
    store.drafts.save(draft);
    database.run(`UPDATE drafts SET content = '{}'`);
    expect(store.drafts.current()).toBeUndefined();
    daysLater(defaultRetention.drafts);
    expect(store.retention.dueDrafts()).toEqual([draft.id]);
  });
});

describe('a wish for deletion', () => {
  const wish = (id: string) => store.retention.wish(id, 'deletion-wish', 'tester');

  test('inside the statutory period locks: in no list, not counted, not found, and kept whole', () => {
    const id = deliver(seal());
    expect(wish(id)).toEqual({ locked: [id], erased: [] });
    expect(store.records.list({ limit: 9 })).toEqual([]);
    expect(store.records.list({ limit: 9, locked: true })).toMatchObject([{ id, lockedAt: now.toISOString() }]);
    expect(store.records.counts().confirmed).toBe(0);
    expect(store.records.findByNumber(projectCode, numberOf(1))).toBeUndefined();
    expect(store.records.load(id).id).toBe(id);
    expect(store.audit.list(id).at(-1)).toMatchObject({ action: 'record.locked', detail: { reason: 'deletion-wish' } });
  });

  test('is followed when the period is over', () => {
    const id = deliver(seal());
    wish(id);
    complete();
    daysLater(defaultRetention.records - 1);
    pass();
    expect(store.records.list({ limit: 9, locked: true })).toHaveLength(1);
    daysLater(defaultRetention.records);
    pass();
    expect(store.records.list({ limit: 9, locked: true })).toEqual([]);
    expect(store.retention.receiptsOf(id).at(-1)).toMatchObject({ scope: 'record', reason: 'deletion-wish' });
  });

  test('is followed at once for a record whose period is over, and for one that never reached the platform', () => {
    const confirmed = deliver(seal(1));
    const withdrawn = seal(2);
    store.withdrawal.withdraw(withdrawn, 'left', undefined, 'tester');
    expect(wish(withdrawn)).toEqual({ locked: [], erased: [withdrawn] });
    complete();
    daysLater(defaultRetention.records + 1);
    expect(wish(confirmed)).toEqual({ locked: [], erased: [confirmed] });
  });

  test('concerns every record of the person in the project, and nobody else', () => {
    const older = deliver(seal(1));
    const newer = deliver(seal(1));
    const mistaken = seal(1);
    store.withdrawal.withdraw(mistaken, 'enrolled-twice', undefined, 'tester');
    const other = deliver(seal(2));
    expect(wish(newer)).toEqual({ locked: [older, newer], erased: [mistaken] });
    expect(store.records.list({ limit: 9 }).map(({ id }) => id)).toEqual([other]);
  });

  test('has to wait while a record of the person is on its way or set aside, and changes nothing', () => {
    const confirmed = deliver(seal());
    const waiting = seal();
    const { rows } = store.audit.verify();
    expect(() => wish(confirmed)).toThrow(code('record.not-ended'));
    store.outbox.markAttention(waiting, { code: 'platform.record-refused' });
    expect(() => wish(confirmed)).toThrow(code('record.not-ended'));
    expect(store.history.of(confirmed).refusals.erase).toBe('record.not-ended');
    expect(store.records.list({ limit: 9, locked: true })).toEqual([]);
    expect(store.audit.verify()).toEqual({ rows: rows + 1 });
  });

  test('made twice says that it is done', () => {
    const id = deliver(seal());
    wish(id);
    expect(() => wish(id)).toThrow(code('record.locked'));
    expect(() => wish(sampleDraft().id)).toThrow(code('store.not-found'));
  });

  test('does not let older data of the person go up again', () => {
    const id = deliver(seal());
    wish(id);
    const again = seal();
    expect(store.outbox.due(now, 9)).toMatchObject([{ recordId: again, update: true }]);
  });
});

test('a pass goes on in slices and misses nothing, whatever is between', () => {
  const ids = Array.from({ length: 30 }, (_, index) => {
    now = new Date(start.getTime() + index);
    const id = seal(index);
    if (index % 3 !== 0) store.withdrawal.withdraw(id, 'left', undefined, 'tester');
    return id;
  });
  daysLater(defaultRetention.unused + 1);
  const sizes: number[] = [];
  for (let slice = store.retention.slice(); slice.next !== undefined; slice = store.retention.slice(slice.next))
    sizes.push(slice.erased);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(8);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(20);
  expect(
    store.records
      .list({ limit: 99 })
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(ids.filter((_, index) => index % 3 === 0).toSorted());
});

describe('in the file and its log', () => {
  /** Traces of one person: name and number, and pieces of each picture that are met nowhere else. */
  function tracesOf({ card, photo, consent }: SealedDraft): ReadonlyMap<string, Buffer> {
    const { portrait } = card;
    const pieces = (bytes: Uint8Array) =>
      [500, 20_000, bytes.length - 100].map((at) => bytes.subarray(at, at + 24)).map((piece) => Buffer.from(piece));
    const pictures = [photo.jpeg, portrait.state === 'decoded' ? portrait.png : undefined, consent.signature];
    return new Map([
      ['name', Buffer.from(card.fields.name)],
      ['number', Buffer.from(card.fields.number)],
      ...pictures.flatMap((bytes, picture) =>
        bytes === undefined ? [] : pieces(bytes).map((piece, index) => [`picture ${picture}.${index}`, piece] as const),
      ),
    ]);
  }

  /** Which of them stand in any page, in use or not, or in what is left of the log. */
  function found(traces: ReadonlyMap<string, Buffer>): string[] {
    const pages = [...decryptedPages(file, sampleKey), ...decryptedLog(file, sampleKey)];
    return [...traces].filter(([, trace]) => pages.some((page) => page.includes(trace))).map(([name]) => name);
  }

  const named = (index: number, name: string): SealedDraft => {
    const draft = numberedDraft(index);
    return { ...draft, card: { ...draft.card, fields: { ...draft.card.fields, name } } };
  };

  const isGone = (index: number) => [0, 7, 23, 24, 39].includes(index);

  function fill(): SealedDraft[] {
    const drafts = Array.from({ length: 40 }, (_, index) => named(index, `蒙样例${index}号`));
    for (const draft of drafts) {
      store.drafts.save({ ...draft, photo: undefined, comparison: undefined });
      store.drafts.save(draft);
      store.records.seal(draft, 'tester');
    }
    return drafts;
  }

  test('no byte of erased records is left, among many that stay', () => {
    const drafts = fill();
    const gone = drafts.filter((_, index) => isGone(index));
    for (const { id } of gone) store.withdrawal.withdraw(id, 'consent-withdrawn', undefined, 'tester');
    for (const draft of gone) expect(found(tracesOf(draft))).toEqual(expect.arrayContaining(['name', 'number']));
    for (const draft of gone) expect(found(tracesOf(draft)).length).toBeGreaterThan(8);
    expect(pass()).toBe(gone.length);
    for (const draft of gone) expect(found(tracesOf(draft))).toEqual([]);
    for (const draft of drafts.filter((_, index) => !isGone(index))) {
      expect(found(tracesOf(draft))).toEqual(expect.arrayContaining(['name', 'number']));
      expect(store.records.load(draft.id).draft).toEqual(draft);
    }
  });

  test('no byte of erased pictures is left, and what was in words stays', () => {
    const drafts = fill();
    for (const { id } of drafts.filter((_, index) => isGone(index))) deliver(id);
    daysLater(defaultRetention.pictures);
    expect(pass()).toBe(5);
    for (const [index, draft] of drafts.entries()) {
      const left = found(tracesOf(draft));
      if (isGone(index)) expect(left).toEqual(['name', 'number']);
      else expect(left.length).toBeGreaterThan(8);
    }
  });

  test('nor of a draft', () => {
    const draft = named(1, '蒙样例号');
    store.drafts.save(draft);
    expect(found(tracesOf(draft)).length).toBeGreaterThan(8);
    daysLater(defaultRetention.drafts);
    for (const id of store.retention.dueDrafts()) store.retention.eraseDraft(id);
    pass();
    expect(found(tracesOf(draft))).toEqual([]);
  });
});
