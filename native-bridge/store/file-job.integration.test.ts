import { execFileSync, fork, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import { backupFile, listBackups, usualRotation } from './backup-shelf.ts';
import { type FileJob, lastStep, runFileJob } from './file-job.ts';
import { finishRestore } from './restore.ts';
import { openStore } from './open-store.ts';
import type { Store } from './open-store.ts';
import { numberedDraft, sampleKey as key, temporaryFolder } from './sample-draft.ts';

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let shelf: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = folder.path('station.db');
  shelf = folder.path('backups');
});
afterEach(() => folder.remove());

const backupJob = (store: Store, target = shelf): FileJob => ({
  kind: 'backup',
  source: file,
  key,
  folder: target,
  takenAt: new Date().toISOString(),
  facts: store.facts(),
  rules: usualRotation,
});

async function whileStill<T>(store: Store, work: () => Promise<T>): Promise<T> {
  const release = store.holdStill();
  try {
    return await work();
  } finally {
    release();
  }
}

function filled(records: number): Store {
  const store = openStore({ file, key });
  for (let index = 0; index < records; index += 1) store.records.seal(numberedDraft(index), 'test');
  return store;
}

test('killed at any moment a backup is there and sound, or not there at all; earlier ones stay', async () => {
  const store = filled(60);
  await whileStill(store, () => runFileJob(backupJob(store)));
  for (let wait = 60; wait <= 400; wait += 20) {
    const abort = new AbortController();
    await whileStill(store, async () => {
      const job = runFileJob(backupJob(store), { signal: abort.signal }).catch(() => undefined);
      await pause(wait);
      abort.abort();
      await job;
    });
  }
  store.close();
  const backups = listBackups(shelf);
  expect(backups.length).toBeGreaterThanOrEqual(1);
  for (const { name } of backups) await runFileJob({ kind: 'check', file: backupFile(shelf, name), key });
}, 120_000);

test('killed at any moment of a restore, no record is lost and the next start has one whole file', async () => {
  const store = filled(40);
  await whileStill(store, () => runFileJob(backupJob(store)));
  store.close();
  const backup = backupFile(shelf, listBackups(shelf)[0]?.name ?? '');
  for (let wait = 60; wait <= 420; wait += 40) {
    const abort = new AbortController();
    const job = runFileJob({ kind: 'restore', file, key, backup, now: new Date(), actor: 'test' }, abort);
    const ended = job.catch(() => undefined);
    await pause(wait);
    abort.abort();
    await ended;
    finishRestore(file);
    const again = openStore({ file, key });
    expect(again.records.counts().sealed).toBe(40);
    expect(again.audit.verify().brokenAt).toBeUndefined();
    again.close();
  }
}, 120_000);

test('a restore whose station is gone before the last step leaves the data file where it is', async () => {
  const store = filled(5);
  await whileStill(store, () => runFileJob(backupJob(store)));
  store.close();
  const backup = backupFile(shelf, listBackups(shelf)[0]?.name ?? '');
  const before = readFileSync(file);
  const script = new URL('file-job-main.ts', import.meta.url);
  const child = fork(script, { serialization: 'advanced', execArgv: [] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.on('message', (message) => message === lastStep && child.disconnect());
  child.send({ kind: 'restore', file, key, backup, now: new Date(), actor: 'test' } satisfies FileJob);
  expect(await ended).toBe(0);
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(folder.path('.')).filter((name) => /ready|damaged/.test(name))).toEqual([]);
});

/** Whether a small disk can be mounted here; the superuser of a container often may not. */
function mountSmall(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  mkdirSync(shelf);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', shelf]).status === 0;
}

test('a full backup disk is an error of its own; the station goes on sealing', async ({ skip }) => {
  skip(!mountSmall(), 'no small disk can be mounted');
  try {
    const store = filled(20);
    await expect(whileStill(store, () => runFileJob(backupJob(store)))).rejects.toThrow(code('backup.full'));
    expect(readdirSync(shelf)).toEqual([]);
    expect(store.records.seal(numberedDraft(99), 'test').state).toBe('sealed');
    store.close();
  } finally {
    execFileSync('umount', [shelf]);
  }
});

test('a place that is no folder is an error of its own, and nothing there is touched', async () => {
  writeFileSync(shelf, 'a file');
  const store = filled(1);
  await expect(whileStill(store, () => runFileJob(backupJob(store)))).rejects.toMatchObject({
    code: expect.stringMatching(/^backup\./) as string,
  });
  expect(readFileSync(shelf, 'utf8')).toBe('a file');
  store.close();
});
