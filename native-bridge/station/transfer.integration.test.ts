import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../platform/sandbox/sandbox.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { Cleanups, nationalConnection, openDeliveryDesk } from './test-delivery.ts';

const cleanups = new Cleanups();
afterEach(() => cleanups.run());

type Desk = ReturnType<typeof openDesk>;

let sandbox: Sandbox;
let stick: string;
let a: Desk;
let b: Desk;

beforeEach(async () => {
  stick = join(cleanups.folder(), 'stick');
  mkdirSync(stick);
  sandbox = await cleanups.sandbox({ asyncDelayMs: 0 });
  [a, b] = [openDesk(), openDesk()];
  a.store.transfers.trust(b.store.transfers.own(), 'operator');
  b.store.transfers.trust(a.store.transfers.own(), 'operator');
});

function openDesk() {
  const desk = openDeliveryDesk(openStore(cleanups.dataFile()), nationalConnection(sandbox));
  cleanups.add(desk.close);
  const { store, platform, stateOf, until } = desk;
  const confirmed = async (ids: readonly string[]) => {
    platform.wake();
    await until(() => ids.every((id) => stateOf(id) === 'confirmed'));
  };
  const common = { practice: false, actor: 'operator' } as const;
  const put = (to: Store, kind: 'copy' | 'hand-over' | 'receipt') =>
    platform.exclusive(() =>
      store.transfers.export({ kind, receiver: { station: to.transfers.own() }, folder: stick, ...common }),
    );
  const take = (path: string) => platform.exclusive(() => store.transfers.import({ path, ...common }));
  return { store, platform, seal: (order: number) => desk.sealed(order), stateOf, confirmed, put, take };
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
