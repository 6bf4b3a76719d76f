import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { StationClient } from './contract/client.ts';
import type { BytesProgress } from './contract/safety-calls.ts';
import type { ProjectConnection } from './contract/station.ts';
import { createClient } from './rpc/client.ts';
import { inProcessChannelPair } from './rpc/in-process-channel.ts';
import { StationHost } from './station-host.ts';
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
): Promise<{ client: StationClient; stop(): Promise<void> }> {
  const host = new StationHost({ onReady: () => undefined, onFatal: () => undefined });
  cleanups.push(() => host.stop());
  const assetsFolder = join(import.meta.dirname, '..', 'assets');
  await host.start({ version: 'test', dataFolder, assetsFolder, operator: 'operator', storeKey });
  const [clientEnd, stationEnd] = inProcessChannelPair();
  host.serve(stationEnd);
  return { client: signedIn(createClient(clientEnd), '管理示例'), stop: () => host.stop() };
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
