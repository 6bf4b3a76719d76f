import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { v7 as newId } from 'uuid';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Draft } from '../contract/enrolment.ts';
import { checkCharacter } from '../enrolment/id-number.ts';
import { completeDraft, testCard } from '../enrolment/test-draft.ts';
import { workerUpload } from '../enrolment/worker-upload.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../platform/sandbox/sandbox.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { openConnector } from './open-connector.ts';
import { PlatformDesk } from './platform-desk.ts';

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

async function desk(overrides: { secret?: string } = {}, options: SandboxOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-delivery-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox({ asyncDelayMs: 0, ...options });
  cleanups.push(() => sandbox.stop());
  const file = { file: join(folder, 'station.db'), key: randomBytes(32) };
  return { sandbox, file, ...openDesk(sandbox, openStore(file), overrides) };
}

function openDesk(sandbox: Sandbox, store: Store, overrides: { secret?: string } = {}) {
  const account = sandbox.accounts[0];
  const project = account?.projects[0];
  const corp = project?.corps[0];
  if (!account || !project || !corp) throw new Error('the sandbox has no account');
  const { appid } = account;
  const secret = overrides.secret ?? account.secret;
  const { projectCode } = project;
  const kind = { driver: 'national', dialect: 'national' } as const;
  const connection = { ...kind, url: sandbox.url, appid, secret, projectCode, projectName: '示例项目', ...corp };
  let changed: () => void = () => undefined;
  const platform = new PlatformDesk({
    store,
    connection,
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
    const upload = workerUpload(store.records.load(second).draft, teamSysNo, { portrait: jpeg, photo: jpeg });
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
    const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-delivery-'));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const other = openDesk(sandbox, openStore({ file: join(folder, 'other.db'), key: randomBytes(32) }));
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

describe('records that a person changes after sealing', () => {
  const withPhone = (store: Store, id: string, cellPhone: string) => {
    const { fields, team } = store.correction.correctable(id);
    return { fields: { ...fields, cellPhone }, team };
  };

  it('brings the correction of a confirmed record there as an update', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const id = sealed(1);
    platform.wake();
    await until(() => stateOf(id) === 'confirmed');
    const corrected = store.correction.correct(id, withPhone(store, id, '13900000000'), 'operator').id;
    platform.wake();
    await until(() => stateOf(corrected) === 'confirmed');
    expect(stateOf(id)).toBe('confirmed');
    expect(await sandbox.workers()).toMatchObject([{ fields: { cellPhone: '13900000000' }, updates: 1 }]);
    const { people } = await sandbox.counters();
    expect(people).toMatchObject([{ added: 1, duplicatesRefused: 0 }]);
  });

  it('brings the correction of a refused record there, once', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const id = sealed(1, (draft) => ({ ...draft, fields: { ...draft.fields, workType: '999' } }));
    platform.wake();
    await until(() => stateOf(id) === 'needs-attention');
    const { fields, team } = store.correction.correctable(id);
    const corrected = { fields: { ...fields, workType: '020' }, team };
    const newer = store.correction.correct(id, corrected, 'operator').id;
    platform.wake();
    await until(() => stateOf(newer) === 'confirmed');
    expect(stateOf(id)).toBe('superseded');
    expect(await sandbox.workers()).toHaveLength(1);
  });

  it.each(['loseAnswer', 'resetBefore'] as const)(
    'asks before it sends the correction of a record in doubt: %s',
    async (fault) => {
      const { sandbox, platform, sealed, until, stateOf, store } = await desk();
      const first = sealed(1);
      platform.wake();
      await until(() => stateOf(first) === 'confirmed');
      sandbox.setFaults({ [fault]: 1, onlyMethods: ['ProjectWorker.Add'] });
      const id = sealed(2);
      let corrected: string | undefined;
      platform.wake();
      await until(() => {
        const { state, error } = store.records.summary(id);
        // The moment between the lost answer and the next try.
        if (state === 'sealed' && error?.code === 'platform.unreachable')
          corrected ??= store.correction.correct(id, withPhone(store, id, '13900000000'), 'operator').id;
        return corrected !== undefined && stateOf(corrected) === 'confirmed';
      });
      expect(stateOf(id)).toBe('superseded');
      const workers = await sandbox.workers();
      expect(workers.map(({ fields }) => fields['cellPhone']).toSorted()).toEqual(['13800000000', '13900000000']);
      const { people } = await sandbox.counters();
      expect(people.map(({ added, duplicatesRefused }) => [added, duplicatesRefused])).toEqual([
        [1, 0],
        [1, 0],
      ]);
    },
  );

  it('sends nothing of records that were taken back or erased while others were sent, and goes on at once', async () => {
    const { sandbox, platform, sealed, until, stateOf, store, team } = await desk();
    const first = sealed(1);
    // Of another team, so that they do not travel with the first one.
    const other = store.teams.add({ ...team, teamName: '木工二班' });
    const [takenBack, erased, corrected, last] = [2, 5, 3, 4].map((order) =>
      sealed(order, (draft) => ({ ...draft, team: other })),
    ) as [string, string, string, string];
    platform.wake();
    let newer: string | undefined;
    await until(() => {
      if (newer === undefined && stateOf(first) !== 'sealed') {
        store.withdrawal.withdraw(takenBack, 'left', undefined, 'operator');
        store.withdrawal.withdraw(erased, 'consent-withdrawn', undefined, 'operator');
        store.retention.wish(erased, 'consent-withdrawn', 'operator');
        newer = store.correction.correct(corrected, withPhone(store, corrected, '13900000000'), 'operator').id;
      }
      return newer !== undefined && [first, last, newer].every((id) => stateOf(id) === 'confirmed');
    });
    expect([takenBack, corrected].map(stateOf)).toEqual(['withdrawn', 'superseded']);
    expect(await sandbox.workers()).toHaveLength(3);
    expect(platform.state).toMatchObject({ state: 'reachable' });
    expect(store.records.unsent()).toMatchObject({ count: 0, needsAttention: 0 });
  });
});

const adds = async (sandbox: Sandbox) =>
  (await sandbox.requests()).filter(({ method }) => method === 'ProjectWorker.Add').length;

describe('several workers in one request', () => {
  it('sends seven workers of one team with two requests', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const ids = [1, 2, 3, 4, 5, 6, 7].map((order) => sealed(order));
    platform.wake();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    expect(await adds(sandbox)).toBe(2);
    expect(new Set(ids.map((id) => store.records.summary(id).serial)).size).toBe(2);
  });

  it('keeps the teams apart', async () => {
    const { sandbox, platform, sealed, until, stateOf, store, team } = await desk();
    const other = store.teams.add({ ...team, teamName: '木工二班' });
    const ids = [1, 2, 3, 4].map((order) => sealed(order, (draft) => (order % 2 ? draft : { ...draft, team: other })));
    platform.wake();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    const teams = (await sandbox.workers()).map(({ workerName, teamName }) => [workerName, teamName]);
    expect(Object.fromEntries(teams)).toEqual({
      韦试样1: '钢筋一班',
      韦试样2: '木工二班',
      韦试样3: '钢筋一班',
      韦试样4: '木工二班',
    });
  });

  it.each([0, 2, 4])('one that the platform refuses, at place %i, holds up none of the others', async (place) => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const wrongNumber = (draft: Draft): Draft => {
      const number = personNumber(9).slice(0, 17) + (personNumber(9).endsWith('1') ? '2' : '1');
      const { portrait } = draft.card ?? testCard();
      return { ...draft, card: { ...testCard({ number, name: '韦试样9' }), portrait } };
    };
    const ids = [0, 1, 2, 3, 4].map((order) => sealed(order + 1, order === place ? wrongNumber : undefined));
    platform.wake();
    await until(() => ids.every((id) => ['confirmed', 'needs-attention'].includes(stateOf(id))));
    const set = ids.filter((id) => stateOf(id) === 'needs-attention');
    expect(set).toEqual([ids[place]]);
    const { error, platformText } = store.records.summary(ids[place] ?? '');
    expect(error).toMatchObject({ code: 'platform.record-refused', detail: 'idCardNumber' });
    expect(platformText).toContain('校验位');
    const { people } = await sandbox.counters();
    expect(people.map(({ added, duplicatesRefused }) => [added, duplicatesRefused])).toEqual(Array(4).fill([1, 0]));
  });

  it.each(['refuseAll', 'addOthers'] as const)(
    'brings the one up to date who was there, and adds the others, when the platform does %s',
    async (onDuplicate) => {
      const { sandbox, platform, sealed, until, stateOf } = await desk({}, { onDuplicate });
      const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-delivery-'));
      cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
      const other = openDesk(sandbox, openStore({ file: join(folder, 'other.db'), key: randomBytes(32) }));
      const theirs = other.sealed(2);
      other.platform.wake();
      await other.until(() => other.stateOf(theirs) === 'confirmed');
      const phone = (draft: Draft): Draft => ({ ...draft, fields: { ...draft.fields, cellPhone: '13900000000' } });
      const ids = [1, 2, 3].map((order) => sealed(order, phone));
      platform.wake();
      await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
      const workers = await sandbox.workers();
      expect(workers.map(({ fields }) => fields['cellPhone'])).toEqual(Array(3).fill('13900000000'));
      const { people } = await sandbox.counters();
      expect(people.map(({ added }) => added)).toEqual([1, 1, 1]);
      expect(people.reduce((sum, { duplicatesRefused }) => sum + duplicatesRefused, 0)).toBe(1);
    },
  );
});

describe('the failure of the platform itself', () => {
  it('while it processes is tried again, and asks a person in the end; then it goes on', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const first = sealed(1);
    platform.wake();
    await until(() => stateOf(first) === 'confirmed');
    sandbox.setFaults({ failAsync: 'Internal Error', onlyMethods: ['ProjectWorker.Add'] });
    const id = sealed(2);
    platform.wake();
    await until(() => store.records.summary(id).error?.code === 'platform.failed-there');
    expect(stateOf(id)).not.toBe('needs-attention');
    await until(() => stateOf(id) === 'needs-attention');
    expect(await adds(sandbox)).toBe(6);
    expect(store.records.summary(id)).toMatchObject({
      error: { code: 'platform.failed-there' },
      platformText: 'Internal Error',
    });
    sandbox.clearFaults();
    store.outbox.retryNow(id);
    platform.wake();
    await until(() => stateOf(id) === 'confirmed');
  });

  it('that passes costs nobody anything', async () => {
    const { sandbox, platform, sealed, until, stateOf, store } = await desk();
    const first = sealed(1);
    platform.wake();
    await until(() => stateOf(first) === 'confirmed');
    sandbox.setFaults({ failAsync: '系统异常' });
    const ids = [2, 3, 4].map((order) => sealed(order));
    platform.wake();
    await until(() => store.records.summary(ids[0] ?? '').error?.code === 'platform.failed-there');
    sandbox.clearFaults();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
    expect((await sandbox.counters()).people.map(({ added }) => added)).toEqual([1, 1, 1, 1]);
  });

  it('of a wrong clock is told as such, and the records wait until the clocks agree', async () => {
    const { sandbox, platform, sealed, until, stateOf } = await desk();
    sandbox.setFaults({ clockOffMs: 3_600_000 });
    const id = sealed(1);
    platform.wake();
    await until(() => platform.state.state === 'trouble');
    expect(platform.state.error?.code).toBe('platform.clock-wrong');
    expect(platform.state.clockDifferenceSeconds).toBeGreaterThan(3590);
    expect(stateOf(id)).toBe('sealed');
    sandbox.clearFaults();
    await until(() => stateOf(id) === 'confirmed');
    expect(await sandbox.workers()).toHaveLength(1);
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
