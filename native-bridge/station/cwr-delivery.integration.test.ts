import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { v7 as newId } from 'uuid';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Draft } from '../contract/enrolment.ts';
import type { ProjectConnection } from '../contract/project-connection.ts';
import { checkCharacter } from '../enrolment/id-number.ts';
import { completeDraft, testCard, testComparison } from '../enrolment/test-draft.ts';
import { workerUpload } from '../enrolment/worker-upload.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../platform/sandbox/sandbox.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { openConnector } from './open-connector.ts';
import { PlatformDesk } from './platform-desk.ts';

type CwrConnection = Extract<ProjectConnection, { driver: 'cwr' }>;

type Cleanup = () => unknown;
const cleanups: Cleanup[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

let png: Uint8Array;
let jpeg: Uint8Array;

beforeAll(async () => {
  const flat = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: { r: 120, g: 140, b: 160 } } });
  png = await flat(102, 126).png().toBuffer();
  jpeg = await flat(358, 441).jpeg().toBuffer();
});

/** Numbers of people who cannot exist: the division does not. */
function personNumber(order: number): string {
  const digits = `45999919860409${String(order).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
}

async function desk(options: SandboxOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-delivery-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox(options);
  cleanups.push(() => sandbox.stop());
  const file = { file: join(folder, 'station.db'), key: randomBytes(32) };
  return { sandbox, file, ...openDesk(sandbox, openStore(file)) };
}

function openDesk(sandbox: Sandbox, store: Store, overrides: Partial<CwrConnection> = {}, dialects?: DialectShelf) {
  const [account] = sandbox.deviceAccounts;
  const [device] = account?.devices ?? [];
  const corp = sandbox.accounts[0]?.projects[0]?.corps[0];
  if (!account || !device || !corp) throw new Error('the sandbox has no device');
  const { apiKey, secret } = account;
  const { projectCode, serial: deviceSerial } = device;
  const kind = { driver: 'cwr', dialect: 'guangxi-cwr', url: sandbox.deviceUrl } as const;
  const access = { ...kind, apiKey, secret, deviceSerial };
  const connection: CwrConnection = { ...access, projectCode, projectName: '示例项目', ...corp, ...overrides };
  let changed: () => void = () => undefined;
  const platform = new PlatformDesk({
    store,
    connection,
    ...(dialects && { dialects }),
    now: () => new Date(),
    pace: { outcomeWaitsMs: [20], retryWaitsMs: [30] },
    onRecordChanged: () => changed(),
    onStateChanged: () => changed(),
  });
  const { projectName, corpCode, corpName } = connection;
  const team = store.teams.add({ projectCode, projectName, corpCode, corpName, teamName: '钢筋一班', workType: '020' });
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    await platform.close();
    store.close();
  };
  cleanups.push(close);
  const sealed = (order: number, change: (draft: Draft) => Draft = (draft) => draft) => {
    const complete = completeDraft();
    const card = testCard({ number: personNumber(order), name: `韦试样${order}` });
    const draft: Draft = {
      ...complete,
      id: newId(),
      team,
      card: { ...card, portrait: { state: 'decoded', png, width: 102, height: 126, simulated: true } },
      ...(complete.photo && { photo: { ...complete.photo, jpeg } }),
    };
    return store.records.seal(change(draft), 'operator').id;
  };
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise<void>((resolve) => (changed = resolve));
  };
  const stateOf = (id: string) => store.records.summary(id).state;
  return { store, platform, team, connection, sealed, until, stateOf, close };
}

it('shows the platform that it is there, signed in, at the interval of its dialect, until it is closed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-alive-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const builtIn = join(import.meta.dirname, '..', '..', 'assets', 'dialects', 'guangxi-cwr.json');
  const dialect = { ...(JSON.parse(readFileSync(builtIn, 'utf8')) as object), name: 'quick', keepAliveSeconds: 1 };
  writeFileSync(join(folder, 'quick.json'), JSON.stringify(dialect));
  const seen: string[] = [];
  const twice = Promise.withResolvers<void>();
  const sandbox = await startSandbox({
    log: ({ method }) => {
      if (seen.push(method) === 3) twice.resolve();
    },
  });
  cleanups.push(() => sandbox.stop());
  const store = openStore({ file: join(folder, 'station.db'), key: randomBytes(32) });
  const { platform, close } = openDesk(sandbox, store, { dialect: 'quick' }, new DialectShelf(folder));
  platform.wake();
  await twice.promise;
  expect(seen).toEqual(['Signin', 'KeepAlive', 'KeepAlive']);
  expect(platform.state).toMatchObject({ state: 'reachable' });
  await close();
});

describe('delivery to a platform of devices', () => {
  it('brings team and workers there, each once, and keeps the receipts', async () => {
    const { sandbox, platform, sealed, until, stateOf, store, team } = await desk();
    const ids = [1, 2, 3].map((order) => sealed(order));
    platform.wake();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    const workers = await sandbox.workers();
    expect(ids.map((id) => store.records.summary(id).serial)).toEqual(workers.map(({ empId }) => empId));
    expect(workers.every(({ fields }) => fields['match_flag'] === 'Y')).toBe(true);
    expect(store.teams.find(team.id)?.teamSysNo).toEqual((await sandbox.teams())[0]?.teamSysNo);
    expect(platform.state).toMatchObject({ state: 'reachable' });
    expect(store.audit.verify()).not.toHaveProperty('brokenAt');
  });

  it.each(['loseAnswer', 'cutAnswer', 'deliverTwice', 'resetBefore', 'htmlAnswer', 'http500', 'busy'] as const)(
    'registers each worker exactly once through the fault %s',
    async (fault) => {
      const { sandbox, platform, sealed, until, stateOf } = await desk();
      sandbox.setFaults({ [fault]: 2, onlyMethods: ['RegisterEmployee'] });
      const ids = [1, 2].map((order) => sealed(order));
      platform.wake();
      await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
      expect(await sandbox.workers()).toHaveLength(2);
      const { people } = await sandbox.counters();
      expect(people.map((person) => person.added)).toEqual([1, 1]);
    },
  );

  it.each(['AddTeam', 'Signin', 'DictListWorkTypeName', 'QueryEmployeeList'])(
    'comes through cut answers to %s',
    async (name) => {
      const { sandbox, platform, sealed, until, stateOf } = await desk();
      sandbox.setFaults({ loseAnswer: 2, onlyMethods: [name] });
      const id = sealed(1);
      platform.wake();
      await until(() => stateOf(id) === 'confirmed');
      expect(await sandbox.teams()).toHaveLength(1);
      expect(await sandbox.workers()).toHaveLength(1);
    },
  );

  it('goes on after a crash between sending and the answer, without registering again', async () => {
    const { sandbox, platform, sealed, until, stateOf, file, close, store, team, connection } = await desk();
    const first = sealed(1);
    platform.wake();
    await until(() => stateOf(first) === 'confirmed');
    const second = sealed(2);
    // As a killed process leaves it: marked, sent and processed there, the answer never seen here.
    store.outbox.markSending(second);
    const teamSysNo = store.teams.find(team.id)?.teamSysNo ?? 0;
    const upload = workerUpload(store.records.load(second).draft, teamSysNo, { portrait: jpeg, photo: jpeg });
    expect(await openConnector(connection, new DialectShelf()).addWorker(upload)).toMatchObject({ state: 'done' });
    await close();
    const again = openDesk(sandbox, openStore(file));
    again.platform.wake();
    await again.until(() => again.stateOf(second) === 'confirmed');
    expect((await sandbox.counters()).people.map(({ added }) => added)).toEqual([1, 1]);
  });

  it('hands a person to the operator whom the platform has with other data', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const first = sealed(1);
    platform.wake();
    await until(() => stateOf(first) === 'confirmed');
    const again = sealed(1, (draft) => ({ ...draft, fields: { ...draft.fields, cellPhone: '13900000000' } }));
    platform.wake();
    await until(() => stateOf(again) === 'needs-attention');
    const { error, platformText } = store.records.summary(again);
    expect(error).toMatchObject({ code: 'platform.record-refused', detail: 'cellPhone' });
    expect(platformText).not.toContain(personNumber(1));
    expect(await sandbox.workers()).toHaveLength(1);
  });

  it('brings a person up to date where registering again does', async () => {
    const { sandbox, platform, sealed, until, stateOf } = await desk({ onRegisterAgain: 'replace' });
    const first = sealed(1);
    platform.wake();
    await until(() => stateOf(first) === 'confirmed');
    const again = sealed(1, (draft) => ({ ...draft, fields: { ...draft.fields, cellPhone: '13900000000' } }));
    platform.wake();
    await until(() => stateOf(again) === 'confirmed');
    expect((await sandbox.workers()).map(({ fields }) => fields['emp_phone'])).toEqual(['13900000000']);
  });

  it('tells the platform of a worker whom a person decided on', async () => {
    const { sandbox, platform, sealed, until, stateOf } = await desk();
    const id = sealed(1, (draft) => ({
      ...draft,
      comparison: testComparison('review'),
      decision: {
        samePerson: true,
        reason: '本人到场核对',
        decidedBy: 'operator',
        decidedAt: new Date().toISOString(),
      },
    }));
    platform.wake();
    await until(() => stateOf(id) === 'confirmed');
    expect((await sandbox.workers())[0]?.fields['match_flag']).toBe('N');
  });

  it("shows the platform's own words for a record that it refuses", async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    sandbox.setFaults({ failAsync: `emp_phone有误，证件号${personNumber(1)}`, onlyMethods: ['RegisterEmployee'] });
    const id = sealed(1);
    platform.wake();
    await until(() => stateOf(id) === 'needs-attention');
    const { platformText, error } = store.records.summary(id);
    expect(error).toMatchObject({ code: 'platform.record-refused', detail: 'cellPhone' });
    expect(platformText).toContain('有误');
    expect(platformText).not.toContain(personNumber(1));
  });

  it.each([
    ['platform.sign-refused', { secret: 'other' }],
    ['platform.device-unknown', { deviceSerial: 'FT99999999' }],
    ['platform.no-permission', { apiKey: 'NOBODY' }],
    ['platform.bad-dialect', { dialect: 'atlantis' }],
  ])('marks no record for %s', async (code, overrides) => {
    const { sandbox } = await desk();
    const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-delivery-'));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const store = openStore({ file: join(folder, 'other.db'), key: randomBytes(32) });
    const { platform, sealed, until, stateOf } = openDesk(sandbox, store, overrides);
    const id = sealed(1);
    platform.wake();
    await until(() => platform.state.state === 'trouble');
    expect(platform.state.error?.code).toBe(code);
    expect(stateOf(id)).toBe('sealed');
    expect(await sandbox.workers()).toEqual([]);
  });

  it('holds records back while the clock is wrong', async () => {
    const { platform, sealed, until, stateOf, sandbox } = await desk({ now: () => Date.now() + 400_000 });
    const id = sealed(1);
    platform.wake();
    await until(() => platform.state.state === 'trouble');
    expect(platform.state.error?.code).toBe('platform.clock-wrong');
    expect(platform.state.clockDifferenceSeconds).toBeGreaterThan(390);
    expect(stateOf(id)).toBe('sealed');
    expect((await sandbox.requests()).map(({ method }) => method)).not.toContain('RegisterEmployee');
  });
});
