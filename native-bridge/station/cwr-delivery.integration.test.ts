import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProjectConnection } from '../contract/project-connection.ts';
import { testComparison } from '../enrolment/test-draft.ts';
import { workerUpload } from '../enrolment/worker-upload.ts';
import type { Sandbox, SandboxOptions } from '../platform/sandbox/sandbox.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { openConnector } from './open-connector.ts';
import { Cleanups, cwrConnection, openDeliveryDesk, personNumber, testJpeg } from './test-delivery.ts';

type CwrConnection = Extract<ProjectConnection, { driver: 'cwr' }>;

const cleanups = new Cleanups();
afterEach(() => cleanups.run());

async function desk(options: SandboxOptions = {}) {
  const sandbox = await cleanups.sandbox(options);
  const file = cleanups.dataFile();
  return { sandbox, file, ...openDesk(sandbox, openStore(file)) };
}

function openDesk(sandbox: Sandbox, store: Store, change: Partial<CwrConnection> = {}, dialects?: DialectShelf) {
  const opened = openDeliveryDesk(store, cwrConnection(sandbox, change), dialects);
  cleanups.add(opened.close);
  return opened;
}

it('shows the platform that it is there, signed in, at the interval of its dialect, until it is closed', async () => {
  const folder = cleanups.folder();
  const builtIn = join(import.meta.dirname, '..', '..', 'assets', 'dialects', 'guangxi-cwr.json');
  const dialect = { ...(JSON.parse(readFileSync(builtIn, 'utf8')) as object), name: 'quick', keepAliveSeconds: 1 };
  writeFileSync(join(folder, 'quick.json'), JSON.stringify(dialect));
  const seen: string[] = [];
  const twice = Promise.withResolvers<void>();
  const sandbox = await cleanups.sandbox({
    log: ({ method }) => {
      if (seen.push(method) === 3) twice.resolve();
    },
  });
  const store = openStore(cleanups.dataFile());
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
    const upload = workerUpload(store.records.load(second).draft, teamSysNo, { portrait: testJpeg, photo: testJpeg });
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
    const store = openStore(cleanups.dataFile());
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
