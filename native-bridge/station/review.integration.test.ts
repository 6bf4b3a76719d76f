import { v7 as newId } from 'uuid';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StationClient } from '../contract/client.ts';
import type { Draft } from '../contract/enrolment.ts';
import { checkCharacter } from '../enrolment/id-number.ts';
import { completeDraft, testCard } from '../enrolment/test-draft.ts';
import { createClient } from '../rpc/client.ts';
import { inProcessChannelPair } from '../rpc/in-process-channel.ts';
import { StationHost } from '../station-host.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { becomeAdministrator, testPassword } from './test-accounts.ts';

const reviewer = { name: '莫管理', password: testPassword };
const operatorPassword = 'a password of one’s own';

let dataFolder: string;
let host: StationHost;
let client: StationClient;
let grey: string;
let plain: string;
let own: string;

/** People who cannot exist. */
function seal(store: Store, order: number, actor: string, part: Partial<Draft> = {}): string {
  const digits = `45999919860409${String(order).padStart(3, '0')}`;
  const card = testCard({ number: digits + checkCharacter(digits), name: `韦试样${order}` });
  return store.records.seal({ ...completeDraft(), id: newId(), card, ...part }, actor).id;
}

const greyPart = (): Partial<Draft> => {
  const { comparison } = completeDraft();
  if (comparison?.kind !== 'compared') throw new Error('the sample is compared');
  const decidedAt = '2026-03-05T01:00:00.000Z';
  const decision = { samePerson: true, reason: '本人，胡须', decidedBy: '覃示例', decidedAt };
  return { comparison: { ...comparison, band: 'review', distance: 0.47 }, decision };
};

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'enrol-desk-review-'));
  const storeKey = randomBytes(32);
  const store = openStore({ file: join(dataFolder, 'practice.db'), key: storeKey });
  plain = seal(store, 1, '覃示例');
  grey = seal(store, 2, '覃示例', greyPart());
  own = seal(store, 3, reviewer.name, greyPart());
  store.close();
  host = new StationHost({ onReady: () => undefined, onFatal: () => undefined });
  const assetsFolder = join(import.meta.dirname, '..', '..', 'assets');
  await host.start({ version: 'test', dataFolder, assetsFolder, storeKey, operator: 'desk' });
  const [clientEnd, stationEnd] = inProcessChannelPair();
  host.serve(stationEnd);
  client = createClient(clientEnd);
  await becomeAdministrator(client, reviewer.name);
});

afterEach(async () => {
  await host.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

const refusal = (call: Promise<unknown>) => call.then(() => undefined).catch((error: unknown) => error);
const listed = (state: 'open' | 'approved' | 'sent-back') => client.call('review.list', { state, limit: 50 });

it('lists what a person decided, oldest first, with the evidence', async () => {
  const { reviews, open } = await listed('open');
  expect(reviews.map(({ record, review }) => [record.id, review.reasons, review.sealedBy])).toEqual([
    [grey, ['grey-comparison'], '覃示例'],
    [own, ['grey-comparison'], '莫管理'],
  ]);
  expect([open, (await client.call('station.status', {})).openReviews]).toEqual([2, 2]);
  expect(await client.call('review.evidence', { id: grey })).toMatchObject({
    comparison: { band: 'review', distance: 0.47 },
    decision: { reason: '本人，胡须', decidedBy: '覃示例' },
  });
  expect(await refusal(client.call('review.decide', { id: plain, approved: true, ...reviewer }))).toMatchObject({
    code: 'store.not-found',
  });
});

it('is signed by somebody else who may, whoever is at the desk', async () => {
  await client.call('account.add', { name: '覃示例', password: testPassword, role: 'operator' });
  await client.call('account.sign-in', { name: '覃示例', password: testPassword });
  await client.call('account.change-password', { current: testPassword, next: operatorPassword });
  const decide = (id: string, signer: { name: string; password: string }) =>
    client.call('review.decide', { id, approved: true, ...signer });
  const byOperator = decide(grey, { name: '覃示例', password: operatorPassword });
  expect(await refusal(byOperator)).toMatchObject({ code: 'account.role-too-low' });
  const wrong = decide(grey, { ...reviewer, password: 'not the right one' });
  expect(await refusal(wrong)).toMatchObject({ code: 'account.wrong-password' });
  expect(await refusal(decide(own, reviewer))).toMatchObject({ code: 'review.own' });
  expect(await decide(grey, reviewer)).toMatchObject({ review: { state: 'approved', decidedBy: '莫管理' } });
  expect(await refusal(decide(grey, reviewer))).toMatchObject({ code: 'review.decided' });
  expect(await client.call('account.state', {})).toMatchObject({ account: { name: '覃示例' } });
});

it('may be one’s own where a desk has one person', async () => {
  await client.call('account.set-rules', { idleMinutes: 10, ownReview: true });
  const decided = await client.call('review.decide', { id: own, approved: true, ...reviewer });
  expect(decided).toMatchObject({ review: { state: 'approved' } });
});

it('takes in a consent that was taken back', async () => {
  await client.call('record.withdraw', { id: plain, reason: 'consent-withdrawn' });
  const { reviews } = await listed('open');
  expect(reviews.find(({ record }) => record.id === plain)?.review.reasons).toEqual(['consent-withdrawn']);
});

it('that sends a record back needs a reason, and the record is not sent until it is put right', async () => {
  const back = { id: grey, approved: false, ...reviewer };
  expect(await refusal(client.call('review.decide', back))).toMatchObject({ code: 'review.note-required' });
  const { record, review } = await client.call('review.decide', { ...back, note: '证件照不是本人' });
  expect(review).toMatchObject({ state: 'sent-back', note: '证件照不是本人' });
  expect(record).toMatchObject({ state: 'needs-attention', platformText: '证件照不是本人' });
  expect(record.error).toMatchObject({ code: 'review.sent-back' });
  expect(await refusal(client.call('queue.retry', { id: grey }))).toMatchObject({ code: 'review.sent-back' });
});
