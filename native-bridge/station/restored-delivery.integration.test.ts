import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { v7 as newId } from 'uuid';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Draft } from '../contract/enrolment.ts';
import { checkCharacter } from '../enrolment/id-number.ts';
import { completeDraft, testCard } from '../enrolment/test-draft.ts';
import { startSandbox, type Sandbox } from '../platform/sandbox/sandbox.ts';
import { backupFile, listBackups, usualRotation } from '../store/backup-shelf.ts';
import { runFileJob } from '../store/file-job.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { sampleKey as key } from '../store/sample-draft.ts';
import { PlatformDesk } from './platform-desk.ts';

const cleanups: (() => unknown)[] = [];
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

function openDesk(sandbox: Sandbox, store: Store) {
  const account = sandbox.accounts[0];
  const project = account?.projects[0];
  const corp = project?.corps[0];
  if (!account || !project || !corp) throw new Error('the sandbox has no account');
  const { appid, secret } = account;
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
  /** Until the platform has confirmed every record that is not ended otherwise. */
  const deliver = async () => {
    platform.wake();
    const rest = () => {
      const { sealed, sending, accepted } = store.records.counts();
      return sealed + sending + accepted;
    };
    while (rest() > 0) await new Promise<void>((resolve) => (changed = resolve));
  };
  const close = async () => {
    await platform.close();
    store.close();
  };
  return { store, seal, deliver, close };
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
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-restored-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox({ asyncDelayMs: 0 });
  cleanups.push(() => sandbox.stop());
  const file = join(folder, 'station.db');
  return { sandbox, file, shelf: join(folder, 'backups') };
}

it('a file that is lost after deliveries: what the backup has unsent is at the platform once, and nothing is sent again', async () => {
  const { sandbox, file, shelf } = await stationAndPlatform();
  const before = openDesk(sandbox, openStore({ file, key }));
  before.seal(1);
  await before.deliver();
  const unsent = [2, 3, 4].map((each) => before.seal(each));
  const backup = await backUp(before.store, file, shelf);
  await before.deliver();
  [5, 6].forEach((each) => before.seal(each));
  await before.deliver();
  await before.close();
  writeFileSync(file, 'nothing of the file can be read any more');
  expect(await runFileJob(order(file, backup))).toMatchObject({ salvaged: 0 });
  const after = openDesk(sandbox, openStore({ file, key }));
  cleanups.push(after.close);
  expect(after.store.records.counts()).toMatchObject({ sealed: 3, confirmed: 1 });
  await after.deliver();
  for (const id of unsent) expect(after.store.records.summary(id).state).toBe('confirmed');
  // Enrolled since the backup, and enrolled again because the station knows nothing of it any more.
  after.seal(5);
  await after.deliver();
  expect(await timesAt(sandbox, [1, 2, 3, 4, 5, 6])).toEqual([1, 1, 1, 1, 1, 1]);
  expect(after.store.audit.verify()).not.toHaveProperty('brokenAt');
}, 60_000);

it('a file that can still be read: what was sealed since the backup is saved, unsent records go up, and nobody twice', async () => {
  const { sandbox, file, shelf } = await stationAndPlatform();
  const before = openDesk(sandbox, openStore({ file, key }));
  before.seal(1);
  const backup = await backUp(before.store, file, shelf);
  before.seal(2);
  await before.deliver();
  [3, 4].forEach((each) => before.seal(each));
  await before.close();
  expect(await runFileJob(order(file, backup))).toMatchObject({ salvaged: 3 });
  const after = openDesk(sandbox, openStore({ file, key }));
  cleanups.push(after.close);
  await after.deliver();
  expect(after.store.records.counts()).toMatchObject({ confirmed: 4 });
  expect(await timesAt(sandbox, [1, 2, 3, 4])).toEqual([1, 1, 1, 1]);
}, 60_000);
