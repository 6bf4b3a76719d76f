import { presentConsentVersions } from '../../native-bridge/contract/face-search.ts';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findSitters } from '../../e2e/devices/sitters.ts';
import type { EnrolmentView } from '../../native-bridge/contract/enrolment.ts';
import { openDataKey } from '../../native-bridge/store/key-folder.ts';
import { openStore } from '../../native-bridge/store/open-store.ts';
import { frameOf, newFolder, photograph, removeFolder, sealPhotographed, startTestStation } from './test-station.ts';
import type { TestStation } from './test-station.ts';

const [firstCard, secondCard, thirdCard] = ['adult-male-zhuang', 'adult-female-han', 'expired-female-zhuang'];

let first: Buffer;
let firstAgain: Buffer;
let second: Buffer;
let station: TestStation;

beforeAll(async () => {
  const sitters = await findSitters(['first', 'second']);
  [first, firstAgain, second] = await Promise.all([
    frameOf(sitters.first),
    frameOf(sitters.first, 9),
    frameOf(sitters.second),
  ]);
});
beforeEach(async () => {
  station = await startTestStation(newFolder());
});
afterEach(async () => {
  await station.stop();
  removeFolder(station.dataFolder);
});

const switchSearch = (on: boolean) => station.client.call('face-search.switch', { on });
const state = () => station.client.call('face-search.state', {});

function searchOf({ draft }: EnrolmentView) {
  if (draft.faceSearch?.kind !== 'searched') throw new Error(`not searched: ${JSON.stringify(draft.faceSearch)}`);
  return draft.faceSearch;
}

/** What is in the station's file, read while it is stopped. */
async function stored<T>(look: (store: ReturnType<typeof openStore>) => T): Promise<T> {
  await station.stop();
  const { dataFolder, storeKey } = station;
  const key = openDataKey(dataFolder, `${dataFolder}/station.db`, storeKey);
  const store = openStore({ file: `${dataFolder}/practice.db`, key });
  try {
    return look(store);
  } finally {
    store.close();
  }
}

describe('one face under two numbers', { timeout: 120_000 }, () => {
  it('is put before a person, who decides before the record can be sealed', async () => {
    const { client } = station;
    expect(await switchSearch(true)).toMatchObject({ on: true, descriptors: 0, waiting: 0 });
    const before = await photograph(client, firstCard, first);
    expect(searchOf(before)).toMatchObject({ searched: 0, found: [] });
    const record = await sealPhotographed(client);
    expect(await state()).toMatchObject({ descriptors: 1, waiting: 0 });

    const enrolment = await photograph(client, secondCard, firstAgain);
    expect(enrolment.draft.comparison).toMatchObject({ kind: 'compared', band: 'match' });
    expect(searchOf(enrolment)).toMatchObject({ searched: 1, leftOut: 0, found: [{ recordId: record }] });
    expect(enrolment).toMatchObject({ stage: 'comparison' });
    expect(enrolment.missing).toContain('found-face');
    await expect(sealPhotographed(client)).rejects.toMatchObject({ code: 'enrolment.decision-required' });

    const beside = await client.call('face-search.found', { recordId: record });
    expect(beside.record).toMatchObject({ id: record, name: '韦试样' });
    expect(beside.jpeg?.subarray(0, 2)).toEqual(Uint8Array.of(0xff, 0xd8));
    const reason = '经核对为同一人';
    const decided = await client.call('face-search.decide', { recordId: record, samePerson: true, reason });
    expect(decided.enrolment?.missing).not.toContain('found-face');
    const sealed = await sealPhotographed(client);
    const draft = await stored((store) => store.records.load(sealed).draft);
    expect(draft.faceSearch).toMatchObject({
      found: [{ recordId: record, decision: { samePerson: true, reason, decidedBy: '练习' } }],
    });
  });

  it('is not claimed of two people, nor of one person under one number', async () => {
    const { client } = station;
    await switchSearch(true);
    await photograph(client, firstCard, first);
    await sealPhotographed(client);
    expect(searchOf(await photograph(client, secondCard, second))).toMatchObject({ searched: 1, found: [] });
    await sealPhotographed(client);
    expect(searchOf(await photograph(client, firstCard, firstAgain))).toMatchObject({ searched: 2, found: [] });
  });

  it('is not looked for, and no descriptor kept, unless that is switched on', async () => {
    const enrolment = await photograph(station.client, firstCard, first);
    expect(enrolment.draft.faceSearch).toBeUndefined();
    await sealPhotographed(station.client);
    expect(await state()).toEqual({ on: false, descriptors: 0, waiting: 0, unusable: 0 });
  });

  it('is forgotten when the search is off, and found from the stored photos when it is on again', async () => {
    const { client } = station;
    await switchSearch(true);
    await photograph(client, firstCard, first);
    const record = await sealPhotographed(client);
    expect(await switchSearch(false)).toMatchObject({ on: false, descriptors: 0 });
    await switchSearch(true);
    await expect.poll(state, { timeout: 60_000 }).toMatchObject({ descriptors: 1, waiting: 0 });
    const enrolment = await photograph(client, secondCard, firstAgain);
    expect(searchOf(enrolment).found).toMatchObject([{ recordId: record }]);
    await switchSearch(false);
    // What was found still waits for its decision.
    await expect(sealPhotographed(client)).rejects.toMatchObject({ code: 'enrolment.decision-required' });
    await client.call('enrolment.retake', {});
    expect((await client.call('enrolment.current', {})).enrolment?.draft.faceSearch).toBeUndefined();
    const erased = await stored((store) =>
      store.audit.list('station').flatMap(({ action, detail }) => (action.endsWith('off') ? [detail['erased']] : [])),
    );
    expect(erased).toEqual([1, 1]);
  });

  it('is looked for only among people who were told of it, across a restart', async () => {
    const { client } = station;
    await photograph(client, firstCard, first);
    await sealPhotographed(client);
    await switchSearch(true);
    expect((await client.call('station.status', {})).consentTextVersion).toBe(presentConsentVersions.search);
    const enrolment = await photograph(client, secondCard, firstAgain);
    expect(enrolment.draft.consent?.textVersion).toBe(presentConsentVersions.search);
    expect(searchOf(enrolment)).toMatchObject({ searched: 0, leftOut: 1, found: [] });
    await station.stop();
    station = await startTestStation(station.dataFolder, station.storeKey);
    expect(await state()).toMatchObject({ on: true, descriptors: 0, waiting: 1 });
    const { enrolment: restored } = await station.client.call('enrolment.current', {});
    expect(restored).toMatchObject({ restored: true, draft: { faceSearch: { kind: 'searched' } } });
  });

  it('shows no record that was not found', async () => {
    const { client } = station;
    await photograph(client, firstCard, first);
    const record = await sealPhotographed(client);
    await switchSearch(true);
    await photograph(client, thirdCard, second);
    await expect(client.call('face-search.found', { recordId: record })).rejects.toMatchObject({
      code: 'store.not-found',
    });
    const decision = { recordId: record, samePerson: true, reason: '不该有的结论' };
    await expect(client.call('face-search.decide', decision)).rejects.toMatchObject({
      code: 'enrolment.decision-not-wanted',
    });
  });
});
