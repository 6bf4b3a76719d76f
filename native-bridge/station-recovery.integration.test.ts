import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { StationClient } from './contract/client.ts';
import type { RecoveryState } from './contract/safety-calls.ts';
import type { ProjectConnection } from './contract/station.ts';
import { createClient } from './rpc/client.ts';
import { inProcessChannelPair } from './rpc/in-process-channel.ts';
import { StationHost } from './station-host.ts';
import { SettingsDesk } from './station/settings-desk.ts';
import { openDataKey } from './store/key-folder.ts';
import { openStore } from './store/open-store.ts';
import { numberedDraft } from './store/sample-draft.ts';
import { signedIn } from './station/test-accounts.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const assetsFolder = join(import.meta.dirname, '..', 'assets');

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-recovery-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

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

interface Opened {
  readonly client: StationClient;
  readonly newKeys: Uint8Array[];
  stop(): Promise<void>;
}

async function open(dataFolder: string, storeKey?: Uint8Array): Promise<Opened> {
  const newKeys: Uint8Array[] = [];
  const host = new StationHost({
    onReady: () => undefined,
    onFatal: () => undefined,
    onNewShellKey: (key) => newKeys.push(key),
  });
  cleanups.push(() => host.stop());
  const key = storeKey === undefined ? {} : { storeKey };
  await host.start({ version: 'test', dataFolder, assetsFolder, operator: 'operator', ...key });
  const [clientEnd, stationEnd] = inProcessChannelPair();
  host.serve(stationEnd);
  return { client: signedIn(createClient(clientEnd), '管理示例'), newKeys, stop: () => host.stop() };
}

/** A station of a real project with so many sealed records and one backup of them. */
async function stationWithBackup(records: number) {
  const [dataFolder, storeKey] = [newFolder(), new Uint8Array(randomBytes(32))];
  const file = join(dataFolder, 'station.db');
  const store = openStore({ file, key: openDataKey(dataFolder, file, storeKey) });
  for (let index = 0; index < records; index += 1) store.records.seal(numberedDraft(index), 'test');
  new SettingsDesk(store, store, undefined).connection = connection;
  store.close();
  const { client, stop } = await open(dataFolder, storeKey);
  const { backups } = await client.call('backup.make', {});
  await stop();
  return { dataFolder, storeKey, file, backups };
}

const stateOf = (client: StationClient) => client.call('recovery.state', {});

function closedOf(state: RecoveryState) {
  if (state.state !== 'closed') throw new Error(`the station is ${state.state}`);
  return state;
}

const damage = (file: string) => {
  const bytes = readFileSync(file);
  for (let offset = 5000; offset < bytes.length; offset += 4096) bytes.writeUInt8(bytes.readUInt8(offset) ^ 1, offset);
  writeFileSync(file, bytes);
};

const refusal = (call: Promise<unknown>) => call.then(() => undefined).catch((error: unknown) => error);

describe('a damaged data file', () => {
  it('gives support what the log says, and nothing of what the file held', async () => {
    const { dataFolder, storeKey, file } = await stationWithBackup(3);
    damage(file);
    const { client } = await open(dataFolder, storeKey);
    const { text } = await client.call('diagnostics.bundle', {});
    const bundle = JSON.parse(text) as { log: { event: string }[] };
    expect(bundle).toMatchObject({ kind: 'enrol-desk-support', cannotOpen: 'store.corrupt' });
    expect(bundle.log.map(({ event }) => event)).toContain('station.cannot-open');
    const { url, secret, projectCode, projectName, corpCode, corpName } = connection;
    for (const hidden of [url, secret, projectCode, projectName, corpCode, corpName])
      expect(text).not.toContain(hidden);
  });

  it('is restored from the verified backup, and kept aside', async () => {
    const { dataFolder, storeKey, file, backups } = await stationWithBackup(3);
    expect(backups[0]).toMatchObject({ records: 3 });
    damage(file);
    const { client } = await open(dataFolder, storeKey);
    expect(await refusal(client.call('station.status', {}))).toMatchObject({ code: 'store.corrupt' });
    const closed = closedOf(await stateOf(client));
    expect(closed).toMatchObject({ error: { code: 'store.corrupt' }, file: 'station', backups, hasRecoveryKey: false });
    const heard: string[] = [];
    client.on('recovery.changed', ({ state }) => heard.push(state));
    await client.call('recovery.restore', { backup: closed.backups[0]?.name ?? '' });
    expect(await stateOf(client)).toEqual({ state: 'open' });
    expect([...new Set(heard)]).toEqual(['restoring', 'open']);
    expect(await client.call('station.status', {})).toMatchObject({ practice: false, unsent: { count: 3 } });
    expect(readdirSync(dataFolder).filter((name) => name.startsWith('station.db.damaged-'))).toHaveLength(1);
    expect(await client.call('audit.verify', {})).not.toHaveProperty('brokenAt');
  });

  /** Everything that lies in the data folder and its backups, but for the log. */
  const contents = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'station.log')
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name)).toString('base64')])
      .toSorted();

  it.each([
    ['begins', () => true],
    [
      'is copied whole and being checked',
      (state: RecoveryState) => state.state === 'restoring' && state.percent === 100,
    ],
  ])('stays as it was, with everything beside it, when the restore is cancelled as it %s', async (_when, isTime) => {
    const { dataFolder, storeKey, file, backups } = await stationWithBackup(60);
    damage(file);
    const { client } = await open(dataFolder, storeKey);
    const before = contents(dataFolder);
    const answers: Promise<{ cancelled: boolean }>[] = [];
    client.on('recovery.changed', (state) => {
      const isNow = state.state === 'restoring' && state.canCancel && isTime(state) && answers.length === 0;
      if (isNow) answers.push(client.call('recovery.cancel', {}));
    });
    const backup = backups[0]?.name ?? '';
    expect(await client.call('recovery.restore', { backup })).toEqual({ salvaged: 0, cancelled: true });
    expect(await answers[0]).toEqual({ cancelled: true });
    expect(closedOf(await stateOf(client)).error.code).toBe('store.corrupt');
    expect(contents(dataFolder)).toEqual(before);
    expect(await client.call('recovery.cancel', {})).toEqual({ cancelled: false });
    expect(await client.call('recovery.restore', { backup })).toMatchObject({ cancelled: false });
    expect(await client.call('station.status', {})).toMatchObject({ unsent: { count: 60 } });
  });

  it('is exchanged although somebody cancels once the last step has begun, and says how far and how fast before', async () => {
    const { dataFolder, storeKey, file, backups } = await stationWithBackup(5);
    damage(file);
    const { client } = await open(dataFolder, storeKey);
    const heard: RecoveryState[] = [];
    const tooLate = new Promise<boolean>((resolve) => {
      client.on('recovery.changed', (state) => {
        heard.push(state);
        if (state.state === 'restoring' && !state.canCancel)
          void client.call('recovery.cancel', {}).then(({ cancelled }) => resolve(cancelled));
      });
    });
    await client.call('recovery.restore', { backup: backups[0]?.name ?? '' });
    expect(await tooLate).toBe(false);
    expect(await client.call('station.status', {})).toMatchObject({ unsent: { count: 5 } });
    const copied = heard.flatMap((state) => (state.state === 'restoring' ? (state.bytes ?? []) : []));
    const { bytes } = backups[0] ?? expect.fail('no backup');
    expect(copied.at(-1)).toMatchObject({ done: bytes, total: bytes });
    expect(copied.at(-1)?.perSecond).toBeGreaterThan(0);
  });

  it.each([
    ['whose first pages are wrecked', (file: string) => writeFileSync(file, randomBytes(300_000)), 'store.corrupt'],
    ['that is gone', (file: string) => rmSync(file), 'store.missing'],
  ])('%s is told from a wrong key and a first start, and restored', async (_what, wreck, code) => {
    const { dataFolder, storeKey, file, backups } = await stationWithBackup(2);
    wreck(file);
    const { client } = await open(dataFolder, storeKey);
    expect(closedOf(await stateOf(client)).error.code).toBe(code);
    await client.call('recovery.restore', { backup: backups[0]?.name ?? '' });
    expect(await client.call('station.status', {})).toMatchObject({ unsent: { count: 2 } });
  });

  it('opens by itself once the right file is back', async () => {
    const { dataFolder, storeKey, file } = await stationWithBackup(1);
    const sound = readFileSync(file);
    damage(file);
    const { client } = await open(dataFolder, storeKey);
    expect(closedOf(await client.call('recovery.try-again', {})).error.code).toBe('store.corrupt');
    writeFileSync(file, sound);
    expect(await client.call('recovery.try-again', {})).toEqual({ state: 'open' });
    expect(await client.call('station.status', {})).toMatchObject({ unsent: { count: 1 } });
  });

  it('stays as it is when the named backup is none', async () => {
    const { dataFolder, storeKey, file } = await stationWithBackup(1);
    damage(file);
    const before = readFileSync(file);
    const { client } = await open(dataFolder, storeKey);
    const none = client.call('recovery.restore', { backup: '../station' });
    expect(await refusal(none)).toMatchObject({ code: 'backup.none' });
    expect(readFileSync(file)).toEqual(before);
    expect(closedOf(await stateOf(client)).error.code).toBe('store.corrupt');
  });
});

describe('a shell that has lost its key', () => {
  async function withRecoveryKey() {
    const station = await stationWithBackup(2);
    const { client, stop } = await open(station.dataFolder, station.storeKey);
    expect(await client.call('keys.state', {})).toEqual({});
    const { recoveryKey } = await client.call('keys.make-recovery', {});
    expect(await refusal(client.call('keys.test-recovery', { recoveryKey: recoveryKey.slice(1) }))).toMatchObject({
      code: 'recovery-key.mistyped',
    });
    const typed = recoveryKey.toLowerCase().replaceAll('-', ' ');
    expect((await client.call('keys.test-recovery', { recoveryKey: typed })).recovery?.testedAt).toBeDefined();
    await stop();
    return { ...station, recoveryKey };
  }

  it('opens the data with the recovery key and keeps a new key of its own', async () => {
    const { dataFolder, recoveryKey } = await withRecoveryKey();
    const { client, newKeys, stop } = await open(dataFolder);
    expect(closedOf(await stateOf(client))).toMatchObject({ error: { code: 'store.wrong-key' }, hasRecoveryKey: true });
    expect(await client.call('recovery.enter-key', { recoveryKey })).toEqual({ state: 'open' });
    expect(await client.call('station.status', {})).toMatchObject({ unsent: { count: 2 } });
    await stop();
    expect(newKeys).toHaveLength(1);
    const again = await open(dataFolder, newKeys[0]);
    expect(await stateOf(again.client)).toEqual({ state: 'open' });
  });

  it('that has another key wraps the data key by that one', async () => {
    const { dataFolder, recoveryKey } = await withRecoveryKey();
    const other = new Uint8Array(randomBytes(32));
    const { client, newKeys, stop } = await open(dataFolder, other);
    expect(closedOf(await stateOf(client)).error.code).toBe('store.wrong-key');
    expect(await client.call('recovery.enter-key', { recoveryKey })).toEqual({ state: 'open' });
    await stop();
    expect(newKeys).toEqual([]);
    expect(await stateOf((await open(dataFolder, other)).client)).toEqual({ state: 'open' });
  });

  it('is told of a wrong recovery key, and nothing is changed', async () => {
    const { dataFolder, storeKey } = await withRecoveryKey();
    const foreign = await withRecoveryKey();
    const { client, stop } = await open(dataFolder, new Uint8Array(randomBytes(32)));
    const wrong = client.call('recovery.enter-key', { recoveryKey: foreign.recoveryKey });
    expect(await refusal(wrong)).toMatchObject({ code: 'recovery-key.wrong' });
    await stop();
    expect(await stateOf((await open(dataFolder, storeKey)).client)).toEqual({ state: 'open' });
  });
});

describe('an open station', () => {
  it('refuses what is for a closed one', async () => {
    const { client } = await open(newFolder(), new Uint8Array(randomBytes(32)));
    for (const call of [
      client.call('recovery.try-again', {}),
      client.call('recovery.renew-practice', {}),
      client.call('recovery.restore', { backup: 'any' }),
    ]) {
      expect(await refusal(call)).toMatchObject({ code: 'recovery.not-needed' });
    }
    expect(await client.call('station.status', {})).toMatchObject({ practice: true });
  });

  it('in practice mode makes no backups', async () => {
    const { client } = await open(newFolder(), new Uint8Array(randomBytes(32)));
    expect(await client.call('backup.state', {})).toMatchObject({ kept: false, backups: [] });
    expect(await refusal(client.call('backup.make', {}))).toMatchObject({ code: 'backup.none' });
  });
});

it('a damaged practice file is set aside for a new one', async () => {
  const [dataFolder, storeKey] = [newFolder(), new Uint8Array(randomBytes(32))];
  const first = await open(dataFolder, storeKey);
  await first.stop();
  damage(join(dataFolder, 'practice.db'));
  const { client } = await open(dataFolder, storeKey);
  expect(closedOf(await stateOf(client))).toMatchObject({ file: 'practice', error: { code: 'store.corrupt' } });
  expect(await client.call('recovery.renew-practice', {})).toEqual({ state: 'open' });
  expect(await client.call('station.status', {})).toMatchObject({ practice: true });
  expect(readdirSync(dataFolder).some((name) => name.startsWith('practice.db.damaged-'))).toBe(true);
});
