import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Sandbox } from '../platform/sandbox/sandbox.ts';
import { backupFile, listBackups, usualRotation } from '../store/backup-shelf.ts';
import { runFileJob } from '../store/file-job.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { sampleKey as key } from '../store/sample-draft.ts';
import { Cleanups, nationalConnection, openDeliveryDesk, personNumber } from './test-delivery.ts';

const cleanups = new Cleanups();
afterEach(() => cleanups.run());

function openDesk(sandbox: Sandbox, store: Store) {
  const opened = openDeliveryDesk(store, nationalConnection(sandbox));
  cleanups.add(opened.close);
  return opened;
}

async function backUp(store: Store, file: string, folder: string): Promise<string> {
  const release = store.holdStill();
  try {
    const takenAt = new Date().toISOString();
    const job = {
      kind: 'backup',
      source: file,
      key,
      folder,
      takenAt,
      facts: store.facts(),
      rules: usualRotation,
    } as const;
    await runFileJob(job);
  } finally {
    release();
  }
  return backupFile(folder, listBackups(folder)[0]?.name ?? '');
}

/** How often the platform has taken each of these people, also when it noticed and refused the second time. */
async function timesAt(sandbox: Sandbox, orders: readonly number[]): Promise<number[]> {
  const { people } = await sandbox.counters();
  const tallies = new Map(people.map((person) => [person.idCardNumber, person]));
  return orders.map((order) => {
    const { added = 0, duplicatesRefused = 0 } = tallies.get(personNumber(order)) ?? {};
    return added + duplicatesRefused;
  });
}

const order = (file: string, backup: string) =>
  ({ kind: 'restore', file, key, backup, now: new Date(), actor: 'operator' }) as const;

async function stationAndPlatform() {
  const sandbox = await cleanups.sandbox({ asyncDelayMs: 0 });
  const folder = cleanups.folder();
  return { sandbox, file: join(folder, 'station.db'), shelf: join(folder, 'backups') };
}

it('a file that is lost after deliveries: what the backup has unsent is at the platform once, and nothing is sent again', async () => {
  const { sandbox, file, shelf } = await stationAndPlatform();
  const before = openDesk(sandbox, openStore({ file, key }));
  before.sealed(1);
  await before.deliver();
  const unsent = [2, 3, 4].map((each) => before.sealed(each));
  const backup = await backUp(before.store, file, shelf);
  await before.deliver();
  [5, 6].forEach((each) => before.sealed(each));
  await before.deliver();
  await before.close();
  writeFileSync(file, 'nothing of the file can be read any more');
  expect(await runFileJob(order(file, backup))).toMatchObject({ salvaged: 0 });
  const after = openDesk(sandbox, openStore({ file, key }));
  expect(after.store.records.counts()).toMatchObject({ sealed: 3, confirmed: 1 });
  await after.deliver();
  for (const id of unsent) expect(after.store.records.summary(id).state).toBe('confirmed');
  // Enrolled since the backup, and enrolled again because the station knows nothing of it any more.
  after.sealed(5);
  await after.deliver();
  expect(await timesAt(sandbox, [1, 2, 3, 4, 5, 6])).toEqual([1, 1, 1, 1, 1, 1]);
  expect(after.store.audit.verify()).not.toHaveProperty('brokenAt');
}, 60_000);

it('a file that can still be read: what was sealed since the backup is saved, unsent records go up, and nobody twice', async () => {
  const { sandbox, file, shelf } = await stationAndPlatform();
  const before = openDesk(sandbox, openStore({ file, key }));
  before.sealed(1);
  const backup = await backUp(before.store, file, shelf);
  before.sealed(2);
  await before.deliver();
  [3, 4].forEach((each) => before.sealed(each));
  await before.close();
  expect(await runFileJob(order(file, backup))).toMatchObject({ salvaged: 3 });
  const after = openDesk(sandbox, openStore({ file, key }));
  await after.deliver();
  expect(after.store.records.counts()).toMatchObject({ confirmed: 4 });
  expect(await timesAt(sandbox, [1, 2, 3, 4])).toEqual([1, 1, 1, 1]);
}, 60_000);
