import { afterEach, beforeEach, expect, test } from 'vitest';
import { leastRoles } from '../contract/access.ts';
import { calls } from '../contract/station.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/open-store.ts';
import { numberedDraft, sampleDraft, sampleKey, sampleNumber, temporaryFolder } from '../store/sample-draft.ts';
import { printHandlers } from './print-calls.ts';

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

const handlers = () => printHandlers(store, () => '黄主管');
const trail = () => store.audit.list('station').map(({ action, actor, detail }) => ({ action, actor, detail }));

test('sheets come in the order asked for, with the consent as it was given and the number in part only', async () => {
  const draft = sampleDraft();
  const { id } = store.records.seal(
    {
      ...draft,
      card: { ...draft.card, nativePlace: { ...draft.card.nativePlace, name: '示例省练习市' } },
      fields: { ...draft.fields, entryDate: '2026-11-02' },
    },
    'test',
  );
  const other = store.records.seal(numberedDraft(7), 'test').id;
  const { workers } = calls['worker.sheet-data'].result.parse(
    await handlers()['worker.sheet-data']({ ids: [other, id] }),
  );
  expect(workers.map((worker) => worker.id)).toEqual([other, id]);
  expect(workers[1]).toMatchObject({
    maskedNumber: '459999********0019',
    sexCode: '1',
    nativePlace: '示例省练习市',
    cellPhone: '13800000000',
    entryDate: '2026-11-02',
    consent: { textVersion: '1', givenAt: '2026-11-02T01:00:10.000Z', isSigned: true },
  });
  expect(JSON.stringify(workers)).not.toContain(sampleNumber);
  expect(trail()).toEqual([]);
});

test('a notice is told of with its language and how it was signed', async () => {
  const { consent, ...draft } = sampleDraft();
  const { signature: _unsigned, ...ticked } = consent;
  const signing = { kind: 'attested', reason: 'hand-injured', by: '莫经办' } as const;
  const { id } = store.records.seal({ ...draft, consent: { ...ticked, signing, language: 'en' } }, 'test');
  const { workers } = await handlers()['worker.sheet-data']({ ids: [id] });
  expect(workers[0]?.consent).toMatchObject({ isSigned: false, signing, language: 'en' });
});

test('whole numbers are for a supervisor, and the trail tells who saw how many', async () => {
  const { id } = store.records.seal(sampleDraft(), 'test');
  expect(leastRoles['worker.sheet-numbers']).toBe(leastRoles['worker.export']);
  expect(await handlers()['worker.sheet-numbers']({ ids: [id] })).toEqual({ workers: [{ id, number: sampleNumber }] });
  expect(trail()).toEqual([{ action: 'workers.numbers-shown', actor: '黄主管', detail: { count: 1 } }]);
});

test('the trail tells who prints what, for how many, and whether with whole numbers', async () => {
  const printing = { paper: 'register', count: 245, wholeNumbers: true } as const;
  await handlers()['worker.note-printing'](printing);
  expect(trail()).toEqual([{ action: 'workers.printed', actor: '黄主管', detail: printing }]);
});

test('the signature is the one given at the desk', async () => {
  const draft = sampleDraft();
  const { id } = store.records.seal(draft, 'test');
  expect((await handlers()['worker.signature']({ id })).png).toEqual(draft.consent.signature);
  const { signature: _, ...consent } = draft.consent;
  const unsigned = store.records.seal({ ...numberedDraft(2), consent }, 'test').id;
  expect(await handlers()['worker.signature']({ id: unsigned })).toEqual({});
  const { workers } = await handlers()['worker.sheet-data']({ ids: [unsigned] });
  expect(workers[0]?.consent.isSigned).toBe(false);
});
