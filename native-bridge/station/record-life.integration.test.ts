import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import type { StationClient } from '../contract/client.ts';
import { defaultGateLimits, type Gate, type GateLimits } from '../contract/gates.ts';
import { defaultRetention } from '../contract/record-life.ts';
import type { EventName, Payload } from '../contract/station.ts';
import { checkCharacter } from '../enrolment/id-number.ts';
import { completeDraft, testCard } from '../enrolment/test-draft.ts';
import { createClient } from '../rpc/client.ts';
import { inProcessChannelPair } from '../rpc/in-process-channel.ts';
import { StationHost } from '../station-host.ts';
import { presentConsentVersions } from '../contract/face-search.ts';
import { openStore, type Store } from '../store/open-store.ts';

type Cleanup = () => unknown;
const cleanups: Cleanup[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** People who cannot exist, of a project that is not connected: their records wait for ever. */
function seal(store: Store, order: number): string {
  const digits = `45999919860409${String(order).padStart(3, '0')}`;
  const card = testCard({ number: digits + checkCharacter(digits), name: `韦试样${order}` });
  return store.records.seal({ ...completeDraft(), id: newId(), card }, 'operator').id;
}

function confirm(store: Store, id: string): void {
  store.outbox.markSending(id);
  store.outbox.markConfirmed(id);
}

/** A whole station in practice mode, whose file was filled before. */
async function openStation(fill: (store: Store) => void = () => undefined) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'enrol-desk-life-'));
  cleanups.push(() => rmSync(dataFolder, { recursive: true, force: true }));
  const storeKey = randomBytes(32);
  const store = openStore({ file: join(dataFolder, 'practice.db'), key: storeKey });
  fill(store);
  store.close();
  const host = new StationHost({ onReady: () => undefined, onFatal: () => undefined });
  cleanups.push(() => host.stop());
  const assetsFolder = join(import.meta.dirname, '..', '..', 'assets');
  await host.start({ version: 'test', dataFolder, assetsFolder, storeKey, operator: '覃示例' });
  const [clientEnd, stationEnd] = inProcessChannelPair();
  host.serve(stationEnd);
  return createClient(clientEnd);
}

const next = <N extends EventName>(client: StationClient, name: N, fits: (payload: Payload<N>) => boolean) =>
  new Promise<Payload<N>>((resolve) => {
    const leave = client.on(name, (payload) => {
      if (!fits(payload)) return;
      leave();
      resolve(payload);
    });
  });

const setGates = (client: StationClient, gates: GateLimits) =>
  client.call('limits.set', { gates, retention: defaultRetention });

/** More than any disk has. */
const closed: GateLimits = { ...defaultGateLimits, freeBytes: { block: 1e18 } };

const read = (client: StationClient) =>
  next(client, 'enrolment.changed', ({ enrolment }) => enrolment?.draft.card?.portrait.state === 'decoded');

const refusal = (call: Promise<unknown>) => call.then(() => undefined).catch((error: unknown) => error);

describe('the gates before an enrolment', () => {
  it('are in the status with their figures, and open on a sound machine', async () => {
    const client = await openStation((store) => seal(store, 1));
    // The disk is measured beside everything else, once at the start.
    const isMeasured = ({ gate, value }: Gate) => gate === 'disk' && value !== undefined;
    let { gates } = await client.call('station.status', {});
    while (!gates.some(isMeasured)) {
      await turnOfTheLoop();
      ({ gates } = await client.call('station.status', {}));
    }
    expect(gates.filter(({ level }) => level === 'block')).toEqual([]);
    expect(gates).toContainEqual({ gate: 'unsent-count', level: 'ok', value: 1, warnAt: 300, blockAt: 1500 });
    expect(gates.find(({ gate }) => gate === 'disk')?.value).toBeGreaterThan(0);
  });

  it('closed, let no new enrolment begin and say why; the rest of the station goes on; open again, they let it', async () => {
    const client = await openStation((store) => seal(store, 1));
    const told = next(client, 'station.changed', ({ gates }) => gates[0]?.level === 'block');
    await setGates(client, closed);
    expect((await told).gates[0]).toMatchObject({ gate: 'disk', level: 'block', blockAt: 1e18 });
    const trouble = next(client, 'card.trouble', () => true);
    await client.call('practice.lay', { name: 'adult-female-han' });
    expect(await trouble).toMatchObject({ code: 'gate.disk' });
    expect(await client.call('enrolment.current', {})).toEqual({});
    expect((await client.call('queue.list', { limit: 9 })).records).toHaveLength(1);
    await client.call('practice.lift', {});
    await setGates(client, defaultGateLimits);
    const begun = read(client);
    await client.call('practice.lay', { name: 'adult-female-han' });
    expect((await begun).enrolment?.draft.card?.fields.name).toBe('覃示例');
  });

  it('closing do not touch the enrolment in work', async () => {
    const client = await openStation();
    const begun = read(client);
    await client.call('practice.lay', { name: 'adult-female-han' });
    await begun;
    await setGates(client, closed);
    const consent = { textVersion: presentConsentVersions.plain, faceData: true, provisionToPlatform: true } as const;
    expect((await client.call('enrolment.consent', consent)).enrolment?.stage).toBe('photo');
  });

  it('have limits that are kept and checked', async () => {
    const client = await openStation();
    const gates = { ...defaultGateLimits, unsentCount: { warn: 10, block: 20 } };
    await setGates(client, gates);
    expect(await client.call('limits.get', {})).toEqual({ gates, retention: defaultRetention });
    const impossible = { ...gates, unsentHours: { warn: -1 } };
    expect(await refusal(setGates(client, impossible))).toMatchObject({ code: 'rpc.bad-argument' });
    const short = { gates, retention: { ...defaultRetention, records: 30 } };
    expect(await refusal(client.call('limits.set', short))).toMatchObject({ code: 'rpc.bad-argument' });
  });
});

describe('the calls about a sealed record', () => {
  it('take it back, and tell of it', async () => {
    let id = '';
    const client = await openStation((store) => (id = seal(store, 1)));
    const told = next(client, 'queue.changed', ({ record }) => record.state === 'withdrawn');
    await client.call('record.withdraw', { id, reason: 'wrong-person', note: '拿错证件' });
    expect((await told).record.id).toBe(id);
    const history = await client.call('record.history', { id });
    expect(history.withdrawal).toEqual({ reason: 'wrong-person', note: '拿错证件' });
    expect(history.rows.at(-1)).toMatchObject({ action: 'outbox.withdrawn', actor: '练习' });
    expect(history.refusals).toMatchObject({ withdraw: 'record.ended', correct: 'record.ended' });
    expect((await client.call('station.status', {})).unsent.count).toBe(0);
    expect(await refusal(client.call('record.withdraw', { id, reason: 'left' }))).toMatchObject({
      code: 'record.ended',
    });
  });

  it('correct it, and refuse what could not be sealed', async () => {
    let id = '';
    const client = await openStation((store) => (id = seal(store, 1)));
    const { fields, team } = await client.call('record.correctable', { id });
    const corrected = { id, teamId: team.id, fields: { ...fields, cellPhone: '13900000000' } };
    const { cellPhone: _cellPhone, ...incomplete } = fields;
    for (const [call, code] of [
      [{ ...corrected, fields: incomplete }, 'enrolment.incomplete'],
      [{ ...corrected, fields }, 'record.nothing-changed'],
      [{ ...corrected, teamId: newId() }, 'store.not-found'],
      [{ ...corrected, fields: { ...fields, cellPhone: '1' } }, 'rpc.bad-argument'],
    ] as const) {
      expect(await refusal(client.call('record.correct', call)), code).toMatchObject({ code });
    }
    const [own] = (await client.call('team.list', {})).teams;
    const elsewhere = { ...corrected, teamId: own?.id ?? '' };
    expect(await refusal(client.call('record.correct', elsewhere))).toMatchObject({ code: 'record.other-project' });
    const { id: newer } = await client.call('record.correct', corrected);
    const { records } = await client.call('queue.list', { limit: 9 });
    expect(records).toMatchObject([
      { id: newer, state: 'sealed', supersedes: id },
      { id, state: 'superseded' },
    ]);
    expect((await client.call('record.history', { id: newer })).chain).toHaveLength(2);
  });

  it('follow a wish for deletion: locked in its period, erased where nothing keeps it', async () => {
    let [confirmed, withdrawn] = ['', ''];
    const client = await openStation((store) => {
      confirmed = seal(store, 1);
      confirm(store, confirmed);
      withdrawn = seal(store, 2);
      store.withdrawal.withdraw(withdrawn, 'left', undefined, 'operator');
    });
    const locked = next(client, 'queue.changed', ({ record }) => record.lockedAt !== undefined);
    expect(await client.call('record.erase', { id: confirmed, reason: 'deletion-wish' })).toEqual({
      locked: 1,
      erased: 0,
    });
    expect((await locked).record.id).toBe(confirmed);
    expect(await client.call('queue.photo', { id: confirmed })).toEqual({});
    expect((await client.call('queue.photo', { id: withdrawn })).jpeg).toBeDefined();
    const erased = next(client, 'record.erased', () => true);
    expect(await client.call('record.erase', { id: withdrawn, reason: 'consent-withdrawn' })).toEqual({
      locked: 0,
      erased: 1,
    });
    expect(await erased).toEqual({ ids: [withdrawn] });
    const { records, counts } = await client.call('queue.list', { limit: 9 });
    expect([records, counts.confirmed, counts.withdrawn]).toEqual([[], 0, 0]);
    expect((await client.call('record.locked', { limit: 9 })).records).toMatchObject([{ id: confirmed }]);
    expect(await refusal(client.call('record.history', { id: withdrawn }))).toMatchObject({ code: 'store.not-found' });
  });
});
