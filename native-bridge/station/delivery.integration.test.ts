import { afterEach, describe, expect, it } from 'vitest';
import { workerUpload } from '../enrolment/worker-upload.ts';
import type { Sandbox, SandboxOptions } from '../platform/sandbox/sandbox.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { openConnector } from './open-connector.ts';
import { Cleanups, nationalConnection, openDeliveryDesk, personNumber, testJpeg } from './test-delivery.ts';

const cleanups = new Cleanups();
afterEach(() => cleanups.run());

async function desk(change: { secret?: string } = {}, options: SandboxOptions = {}) {
  const sandbox = await cleanups.sandbox({ asyncDelayMs: 0, ...options });
  const file = cleanups.dataFile();
  return { sandbox, file, ...openDesk(sandbox, openStore(file), change) };
}

function openDesk(sandbox: Sandbox, store: Store, change: { secret?: string } = {}) {
  const opened = openDeliveryDesk(store, nationalConnection(sandbox, change));
  cleanups.add(opened.close);
  return opened;
}

describe('delivery to the reference platform', () => {
  it('brings team and workers there, each once', async () => {
    const { sandbox, platform, sealed, until, stateOf, store, team } = await desk();
    const ids = [1, 2, 3].map((order) => sealed(order));
    platform.wake();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    expect(await sandbox.workers()).toHaveLength(3);
    expect(await sandbox.teams()).toHaveLength(1);
    expect(store.teams.find(team.id)?.teamSysNo).toEqual((await sandbox.teams())[0]?.teamSysNo);
    expect(platform.state).toMatchObject({ state: 'reachable' });
    expect(store.audit.verify()).not.toHaveProperty('brokenAt');
  });

  it('keeps records while the platform is away and sends them when it is back', async () => {
    const { sandbox, platform, sealed, until, stateOf } = await desk();
    await sandbox.stop();
    const id = sealed(1);
    platform.wake();
    await until(() => platform.state.state === 'trouble');
    expect(platform.state.error?.code).toBe('platform.unreachable');
    expect(stateOf(id)).toBe('sealed');
    await sandbox.start();
    await until(() => stateOf(id) === 'confirmed');
    expect(await sandbox.workers()).toHaveLength(1);
  });

  it.each(['loseAnswer', 'cutAnswer', 'deliverTwice', 'resetBefore', 'htmlAnswer', 'http500', 'busy'] as const)(
    'adds the worker exactly once through the fault %s',
    async (fault) => {
      const { sandbox, platform, sealed, until, stateOf } = await desk();
      sandbox.setFaults({ [fault]: 2, onlyMethods: ['ProjectWorker.Add'] });
      const ids = [1, 2].map((order) => sealed(order));
      platform.wake();
      await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
      expect(await sandbox.workers()).toHaveLength(2);
      const { people } = await sandbox.counters();
      expect(people.map((person) => person.added)).toEqual([1, 1]);
    },
  );

  it('adds the team exactly once when its answer is lost', async () => {
    const { sandbox, platform, sealed, until, stateOf } = await desk();
    sandbox.setFaults({ loseAnswer: 1, onlyMethods: ['Team.Add'] });
    const id = sealed(1);
    platform.wake();
    await until(() => stateOf(id) === 'confirmed');
    expect(await sandbox.teams()).toHaveLength(1);
  });

  it('goes on after a crash between sending and the answer', async () => {
    const { sandbox, platform, sealed, until, stateOf, file, close, store, team, connection } = await desk();
    const first = sealed(1);
    platform.wake();
    await until(() => stateOf(first) === 'confirmed');
    const second = sealed(2);
    // As a killed process leaves it: marked, sent and processed there, the answer never seen here.
    store.outbox.markSending(second);
    const teamSysNo = store.teams.find(team.id)?.teamSysNo ?? 0;
    const upload = workerUpload(store.records.load(second).draft, teamSysNo, { portrait: testJpeg, photo: testJpeg });
    expect(await openConnector(connection, new DialectShelf()).addWorker(upload)).toMatchObject({ state: 'accepted' });
    expect(await sandbox.workers()).toHaveLength(2);
    await close();
    const again = openDesk(sandbox, openStore(file));
    expect(again.stateOf(second)).toBe('sending');
    again.platform.wake();
    await again.until(() => again.stateOf(second) === 'confirmed');
    const { people } = await sandbox.counters();
    expect(people.map(({ added, duplicatesRefused }) => [added, duplicatesRefused])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('brings a worker up to date whom the platform has already', async () => {
    const { sandbox, platform, sealed, until, stateOf } = await desk();
    const first = sealed(1);
    platform.wake();
    await until(() => stateOf(first) === 'confirmed');
    const again = sealed(1, (draft) => ({ ...draft, fields: { ...draft.fields, cellPhone: '13900000000' } }));
    platform.wake();
    await until(() => stateOf(again) === 'confirmed');
    expect(await sandbox.workers()).toHaveLength(1);
    const methods = (await sandbox.requests()).map((request) => request.method);
    expect(methods).toContain('ProjectWorker.Update');
  });

  it('brings a worker up to date whom another station has registered', async () => {
    const { sandbox, platform, sealed, until, stateOf } = await desk();
    const first = sealed(1);
    platform.wake();
    await until(() => stateOf(first) === 'confirmed');
    const other = openDesk(sandbox, openStore(cleanups.dataFile()));
    const id = other.sealed(1);
    other.platform.wake();
    await other.until(() => other.stateOf(id) === 'confirmed');
    expect(await sandbox.workers()).toHaveLength(1);
    expect((await sandbox.requests()).at(-2)?.method).toBe('ProjectWorker.Update');
  });

  it('hands a refused record to a person and sends the others', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const refused = sealed(1, (draft) => ({ ...draft, fields: { ...draft.fields, workType: '999' } }));
    const good = sealed(2);
    platform.wake();
    await until(() => stateOf(good) === 'confirmed' && stateOf(refused) === 'needs-attention');
    expect(store.records.summary(refused).error).toMatchObject({ code: 'platform.record-refused' });
    expect(await sandbox.workers()).toHaveLength(1);
    expect(platform.state.state).toBe('reachable');
  });

  it("shows the platform's own words for a record that fails there", async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const first = sealed(1);
    platform.wake();
    await until(() => stateOf(first) === 'confirmed');
    sandbox.setFaults({ failAsync: `[workerList][0][cellPhone]手机号码有误，证件号${personNumber(2)}` });
    const id = sealed(2);
    platform.wake();
    await until(() => stateOf(id) === 'needs-attention');
    const { platformText, error } = store.records.summary(id);
    expect(error).toMatchObject({ code: 'platform.record-refused', detail: 'cellPhone' });
    expect(platformText).toContain('手机号码有误');
    expect(platformText).not.toContain(personNumber(2));
  });

  it('marks no record when the account is wrong', async () => {
    const { platform, sealed, until, stateOf } = await desk({ secret: 'x'.repeat(32) });
    const id = sealed(1);
    platform.wake();
    await until(() => platform.state.state === 'trouble');
    expect(platform.state.error?.code).toBe('platform.sign-refused');
    expect(stateOf(id)).toBe('sealed');
  });
});

describe('the lock', () => {
  it('lets nothing be sent while something else is done with the records, and goes on afterwards', async () => {
    const { sandbox, platform, sealed, until, stateOf } = await desk();
    let finish: () => void = () => undefined;
    let begun: () => void = () => undefined;
    const isBegun = new Promise<void>((resolve) => (begun = resolve));
    const work = platform.exclusive(async () => {
      begun();
      await new Promise<void>((resolve) => (finish = resolve));
      return (await sandbox.requests()).length;
    });
    await isBegun;
    const id = sealed(1);
    platform.wake();
    // The sender has had its chance once an answer to something else has come back over the same network.
    await fetch(sandbox.pageUrl);
    finish();
    expect(await work).toBe(0);
    await until(() => stateOf(id) === 'confirmed');
  });
});
