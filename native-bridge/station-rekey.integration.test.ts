import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { StationClient } from './contract/client.ts';
import type { BytesProgress } from './contract/safety-calls.ts';
import type { ProjectConnection } from './contract/station.ts';
import { createClient } from './rpc/client.ts';
import { inProcessChannelPair } from './rpc/in-process-channel.ts';
import { StationHost } from './station-host.ts';
import { rekeyFiles } from './station/station-recovery.ts';
import { SettingsDesk } from './station/settings-desk.ts';
import { signedIn } from './station/test-accounts.ts';
import { openDataKey } from './store/key-folder.ts';
import { openStore } from './store/open-store.ts';
import { keyFitsFile } from './store/page-authentication.ts';
import { numberedDraft } from './store/sample-draft.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Nobody listens there; what is sealed stays. */
const connection: ProjectConnection = {
  driver: 'national',
  dialect: 'national',
  url: 'http://127.0.0.1:9/open.api',
  appid: 'example',
  secret: '0123456789abcdef0123456789abcdef',
  projectCode: '450000202600000001',
  projectName: '示例项目',
  corpCode: '91450000MA00000001',
  corpName: '示例劳务公司',
};

async function open(
  dataFolder: string,
  storeKey: Uint8Array,
): Promise<{ client: StationClient; asIs: StationClient; stop(): Promise<void> }> {
  const host = new StationHost({ onReady: () => undefined, onFatal: () => undefined });
  cleanups.push(() => host.stop());
  const assetsFolder = join(import.meta.dirname, '..', 'assets');
  await host.start({ version: 'test', dataFolder, assetsFolder, operator: 'operator', storeKey });
  const [clientEnd, stationEnd] = inProcessChannelPair();
  host.serve(stationEnd);
  const asIs = createClient(clientEnd);
  return { client: signedIn(asIs, '管理示例'), asIs, stop: () => host.stop() };
}

async function stationWithRecords(records: number) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'enrol-desk-rekey-'));
  cleanups.push(() => rmSync(dataFolder, { recursive: true, force: true }));
  const [storeKey, file] = [new Uint8Array(randomBytes(32)), join(dataFolder, 'station.db')];
  const key = openDataKey(dataFolder, file, storeKey);
  const store = openStore({ file, key });
  for (let index = 0; index < records; index += 1) store.records.seal(numberedDraft(index), 'test');
  new SettingsDesk(store, store, undefined).connection = connection;
  store.close();
  return { dataFolder, storeKey, file, key, ...(await open(dataFolder, storeKey)) };
}

const unsent = async (client: StationClient) => (await client.call('station.status', {})).unsent.count;

it('closes the station, gives the data a new key, tells how far it is and opens it again; the recovery key stays', async () => {
  const { client, file, key } = await stationWithRecords(4);
  const { recoveryKey } = await client.call('keys.make-recovery', {});
  const heard: string[] = [];
  let copied: BytesProgress | undefined;
  client.on('recovery.changed', (state) => {
    if (state.state === 'rekeying') copied = state.bytes;
    heard.push('percent' in state ? `${state.state} ${state.percent}` : state.state);
  });
  const state = await client.call('keys.rekey', { recoveryKey });
  expect(state.recovery?.testedAt).toBeDefined();
  expect(heard[0]).toBe('rekeying');
  expect(heard).toContain('rekeying 100');
  expect(copied).toEqual({ done: copied?.total, total: copied?.total, perSecond: expect.any(Number) as number });
  expect(heard.at(-1)).toBe('open');
  expect(await unsent(client)).toBe(4);
  expect(keyFitsFile(file, key)).toBe(false);
  expect(await client.call('keys.test-recovery', { recoveryKey })).toMatchObject({ recovery: {} });
  expect(await client.call('audit.verify', {})).not.toHaveProperty('brokenAt');
});

it('refuses a mistyped recovery key without closing anything', async () => {
  const { client, file, key } = await stationWithRecords(1);
  await client.call('keys.make-recovery', {});
  const heard: string[] = [];
  client.on('recovery.changed', ({ state }) => heard.push(state));
  await expect(client.call('keys.rekey', { recoveryKey: 'nothing like it' })).rejects.toMatchObject({
    code: 'recovery-key.mistyped',
  });
  expect(heard.filter((state) => state !== 'open')).toEqual([]);
  expect(keyFitsFile(file, key)).toBe(true);
});

it('restores a backup of the time before', async () => {
  const { client, file, dataFolder, storeKey, stop } = await stationWithRecords(3);
  const { backups } = await client.call('backup.make', {});
  const before = backups[0]?.name ?? '';
  await client.call('keys.rekey', {});
  await stop();
  writeFileSync(file, Buffer.alloc(readFileSync(file).length, 7));
  const { client: again } = await open(dataFolder, storeKey);
  expect(await again.call('recovery.restore', { backup: before })).toEqual({ salvaged: 0, cancelled: false });
  expect(await unsent(again)).toBe(3);
  expect(readdirSync(dataFolder).filter((name) => name.includes('.rekey'))).toEqual([]);
});

const leftovers = (dataFolder: string) => readdirSync(dataFolder).filter((name) => name.includes('.rekey'));

it('is given up by whoever began it: the old key opens everything as before, and it can be made afterwards', async () => {
  const { client, dataFolder, file, key } = await stationWithRecords(4);
  const { recoveryKey } = await client.call('keys.make-recovery', {});
  let cancelling: Promise<unknown> | undefined;
  client.on('recovery.changed', (state) => {
    if (state.state === 'rekeying' && state.canCancel) cancelling ??= client.call('recovery.cancel', {});
  });
  expect(await client.call('keys.rekey', { recoveryKey })).toMatchObject({ cancelled: true, recovery: {} });
  expect(await cancelling).toEqual({ cancelled: true });
  expect(keyFitsFile(file, key)).toBe(true);
  expect(leftovers(dataFolder)).toEqual([]);
  expect(await unsent(client)).toBe(4);
  expect(await client.call('audit.verify', {})).not.toHaveProperty('brokenAt');
  expect(await client.call('keys.test-recovery', { recoveryKey })).toMatchObject({ recovery: {} });
  expect(await client.call('keys.rekey', { recoveryKey })).toMatchObject({ cancelled: false });
  expect(keyFitsFile(file, key)).toBe(false);
  expect(await unsent(client)).toBe(4);
  expect(await client.call('recovery.cancel', {})).toEqual({ cancelled: false });
});

it('says meanwhile who is at the desk, so that a page that loads anew can offer to give it up', async () => {
  const { client } = await stationWithRecords(2);
  await client.call('keys.state', {});
  let asked: Promise<unknown> | undefined;
  const order: string[] = [];
  client.on('recovery.changed', (state) => {
    if (state.state === 'rekeying') asked ??= client.call('account.state', {}).finally(() => order.push('asked'));
  });
  await client.call('keys.rekey', {}).finally(() => order.push('done'));
  expect(await asked).toMatchObject({ state: 'signed-in', account: { role: 'administrator' } });
  expect(order).toEqual(['asked', 'done']);
});

it('is given up by nobody at a desk that was locked meanwhile', async () => {
  const { client, asIs, file, key } = await stationWithRecords(2);
  await client.call('keys.state', {});
  vi.useFakeTimers({ toFake: ['Date'] });
  cleanups.push(() => vi.useRealTimers());
  let refused: Promise<unknown> | undefined;
  client.on('recovery.changed', (state) => {
    if (state.state !== 'rekeying' || refused !== undefined) return;
    vi.setSystemTime(Date.now() + 60 * 60_000);
    refused = asIs.call('recovery.cancel', {}).catch((cause: unknown) => cause);
  });
  expect(await client.call('keys.rekey', {})).toMatchObject({ cancelled: false });
  expect(keyFitsFile(file, key)).toBe(false);
  expect(await refused).toMatchObject({ code: 'account.not-signed-in' });
});

it.each([0, 100])('given up at %i percent leaves nothing of the new files and the key as it was', async (percent) => {
  const { dataFolder, storeKey, file, key, stop } = await stationWithRecords(4);
  await stop();
  const envelope = readFileSync(join(dataFolder, 'data-keys.json'), 'utf8');
  const giveUp = new AbortController();
  if (percent === 0) giveUp.abort();
  const start = { version: 'test', dataFolder, assetsFolder: '', operator: 'operator', storeKey };
  const work = rekeyFiles(start, undefined, new Date(), {
    signal: giveUp.signal,
    onProgress: (progress) => progress.percent >= percent && giveUp.abort(),
  });
  await expect(work).rejects.toMatchObject({ code: 'backup.interrupted' });
  expect(leftovers(dataFolder)).toEqual([]);
  expect(readFileSync(join(dataFolder, 'data-keys.json'), 'utf8')).toBe(envelope);
  expect(keyFitsFile(file, key)).toBe(true);
  const { client } = await open(dataFolder, storeKey);
  expect(await unsent(client)).toBe(4);
});
