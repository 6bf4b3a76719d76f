import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { v7 as newId } from 'uuid';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../contract/enrolment.ts';
import { checkCharacter } from '../enrolment/id-number.ts';
import { completeDraft, testCard } from '../enrolment/test-draft.ts';
import { type Sandbox, startSandbox } from '../platform/sandbox/sandbox.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { PlatformDesk } from './platform-desk.ts';

type Cleanup = () => unknown;
const cleanups: Cleanup[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

let png: Uint8Array;
let jpeg: Uint8Array;
let sandbox: Sandbox;
let folder: string;
let a: Desk;
let b: Desk;

type Desk = ReturnType<typeof openDesk>;

beforeAll(async () => {
  const flat = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: { r: 120, g: 140, b: 160 } } });
  png = await flat(102, 126).png().toBuffer();
  jpeg = await flat(358, 441).jpeg().toBuffer();
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-desk-transfer-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'stick'));
  sandbox = await startSandbox({ asyncDelayMs: 0 });
  cleanups.push(() => sandbox.stop());
  [a, b] = ['a.db', 'b.db'].map((name) => openDesk(openStore({ file: join(folder, name), key: randomBytes(32) }))) as [
    Desk,
    Desk,
  ];
  a.store.transfers.trust(b.store.transfers.own(), 'operator');
  b.store.transfers.trust(a.store.transfers.own(), 'operator');
});

/** Numbers of people who cannot exist: the division does not. */
function personNumber(order: number): string {
  const digits = `45999919860409${String(order).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
}

function connectionTo(platform: Sandbox) {
  const account = platform.accounts[0];
  const project = account?.projects[0];
  const corp = project?.corps[0];
  if (!account || !project || !corp) throw new Error('the sandbox has no account');
  const { appid, secret } = account;
  return {
    driver: 'national' as const,
    dialect: 'national',
    url: platform.url,
    appid,
    secret,
    projectCode: project.projectCode,
    projectName: '示例项目',
    ...corp,
  };
}

function openDesk(store: Store) {
  const connection = connectionTo(sandbox);
  let changed: () => void = () => undefined;
  const platform = new PlatformDesk({
    store,
    connection,
    now: () => new Date(),
    pace: { outcomeWaitsMs: [20], retryWaitsMs: [30] },
    onRecordChanged: () => changed(),
    onStateChanged: () => changed(),
  });
  cleanups.push(async () => {
    await platform.close();
    store.close();
  });
  const { projectCode, projectName, corpCode, corpName } = connection;
  const team = store.teams.add({ projectCode, projectName, corpCode, corpName, teamName: '钢筋一班', workType: '020' });
  const seal = (order: number) => {
    const complete = completeDraft();
    const card = testCard({ number: personNumber(order), name: `韦试样${order}` });
    const draft: Draft = {
      ...complete,
      id: newId(),
      team,
      card: { ...card, portrait: { state: 'decoded', png, width: 102, height: 126, simulated: true } },
      ...(complete.photo && { photo: { ...complete.photo, jpeg } }),
    };
    return store.records.seal(draft, 'operator').id;
  };
  const stateOf = (id: string) => store.records.summary(id).state;
  const confirmed = async (ids: readonly string[]) => {
    platform.wake();
    while (!ids.every((id) => stateOf(id) === 'confirmed')) await new Promise<void>((resolve) => (changed = resolve));
  };
  const put = (to: Store, kind: 'copy' | 'hand-over' | 'receipt') =>
    platform.exclusive(() =>
      store.transfers.export({
        kind,
        receiver: { station: to.transfers.own() },
        folder: join(folder, 'stick'),
        practice: false,
        actor: 'operator',
      }),
    );
  const take = (path: string) =>
    platform.exclusive(() => store.transfers.import({ path, practice: false, actor: 'operator' }));
  return { store, platform, seal, stateOf, confirmed, put, take };
}

async function expectEachOnce(people: number): Promise<void> {
  expect(await sandbox.workers()).toHaveLength(people);
  expect((await sandbox.counters()).people.map(({ added }) => added)).toEqual(Array(people).fill(1));
}

describe('two stations and one platform', () => {
  it('hand over, send there, bring the receipt home: each worker once, and the origin knows', async () => {
    const ids = [1, 2, 3].map(a.seal);
    await b.take((await a.put(b.store, 'hand-over')).path);
    await b.confirmed(ids);
    await expectEachOnce(3);
    expect(await a.take((await b.put(a.store, 'receipt')).path)).toMatchObject({ outcomes: 3, whole: true });
    expect(ids.map(a.stateOf)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    a.platform.wake();
    await a.confirmed([a.seal(4)]);
    await expectEachOnce(4);
    expect(await sandbox.teams()).toHaveLength(1);
  });

  it('taken back after the other one has sent: still each once', async () => {
    const ids = [1, 2].map(a.seal);
    const given = await a.put(b.store, 'hand-over');
    await b.take(given.path);
    await b.confirmed(ids);
    await a.platform.exclusive(() => a.store.transfers.takeBack(given.id, 'operator'));
    await a.confirmed(ids);
    await expectEachOnce(2);
  });

  it('both send at the same moment: still each once', async () => {
    const ids = [1, 2, 3, 4].map(a.seal);
    const given = await a.put(b.store, 'hand-over');
    await b.take(given.path);
    a.store.transfers.takeBack(given.id, 'operator');
    await Promise.all([a.confirmed(ids), b.confirmed(ids)]);
    await expectEachOnce(4);
  });

  it('a copy taken in by another station makes nobody twice', async () => {
    const ids = [1, 2].map(a.seal);
    const { path } = await a.put(b.store, 'copy');
    await a.confirmed(ids);
    await b.take(path);
    await b.confirmed(ids);
    await expectEachOnce(2);
  });

  it('nothing is sent while a package is being written, and sending goes on by itself afterwards', async () => {
    const ids = [1, 2, 3].map(a.seal);
    let seen = 0;
    await a.platform.exclusive(async () => {
      a.platform.wake();
      await sandbox.settle();
      seen = (await sandbox.requests()).length;
    });
    expect(seen).toBe(0);
    while (!ids.every((id) => a.stateOf(id) === 'confirmed')) await new Promise(setImmediate);
    await expectEachOnce(3);
  });
});
