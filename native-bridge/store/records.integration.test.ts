import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordStateSchema } from '../contract/enrolment.ts';
import type { ErrorCode } from '../contract/errors.ts';
import { openStore } from './open-store.ts';
import type { Store } from './open-store.ts';
import { numberedDraft, sampleDraft, sampleKey, sampleNumber, sampleTeam, temporaryFolder } from './sample-draft.ts';

const start = Date.parse('2026-11-02T01:01:00.000Z');

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let clock: number;

beforeEach(() => {
  folder = temporaryFolder();
  clock = start;
  store = openStore({ file: folder.path('station.db'), key: sampleKey, now: () => new Date(clock) });
});
afterEach(() => {
  store.close();
  folder.remove();
});

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;

/** Seals the n-th sample `seconds` after the card was read. */
function sealAfter(seconds: number, index: number, attempt = 1): string {
  const draft = numberedDraft(index);
  clock = Date.parse(draft.card.readAt) + seconds * 1000;
  return store.records.seal({ ...draft, photo: { ...draft.photo, attempt } }, 'tester').id;
}

describe('the last update of a person', () => {
  const { projectCode } = sampleTeam;
  const last = () => store.records.lastUpdateOf(projectCode, sampleNumber);
  const at = (moment: string) => (clock = Date.parse(moment));

  test('is the newest seal or training, of this project and this person', () => {
    expect(last()).toBeUndefined();
    at('2025-01-02T01:00:00.000Z');
    store.records.seal(sampleDraft(), 'tester');
    expect(last()).toBe('2025-01-02T01:00:00.000Z');
    at('2025-03-04T01:00:00.000Z');
    const person = { idCardType: '01', idCardNumber: sampleNumber };
    const hours = {
      trainingDate: '2025-03-04',
      trainingDuration: 8,
      trainingName: '入场教育',
      trainingTypeCode: '003002',
    };
    const trainees = [{ person, isPass: 1 as const }];
    store.reports.add({ kind: 'training', projectCode, ...hours, trainees, attachments: [] }, projectCode, 'tester');
    expect(last()).toBe('2025-03-04T01:00:00.000Z');
    expect(store.records.lastUpdateOf('PROJECT0002', sampleNumber)).toBeUndefined();
    expect(store.records.lastUpdateOf(projectCode, sampleNumber.slice(0, 17) + '0')).toBeUndefined();
  });

  test('is not a record that was taken back', () => {
    const { id } = store.records.seal(sampleDraft(), 'tester');
    store.withdrawal.withdraw(id, 'wrong-person', undefined, 'tester');
    expect(last()).toBeUndefined();
  });
});

describe('the list', () => {
  test('goes through all records newest first, page by page, each once', () => {
    const ids = Array.from({ length: 25 }, (_, index) => sealAfter(60 + Math.floor(index / 5), index));
    const seen: string[] = [];
    let before: string | undefined;
    while (seen.length <= ids.length) {
      const page = store.records.list({ before, limit: 7 });
      if (page.length === 0) break;
      seen.push(...page.map((record) => record.id));
      before = page.at(-1)?.sealedAt;
    }
    expect(seen).toEqual(ids.toReversed());
  });

  test('takes an instant without milliseconds', () => {
    sealAfter(60, 1);
    sealAfter(61, 2);
    expect(store.records.list({ before: '2026-11-02T01:01:01Z', limit: 9 })).toHaveLength(1);
  });

  test('filters by state and counts every state', () => {
    const [first = '', second = ''] = [1, 2, 3].map((index) => sealAfter(60 + index, index));
    store.outbox.markSending(first);
    store.outbox.markConfirmed(first);
    store.outbox.markAttention(second, { code: 'platform.record-refused', detail: 'photo' }, '照片不清晰');
    const none = Object.fromEntries(recordStateSchema.options.map((state) => [state, 0]));
    expect(store.records.counts()).toEqual({ ...none, sealed: 1, confirmed: 1, 'needs-attention': 1 });
    expect(store.records.list({ state: 'needs-attention', limit: 9 })).toMatchObject([
      { id: second, error: { code: 'platform.record-refused', detail: 'photo' }, platformText: '照片不清晰' },
    ]);
  });
});

describe('what is not sent', () => {
  test('counts what the platform has not accepted, with the oldest, and apart what wants a person', () => {
    const [a = '', b = '', c = ''] = [1, 2, 3].map((index) => sealAfter(60 + index, index));
    expect(store.records.unsent()).toEqual({
      count: 3,
      oldestSealedAt: '2026-11-02T01:01:01.000Z',
      needsAttention: 0,
    });
    store.outbox.markSending(a);
    store.outbox.markAccepted(a, 'S1');
    store.outbox.markSending(b);
    store.outbox.markAttention(c, { code: 'platform.record-refused' });
    expect(store.records.unsent()).toEqual({
      count: 1,
      oldestSealedAt: '2026-11-02T01:01:02.000Z',
      needsAttention: 1,
    });
  });

  test('nothing sealed, nothing oldest', () => {
    expect(store.records.unsent()).toEqual({ count: 0, oldestSealedAt: undefined, needsAttention: 0 });
  });
});

describe('finding', () => {
  test('by number inside one project, the newest one', () => {
    store.records.seal(sampleDraft(), 'tester');
    const newest = store.records.seal(sampleDraft(), 'tester').id;
    expect(store.records.findByNumber(sampleTeam.projectCode, sampleNumber)).toBe(newest);
    expect(store.records.findByNumber('PROJECT0002', sampleNumber)).toBeUndefined();
  });

  test('an unknown id', () => {
    const { id } = sampleDraft();
    expect(() => store.records.summary(id)).toThrow(code('store.not-found'));
    expect(() => store.records.load(id)).toThrow(code('store.not-found'));
    expect(store.records.photo(id)).toBeUndefined();
  });
});

test('teams: the same team is added once, one is chosen, platform number and open upload are kept', () => {
  const fields = { ...sampleTeam };
  const first = store.teams.add(fields);
  const second = store.teams.add({ ...fields, teamName: '木工班', workType: undefined });
  expect(store.teams.add({ ...fields, projectName: '改名' })).toEqual(first);
  expect(store.teams.chosen()).toBeUndefined();
  store.teams.choose(first.id);
  expect(store.teams.choose(second.id)).toEqual(second);
  store.teams.setSysNo(second.id, 4711);
  store.teams.setPendingSerial(first.id, 'T1');
  expect(store.teams.pendingSerial(first.id)).toBe('T1');
  store.teams.setPendingSerial(first.id, undefined);
  expect(store.teams.pendingSerial(first.id)).toBeUndefined();
  expect(store.teams.chosen()).toEqual({ ...second, teamSysNo: 4711 });
  expect(store.teams.list().map((team) => team.teamName)).toEqual([sampleTeam.teamName, '木工班']);
  const unknown = sampleDraft().id;
  expect(() => store.teams.choose(unknown)).toThrow(code('store.not-found'));
  expect(store.teams.chosen()?.id).toBe(second.id);
});
