import { afterEach, beforeEach, expect, test } from 'vitest';
import { calls } from '../contract/station.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/open-store.ts';
import { sampleDraft, sampleKey, sampleNumber, sampleTeam, temporaryFolder } from '../store/sample-draft.ts';
import { workerHandlers } from './worker-calls.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;

beforeEach(() => {
  folder = temporaryFolder();
  store = openStore({ file: folder.path('station.db'), key: sampleKey });
});
afterEach(() => {
  store.close();
  folder.remove();
});

const handlers = () => workerHandlers(store, sampleTeam.projectCode);

test('a worker is found by the end of the number, and only the masked number leaves the station', async () => {
  const { id } = store.records.seal(sampleDraft(), '操作员');
  const page = calls['worker.search'].result.parse(await handlers()['worker.search']({ text: '0019', limit: 9 }));
  expect(page).toMatchObject({ count: 1, workers: [{ id, maskedNumber: '459999********0019' }] });
  const person = calls['worker.get'].result.parse(await handlers()['worker.get']({ id }));
  expect(JSON.stringify([page, person])).not.toContain(sampleNumber);
});

test('a person has all records, the content of the one asked for, and the trail of all, newest first', async () => {
  const first = store.records.seal(sampleDraft(), '甲').id;
  const draft = sampleDraft();
  const second = store.records.seal({ ...draft, fields: { ...draft.fields, cellPhone: '13900000000' } }, '乙').id;
  store.outbox.markSending(first);
  store.outbox.markConfirmed(first);
  const { records, detail, history } = await handlers()['worker.get']({ id: second });
  expect(records.map(({ id, state }) => [id, state])).toEqual([
    [second, 'sealed'],
    [first, 'confirmed'],
  ]);
  expect(detail).toMatchObject({ fields: { cellPhone: '13900000000' }, origin: '壮', validTo: 'long-term' });
  expect(history).toMatchObject([
    { recordId: first, action: 'outbox.confirmed', from: 'sending', to: 'confirmed' },
    { recordId: first, action: 'outbox.sending', from: 'sealed', to: 'sending' },
    { recordId: second, action: 'record.sealed', actor: '乙' },
    { recordId: first, action: 'record.sealed', actor: '甲' },
  ]);
  expect((await handlers()['worker.portrait']({ id: second })).png).toEqual(
    draft.card.portrait.state === 'decoded' ? draft.card.portrait.png : undefined,
  );
});

test('without a connected project there is nobody, and an unknown person is said to be so', async () => {
  store.records.seal(sampleDraft(), 'test');
  const none = workerHandlers(store, undefined);
  expect(await none['worker.search']({ limit: 9 })).toEqual({ workers: [], count: 0 });
  expect(await none['worker.teams']({})).toEqual({ teamNames: [] });
  expect(await handlers()['worker.teams']({})).toEqual({ teamNames: [sampleTeam.teamName] });
  await expect(handlers()['worker.get']({ id: sampleDraft().id })).rejects.toMatchObject({ code: 'store.not-found' });
});
