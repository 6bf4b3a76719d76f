import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { openStore, storeOn } from './open-store.ts';
import type { Store } from './open-store.ts';
import { numberedDraft, sampleDraft, sampleKey, temporaryFolder } from './sample-draft.ts';

const start = new Date('2026-11-02T01:01:00.000Z');
const later = new Date('2026-11-02T01:06:00.000Z');
const unreachable = { code: 'platform.unreachable' } as const;

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let now: Date;

function open(): void {
  store = openStore({ file: folder.path('station.db'), key: sampleKey, now: () => now });
}

beforeEach(() => {
  folder = temporaryFolder();
  now = start;
  open();
});
afterEach(() => {
  store.close();
  folder.remove();
});

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const seal = (index: number) => store.records.seal(numberedDraft(index), 'tester').id;
const dueIds = (at = now) => store.outbox.due(at, 100).map((item) => item.recordId);

describe('what is due', () => {
  test('200 records come oldest seal first, each once, though their states change on the way', () => {
    const ids = Array.from({ length: 200 }, (_, index) => {
      now = new Date(start.getTime() - index * 1000); // a clock that runs backwards must not matter
      return seal(index);
    });
    now = start;
    const seen: string[] = [];
    let after = 0;
    while (seen.length <= ids.length) {
      const batch = store.outbox.due(now, 7, after);
      if (batch.length === 0) break;
      for (const item of batch) {
        seen.push(item.recordId);
        after = item.position;
        store.outbox.markSending(item.recordId);
        if (item.position % 3 === 0) store.outbox.markConfirmed(item.recordId);
        if (item.position % 3 === 1) store.outbox.markRetry(item.recordId, unreachable, start, false);
      }
    }
    expect(seen).toEqual(ids);
  });

  test('an item waits for its moment, and the next moment is known', () => {
    const id = seal(1);
    expect(store.outbox.nextDueAt()).toEqual(start);
    store.outbox.markRetry(id, unreachable, later, false);
    expect(dueIds(new Date(later.getTime() - 1))).toEqual([]);
    expect(dueIds(later)).toEqual([id]);
    expect(store.outbox.nextDueAt()).toEqual(later);
    store.outbox.markSending(id);
    expect(store.outbox.nextDueAt()).toBeUndefined();
  });

  test('what is being sent, confirmed or wants a person is not due', () => {
    const [sending = '', confirmed = '', attention = '', waiting = ''] = [1, 2, 3, 4].map(seal);
    store.outbox.markSending(sending);
    store.outbox.markSending(confirmed);
    store.outbox.markConfirmed(confirmed);
    store.outbox.markAttention(attention, unreachable);
    expect(dueIds()).toEqual([waiting]);
  });

  test('a later record of the same person waits for the earlier one and is an update once that is confirmed', () => {
    const first = store.records.seal(sampleDraft(), 'tester').id;
    const second = store.records.seal(sampleDraft(), 'tester').id;
    expect(store.outbox.due(now, 9)).toMatchObject([{ recordId: first, update: false }]);
    store.outbox.markSending(first);
    store.outbox.markAccepted(first, 'S1');
    expect(dueIds()).toEqual([first]);
    store.outbox.markConfirmed(first);
    expect(store.outbox.due(now, 9)).toMatchObject([{ recordId: second, update: true }]);
  });

  test('an earlier record that wants a person does not hold the later one', () => {
    const first = store.records.seal(sampleDraft(), 'tester').id;
    const second = store.records.seal(sampleDraft(), 'tester').id;
    store.outbox.markAttention(first, { code: 'platform.record-refused' });
    expect(store.outbox.due(now, 9)).toMatchObject([{ recordId: second, update: false }]);
  });

  test('a moment that a wrong clock put too far ahead does not count', () => {
    const minutesAhead = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
    const [soon = '', far = ''] = [1, 2].map(seal);
    store.outbox.markRetry(soon, unreachable, minutesAhead(10), false);
    store.outbox.markRetry(far, unreachable, new Date(minutesAhead(10).getTime() + 1), false);
    expect(dueIds()).toEqual([far]);
    expect(store.outbox.nextDueAt()).toEqual(start);
    store.outbox.markSending(far);
    expect(dueIds()).toEqual([]);
    expect(store.outbox.nextDueAt()).toEqual(minutesAhead(10));
    expect(store.outbox.nextDueAt(minutesAhead(-60))).toEqual(minutesAhead(-60));
  });
});

describe('two records of one person in one project', () => {
  const refused = { code: 'platform.record-refused' } as const;
  const sealSame = () => store.records.seal(sampleDraft(), 'tester').id;
  let older: string;
  let newer: string;

  beforeEach(() => {
    older = sealSame();
    newer = sealSame();
  });

  function deliver(id: string): void {
    store.outbox.markSending(id);
    store.outbox.markConfirmed(id);
  }

  const newerGoes: Readonly<Record<string, () => void>> = {
    waiting: () => undefined,
    sending: () => store.outbox.markSending(newer),
    accepted: () => {
      store.outbox.markSending(newer);
      store.outbox.markAccepted(newer, 'S2');
    },
    confirmed: () => deliver(newer),
  };

  test.each(Object.keys(newerGoes))(
    'the older one, once set aside, is not brought back while the newer is %s',
    (way) => {
      store.outbox.markAttention(older, refused, '照片不清晰');
      newerGoes[way]?.();
      const before = store.records.summary(older);
      const { rows } = store.audit.verify();
      expect(() => store.outbox.retryNow(older)).toThrow(code('enrolment.overtaken'));
      expect(store.records.summary(older)).toEqual(before);
      expect(store.audit.verify()).toEqual({ rows });
      expect(dueIds()).not.toContain(older);
    },
  );

  test('the older one is brought back while the newer wants a person too, and goes first', () => {
    store.outbox.markAttention(older, refused);
    store.outbox.markAttention(newer, refused);
    store.outbox.retryNow(older);
    expect(dueIds()).toEqual([older]);
    deliver(older);
    store.outbox.retryNow(newer);
    expect(store.outbox.due(now, 9)).toMatchObject([{ recordId: newer, update: true }]);
  });

  test('the newer one is brought back although the older wants a person', () => {
    store.outbox.markAttention(older, refused);
    store.outbox.markAttention(newer, refused);
    store.outbox.retryNow(newer);
    expect(dueIds()).toEqual([newer]);
  });

  test('an older one that is still on its way is hurried: the newer waits behind it anyway', () => {
    store.outbox.markRetry(older, unreachable, later, false);
    expect(dueIds()).toEqual([]);
    store.outbox.retryNow(older);
    expect(dueIds()).toEqual([older]);
  });

  test("another person's record and another project's do not stand in the way", () => {
    const other = seal(1);
    store.outbox.markAttention(other, refused);
    store.outbox.retryNow(other);
    const draft = sampleDraft();
    const elsewhere = { ...draft, team: { ...draft.team, projectCode: 'PROJECT0002' } };
    store.outbox.markAttention(newer, refused);
    store.records.seal(elsewhere, 'tester');
    store.outbox.retryNow(newer);
    expect(store.records.summary(newer).state).toBe('sealed');
  });
});

describe('an older record left on its way beside a newer confirmed one', () => {
  let raw: Database;
  let older: string;
  let newer: string;

  /** The outbox itself does not let it come to this; a data file of before could hold it. */
  beforeEach(() => {
    raw = openDatabase(folder.path('before.db'), sampleKey);
    store.close();
    store = storeOn(raw, () => now);
    older = store.records.seal(sampleDraft(), 'tester').id;
    newer = store.records.seal(sampleDraft(), 'tester').id;
    raw.run(`UPDATE outbox SET state = 'confirmed', next_attempt_at = NULL WHERE record_id = @newer`, { newer });
  });

  test('is never due and cannot be hurried', () => {
    expect(dueIds()).toEqual([]);
    expect(store.outbox.nextDueAt()).toBeUndefined();
    expect(() => store.outbox.retryNow(older)).toThrow(code('enrolment.overtaken'));
  });

  test('does not hold up what is sealed after it, which is an update', () => {
    const newest = store.records.seal(sampleDraft(), 'tester').id;
    expect(store.outbox.due(now, 9)).toMatchObject([{ recordId: newest, update: true }]);
  });
});

describe('the way of a record', () => {
  test('every change is in the summary and in the trail', () => {
    const id = seal(1);
    now = later;
    store.outbox.markSending(id);
    expect(store.records.summary(id)).toMatchObject({ state: 'sending', attempts: 1, changedAt: later.toISOString() });
    store.outbox.markAccepted(id, 'S1');
    store.outbox.markRetry(id, { code: 'platform.waiting' }, later, false);
    expect(store.outbox.due(now, 9)).toMatchObject([{ state: 'accepted', serial: 'S1', attempts: 1, inDoubt: false }]);
    store.outbox.markConfirmed(id);
    expect(store.records.summary(id)).toMatchObject({ state: 'confirmed', serial: 'S1' });
    expect(store.records.summary(id).error).toBeUndefined();
    expect(store.audit.list(id).map((row) => row.action)).toEqual([
      'record.sealed',
      'outbox.sending',
      'outbox.accepted',
      'outbox.retry',
      'outbox.confirmed',
    ]);
  });

  test('what the platform has is remembered for the next try', () => {
    const id = seal(1);
    store.outbox.markSending(id);
    store.outbox.markRetry(id, unreachable, now, false, true);
    store.outbox.markSending(id);
    store.outbox.markRetry(id, unreachable, now, true);
    expect(store.outbox.due(now, 9)).toMatchObject([{ update: true, inDoubt: true, attempts: 2 }]);
  });

  test("the operator's wish brings a record back at once, in the operator's name", () => {
    const id = seal(1);
    store.outbox.markAttention(id, { code: 'platform.record-refused' }, '照片不清晰');
    store.outbox.retryNow(id, 'tester');
    expect(dueIds()).toEqual([id]);
    expect(store.audit.list(id).at(-1)).toMatchObject({ action: 'outbox.retry-now', actor: 'tester' });
  });

  test('a change that does not fit throws and leaves everything as it was', () => {
    const id = seal(1);
    const before = store.records.summary(id);
    now = later;
    expect(() => store.outbox.markAccepted(id, 'S1')).toThrow(code('internal'));
    expect(store.records.summary(id)).toEqual(before);
    expect(store.audit.verify()).toEqual({ rows: 1 });
    expect(() => store.outbox.markSending(sampleDraft().id)).toThrow(code('store.not-found'));
  });
});

describe('after the program ended', () => {
  test('what was being sent is in doubt and due, everything else is as it was', () => {
    const [sending = '', waiting = '', accepted = ''] = [1, 2, 3].map(seal);
    store.outbox.markSending(sending);
    store.outbox.markRetry(waiting, unreachable, later, false);
    store.outbox.markSending(accepted);
    store.outbox.markAccepted(accepted, 'S1');
    store.close();
    open();
    expect(store.outbox.due(later, 9)).toMatchObject([
      { recordId: sending, state: 'sending', inDoubt: true, attempts: 1 },
      { recordId: waiting, state: 'sealed', inDoubt: false },
      { recordId: accepted, state: 'accepted', inDoubt: false, serial: 'S1' },
    ]);
    expect(store.audit.list(sending).at(-1)).toMatchObject({ action: 'outbox.interrupted' });
  });

  test('opening once more changes nothing', () => {
    store.outbox.markSending(seal(1));
    store.close();
    open();
    const { rows } = store.audit.verify();
    store.close();
    open();
    expect(store.audit.verify()).toEqual({ rows });
  });
});
