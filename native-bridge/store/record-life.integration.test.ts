import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import type { Corrected } from './correction.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { storeOn } from './open-store.ts';
import type { Store } from './open-store.ts';
import { numberedDraft, sampleDraft, sampleKey, sampleTeam, temporaryFolder } from './sample-draft.ts';

const start = new Date('2026-11-02T01:01:00.000Z');
const later = new Date('2026-11-02T01:06:00.000Z');
const unreachable = { code: 'platform.unreachable' } as const;
const refused = { code: 'platform.record-refused' } as const;

let folder: ReturnType<typeof temporaryFolder>;
let database: Database;
let store: Store;
let now: Date;

beforeEach(() => {
  folder = temporaryFolder();
  now = start;
  database = openDatabase(folder.path('station.db'), sampleKey);
  store = storeOn(database, () => now);
});
afterEach(() => {
  store.close();
  folder.remove();
});

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const seal = (index = 1) => store.records.seal(numberedDraft(index), 'tester').id;
const stateOf = (id: string) => store.records.summary(id).state;
const actions = (id: string) => store.audit.list(id).map((row) => row.action);
const withdraw = (id: string) => store.withdrawal.withdraw(id, 'wrong-person', '拿错了证件', 'tester');

function deliver(id: string): void {
  store.outbox.markSending(id);
  store.outbox.markAccepted(id, `serial of ${id}`);
  store.outbox.markConfirmed(id);
}

function withPhone(id: string, cellPhone = '13900000001'): Corrected {
  const { fields, team } = store.correction.correctable(id);
  return { fields: { ...fields, cellPhone }, team };
}

const correct = (id: string, cellPhone?: string) => store.correction.correct(id, withPhone(id, cellPhone), 'tester').id;

/** Nothing may have changed: neither the record nor the trail. */
function expectRefused(id: string, run: () => unknown, expected: ErrorCode): void {
  const before = store.records.summary(id);
  const { rows } = store.audit.verify();
  expect(run).toThrow(code(expected));
  expect(store.records.summary(id)).toEqual(before);
  expect(store.audit.verify()).toEqual({ rows });
}

describe('a record that is taken back', () => {
  test('is kept, never sent, counted as unsent no more, and still an enrolment of today', () => {
    const id = seal();
    withdraw(id);
    expect(stateOf(id)).toBe('withdrawn');
    expect(store.records.load(id).draft.card.fields.number).toBe(numberedDraft(1).card.fields.number);
    expect(store.outbox.due(later, 9)).toEqual([]);
    expect(store.outbox.nextDueAt()).toBeUndefined();
    expect(store.records.unsent()).toMatchObject({ count: 0, needsAttention: 0 });
    expect(store.figures.today(sampleTeam.projectCode, start).enrolled).toBe(1);
    expect(store.history.of(id).withdrawal).toEqual({ reason: 'wrong-person', note: '拿错了证件' });
  });

  test('has the reason in the trail, but not the words, which may name somebody', () => {
    const id = seal();
    withdraw(id);
    const last = store.audit.list(id).at(-1);
    expect(last).toMatchObject({ action: 'outbox.withdrawn', actor: 'tester', detail: { reason: 'wrong-person' } });
    expect(JSON.stringify(last)).not.toContain('拿错了证件');
  });

  test('is not brought back by a wish to send it', () => {
    const id = seal();
    withdraw(id);
    expectRefused(id, () => store.outbox.retryNow(id), 'record.ended');
  });

  test('does not make the person count as enrolled, so that the right one can be', () => {
    const { projectCode } = numberedDraft(1).team;
    const { number } = numberedDraft(1).card.fields;
    withdraw(seal());
    expect(store.records.findByNumber(projectCode, number)).toBeUndefined();
    const again = seal();
    expect(store.records.findByNumber(projectCode, number)).toBe(again);
    expect(store.outbox.due(now, 9)).toMatchObject([{ recordId: again, update: false }]);
  });

  test('after the platform said no at once, it can be taken back', () => {
    const id = seal();
    store.outbox.markSending(id);
    store.outbox.markAttention(id, refused);
    withdraw(id);
    expect(stateOf(id)).toBe('withdrawn');
    expect(store.records.unsent().needsAttention).toBe(0);
  });

  test('offline, tries that never reached the platform do not stand in the way', () => {
    const id = seal();
    store.outbox.markRetry(id, unreachable, later, true);
    withdraw(id);
    expect(stateOf(id)).toBe('withdrawn');
  });

  const tooLate: Readonly<Record<string, readonly [(id: string) => void, ErrorCode]>> = {
    'being sent': [(id) => store.outbox.markSending(id), 'record.under-way'],
    accepted: [
      (id) => {
        store.outbox.markSending(id);
        store.outbox.markAccepted(id, 'S1');
      },
      'record.under-way',
    ],
    'sent without an answer': [
      (id) => {
        store.outbox.markSending(id);
        store.outbox.markRetry(id, unreachable, later, true);
      },
      'record.perhaps-sent',
    ],
    'refused after an earlier request without an answer': [
      (id) => {
        store.outbox.markSending(id);
        store.outbox.markRetry(id, unreachable, later, true);
        store.outbox.markSending(id);
        store.outbox.markAttention(id, refused);
      },
      'record.perhaps-sent',
    ],
    'refused with a serial': [
      (id) => {
        store.outbox.markSending(id);
        store.outbox.markAccepted(id, 'S1');
        store.outbox.markAttention(id, refused);
      },
      'record.perhaps-sent',
    ],
    confirmed: [deliver, 'record.at-platform'],
    'taken back already': [withdraw, 'record.ended'],
    corrected: [(id) => void correct(id), 'record.ended'],
  };
  test.each(Object.keys(tooLate))('it is too late once it is %s', (name) => {
    const id = seal();
    const [prepare, expected] = tooLate[name] ?? [];
    prepare?.(id);
    expectRefused(id, () => withdraw(id), expected ?? 'internal');
    expect(store.history.of(id).refusals.withdraw).toBe(expected);
  });

  test('an unknown one is said to be unknown', () => {
    expect(() => withdraw(sampleDraft().id)).toThrow(code('store.not-found'));
  });
});

describe('a correction', () => {
  test('is a new record of the same card, consent and pictures, which takes the place of the old one', () => {
    const id = seal();
    const old = store.records.load(id).draft;
    now = later;
    const newer = correct(id);
    expect(newer).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    const { draft } = store.records.load(newer);
    expect(draft).toEqual({ ...old, id: newer, fields: { ...old.fields, cellPhone: '13900000001' } });
    expect(store.records.load(newer).contentHash).not.toBe(store.records.load(id).contentHash);
    expect(store.records.summary(newer)).toMatchObject({ state: 'sealed', supersedes: id });
    expect(stateOf(id)).toBe('superseded');
    expect(store.outbox.due(now, 9)).toMatchObject([{ recordId: newer, update: false, inDoubt: false }]);
    expect(store.records.unsent().count).toBe(1);
    expect(store.figures.today(sampleTeam.projectCode, start).enrolled).toBe(1);
  });

  test('names in the trail of both what was changed, without the values', () => {
    const id = seal();
    const newer = correct(id);
    const last = store.audit.list(id).at(-1);
    expect(last).toMatchObject({ action: 'outbox.superseded', detail: { by: newer, changed: ['cellPhone'] } });
    expect(store.audit.list(newer)[0]).toMatchObject({ action: 'record.sealed', detail: { supersedes: id } });
    expect(JSON.stringify([...store.audit.list(id), ...store.audit.list(newer)])).not.toContain('13900000001');
    expect(store.audit.verify()).not.toHaveProperty('brokenAt');
  });

  test('of a confirmed record leaves that confirmed and goes as an update', () => {
    const id = seal();
    deliver(id);
    const newer = correct(id);
    expect(stateOf(id)).toBe('confirmed');
    expect(actions(id).at(-1)).toBe('record.corrected');
    expect(store.outbox.due(now, 9)).toMatchObject([{ recordId: newer, update: true, inDoubt: false }]);
    deliver(newer);
    expect([stateOf(id), stateOf(newer)]).toEqual(['confirmed', 'confirmed']);
  });

  test('of a refused record goes in its place; what the platform may have of it is asked first', () => {
    const id = seal();
    store.outbox.markSending(id);
    store.outbox.markAccepted(id, 'S1');
    store.outbox.markAttention(id, refused, '手机号码有误');
    const newer = correct(id);
    expect(stateOf(id)).toBe('superseded');
    expect(store.records.summary(id).serial).toBe('S1');
    expect(store.outbox.due(now, 9)).toMatchObject([{ recordId: newer, inDoubt: true, serial: undefined }]);
    expectRefused(id, () => store.outbox.retryNow(id), 'enrolment.overtaken');
  });

  test('in doubt once, in doubt again: also when the doubt lies before the last clear answer', () => {
    const id = seal();
    store.outbox.markSending(id);
    store.outbox.markRetry(id, unreachable, later, true);
    store.outbox.markSending(id);
    store.outbox.markAttention(id, refused);
    expect(store.outbox.due(later, 9)).toEqual([]);
    const newer = correct(id);
    expect(store.outbox.due(later, 9)).toMatchObject([{ recordId: newer, inDoubt: true }]);
    expectRefused(newer, () => withdraw(newer), 'record.perhaps-sent');
  });

  test('of a correction goes on in the chain, which every one of them shows', () => {
    const first = seal();
    now = later;
    const second = correct(first);
    const third = correct(second, '13900000002');
    for (const id of [first, second, third]) {
      expect(store.history.of(id).chain).toMatchObject([
        { id: first, state: 'superseded' },
        { id: second, state: 'superseded' },
        { id: third, state: 'sealed' },
      ]);
    }
    expect(store.history.of(third).rows.map((row) => row.action)).toEqual(['record.sealed']);
  });

  test('may give another team of the same project, and of no other', () => {
    const id = seal();
    const { fields, team } = store.correction.correctable(id);
    const elsewhere = { ...team, id: sampleDraft().id, projectCode: 'PROJECT0002' };
    expectRefused(
      id,
      () => store.correction.correct(id, { fields, team: elsewhere }, 'tester'),
      'record.other-project',
    );
    const other = { ...team, id: sampleDraft().id, teamName: '木工二班' };
    const newer = store.correction.correct(id, { fields, team: other }, 'tester');
    expect(newer.teamName).toBe('木工二班');
  });

  test('that changes nothing is none', () => {
    const id = seal();
    const same = store.correction.correctable(id);
    expectRefused(id, () => store.correction.correct(id, same, 'tester'), 'record.nothing-changed');
  });

  test('an emptied field is gone', () => {
    const id = seal();
    const { fields, team } = store.correction.correctable(id);
    const { cellPhone: _cellPhone, ...rest } = fields;
    const newer = store.correction.correct(id, { fields: rest, team }, 'tester').id;
    expect(store.records.load(newer).draft.fields).toEqual(rest);
  });

  const refusedWhile: Readonly<Record<string, readonly [(id: string) => void, ErrorCode]>> = {
    'being sent': [(id) => store.outbox.markSending(id), 'record.under-way'],
    accepted: [
      (id) => {
        store.outbox.markSending(id);
        store.outbox.markAccepted(id, 'S1');
      },
      'record.under-way',
    ],
    'taken back': [withdraw, 'record.ended'],
    'corrected already': [(id) => void correct(id), 'record.ended'],
    locked: [
      (id) => {
        deliver(id);
        store.retention.wish(id, 'deletion-wish', 'tester');
      },
      'record.locked',
    ],
    'older than another one of the person': [() => void seal(), 'enrolment.overtaken'],
  };
  test.each(Object.keys(refusedWhile))('is refused while the record is %s', (name) => {
    const id = seal();
    const corrected = withPhone(id);
    const [prepare, expected] = refusedWhile[name] ?? [];
    prepare?.(id);
    expectRefused(id, () => store.correction.correct(id, corrected, 'tester'), expected ?? 'internal');
    expect(store.history.of(id).refusals.correct).toBe(expected);
  });

  test('that is taken back leaves nobody enrolled, unless the platform has the first record', () => {
    const { projectCode } = numberedDraft(1).team;
    const enrolled = (index: number) =>
      store.records.findByNumber(projectCode, numberedDraft(index).card.fields.number);
    withdraw(correct(seal(1)));
    expect(enrolled(1)).toBeUndefined();
    const confirmed = seal(2);
    deliver(confirmed);
    withdraw(correct(confirmed));
    expect(enrolled(2)).toBe(confirmed);
  });

  test('can be made again after it was taken back', () => {
    const id = seal();
    deliver(id);
    const mistaken = correct(id);
    withdraw(mistaken);
    const right = correct(id, '13900000002');
    expect(store.outbox.due(now, 9)).toMatchObject([{ recordId: right, update: true }]);
  });

  const steps = [
    ['pictures', 'BEFORE INSERT ON main.media'],
    ['record', 'BEFORE INSERT ON main.records'],
    ['outbox row of the new', 'BEFORE INSERT ON main.outbox'],
    ['outbox row of the old', 'BEFORE UPDATE ON main.outbox'],
    ['audit row', 'BEFORE INSERT ON main.audit'],
  ] as const;
  test.each(steps)('that fails at the %s leaves the old record as it was and nothing new', (_, event) => {
    const id = seal();
    const corrected = withPhone(id);
    database.script(`CREATE TEMP TRIGGER fault ${event} BEGIN SELECT RAISE(ABORT, 'injected'); END`);
    expectRefused(id, () => store.correction.correct(id, corrected, 'tester'), 'internal');
    expect(store.records.list({ limit: 9 })).toHaveLength(1);
    database.script('DROP TRIGGER fault');
    expect(correct(id)).not.toBe(id);
  });
});

describe('a record that a newer one has overtaken', () => {
  test('ends as superseded when the newer is confirmed, in the trail as well', () => {
    const older = seal();
    store.outbox.markSending(older);
    store.outbox.markAttention(older, refused);
    const newer = seal();
    const other = seal(2);
    store.outbox.markAttention(other, refused);
    store.outbox.markSending(newer);
    expect(stateOf(older)).toBe('needs-attention');
    store.outbox.markConfirmed(newer);
    expect(stateOf(older)).toBe('superseded');
    expect(store.audit.list(older).at(-1)).toMatchObject({ action: 'outbox.superseded', detail: { by: newer } });
    expect(stateOf(other)).toBe('needs-attention');
    expect(store.records.unsent().needsAttention).toBe(1);
    expectRefused(older, () => store.outbox.retryNow(older), 'enrolment.overtaken');
  });

  test('in a file of before, it ends when the file is opened', () => {
    const older = seal();
    store.outbox.markAttention(older, refused);
    const newer = seal();
    database.run(`UPDATE outbox SET state = 'confirmed' WHERE record_id = @newer`, { newer });
    store = storeOn(database, () => now);
    expect(stateOf(older)).toBe('superseded');
    const { rows } = store.audit.verify();
    store = storeOn(database, () => now);
    expect(store.audit.verify()).toEqual({ rows });
  });
});

describe('what is due, with ended records among them', () => {
  test('neither holds up the person nor anybody else, and the order stays', () => {
    const [first, second, third] = [seal(1), seal(2), seal(3)];
    const again = seal(1);
    withdraw(first);
    const corrected = correct(second);
    expect(store.outbox.due(now, 9).map((item) => item.recordId)).toEqual([third, again, corrected]);
  });
});
