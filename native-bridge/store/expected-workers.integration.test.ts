import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Team } from '../contract/enrolment.ts';
import { openStore } from './open-store.ts';
import type { Store } from './open-store.ts';
import { sampleDraft, sampleKey, sampleName, sampleNumber, sampleTeam, temporaryFolder } from './sample-draft.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let team: Team;
let now: Date;

const start = new Date('2026-11-02T01:01:00.000Z');
const dayMs = 86_400_000;

beforeEach(() => {
  folder = temporaryFolder();
  now = start;
  store = openStore({ file: folder.path('station.db'), key: sampleKey, now: () => now });
  team = store.teams.add(sampleTeam);
});
afterEach(() => {
  store.close();
  folder.remove();
});

const fields = { workType: '030' };
const entry = (name: string, number?: string) => ({ teamId: team.id, name, number, fields });
const seal = (number = sampleNumber) => store.records.seal({ ...sampleDraft(number), team }, 'tester').id;
const states = () => store.expected.list(team.id).map(({ recordId, doubtfulId }) => ({ recordId, doubtfulId }));
const nothing = { recordId: undefined, doubtfulId: undefined };

test('a sealed record ticks off the entry of its number, whatever the name in the list', () => {
  store.expected.add([entry('别名', sampleNumber), entry('黄样本', '459999199001010027')], 'tester');
  const id = seal();
  expect(states()).toEqual([{ recordId: id, doubtfulId: undefined }, nothing]);
});

test('the same name under another number is a doubt, which a person settles', () => {
  store.expected.add([entry(sampleName, '459999199001010027'), entry(sampleName)], 'tester');
  const id = seal();
  const doubt = { recordId: undefined, doubtfulId: id };
  expect(states()).toEqual([doubt, doubt]);
  const [first, second] = store.expected.list(team.id);
  store.expected.settle(first?.id ?? '', false, 'tester');
  store.expected.settle(second?.id ?? '', true, 'tester');
  expect(states()).toEqual([nothing, { recordId: id, doubtfulId: undefined }]);
  expect(() => store.expected.settle(first?.id ?? '', true, 'tester')).toThrow('store.not-found');
});

test('an entry found by its number leaves namesakes alone', () => {
  store.expected.add([entry(sampleName, sampleNumber), entry(sampleName)], 'tester');
  const id = seal();
  expect(states()).toEqual([{ recordId: id, doubtfulId: undefined }, nothing]);
});

test('who has come is not made doubtful by a namesake who comes later', () => {
  store.expected.add([entry(sampleName, '459999199001010027')], 'tester');
  const first = seal();
  const [listed] = store.expected.list(team.id);
  store.expected.settle(listed?.id ?? '', true, 'tester');
  seal('11010519491231002X');
  expect(states()).toEqual([{ recordId: first, doubtfulId: undefined }]);
});

test('who is erased is in no list either', () => {
  store.expected.add([entry(sampleName, sampleNumber)], 'tester');
  const id = seal();
  store.withdrawal.withdraw(id, 'consent-withdrawn', undefined, 'tester');
  store.expected.add([entry('黄样本', '459999199001010027')], 'tester');
  expect(store.retention.wish(id, 'consent-withdrawn', 'tester').erased).toEqual([id]);
  expect(store.expected.list(team.id).map(({ name }) => name)).toEqual(['黄样本']);
});

test('an older record that is erased leaves the entry to the newer one', () => {
  const first = seal();
  store.withdrawal.withdraw(first, 'wrong-team', undefined, 'tester');
  const second = seal();
  store.expected.add([entry(sampleName, sampleNumber)], 'tester');
  now = new Date(start.getTime() + 31 * dayMs);
  store.retention.slice();
  expect(store.records.list({ limit: 9 }).map(({ id }) => id)).toEqual([second]);
  expect(states()).toEqual([{ recordId: second, doubtfulId: undefined }]);
});

test('who never came goes after the time for it, and not a day earlier; who came stays', () => {
  store.expected.add([entry(sampleName, sampleNumber), entry('黄样本', '459999199001010027')], 'tester');
  const id = seal();
  now = new Date(start.getTime() + 90 * dayMs - 1);
  store.retention.eraseExpected();
  expect(states()).toEqual([{ recordId: id, doubtfulId: undefined }, nothing]);
  now = new Date(start.getTime() + 90 * dayMs);
  store.retention.eraseExpected();
  expect(states()).toEqual([{ recordId: id, doubtfulId: undefined }]);
  expect(store.audit.list('station').at(-1)).toMatchObject({ action: 'expected.erased' });
});

test('a record that is taken back is expected again', () => {
  store.expected.add([entry(sampleName, sampleNumber)], 'tester');
  const id = seal();
  store.withdrawal.withdraw(id, 'wrong-person', undefined, 'tester');
  expect(states()).toEqual([nothing]);
});

test('who is enrolled already is ticked off when the list comes, and nobody is listed twice', () => {
  const id = seal();
  expect(store.expected.add([entry(sampleName, sampleNumber)], 'tester')).toBe(1);
  expect(store.expected.add([entry(sampleName, sampleNumber)], 'tester')).toBe(0);
  expect(states()).toEqual([{ recordId: id, doubtfulId: undefined }]);
});

test('the trail says that a list came, and nothing of whom it names', () => {
  store.expected.add([entry(sampleName, sampleNumber)], 'tester');
  store.expected.remove(team.id, undefined, 'tester');
  expect(store.expected.list(team.id)).toEqual([]);
  const trail = store.audit.list(team.id);
  expect(trail.map(({ action }) => action)).toEqual(['expected.added', 'expected.removed']);
  expect(JSON.stringify(trail)).not.toContain(sampleName);
});
