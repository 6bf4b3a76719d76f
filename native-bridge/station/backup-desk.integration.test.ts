import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { backupPlaces, chooseBackupPlace, isSameVolume } from '../store/backup-places.ts';
import { listBackups } from '../store/backup-shelf.ts';
import { openStore } from '../store/open-store.ts';
import { numberedDraft, sampleKey as key, temporaryFolder } from '../store/sample-draft.ts';
import { BackupDesk } from './backup-desk.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => folder.remove());

test('backs up the first record and after twenty more, not between, and sealing goes on meanwhile', async () => {
  const [file, shelf] = [folder.path('station.db'), folder.path('backups')];
  const store = openStore({ file, key });
  const verified: string[] = [];
  const onVerified = (takenAt: string) => void verified.push(takenAt);
  const now = () => new Date();
  const desk = new BackupDesk({ store, file, key, dataFolder: dirname(file), now, onVerified });
  const until = (count: number) =>
    vi.waitFor(() => expect(listBackups(shelf)).toHaveLength(count), { timeout: 20_000 });
  store.records.seal(numberedDraft(0), 'test');
  desk.look();
  store.records.seal(numberedDraft(1), 'test');
  await until(1);
  await vi.waitFor(() => store.holdStill()());
  desk.look();
  for (let index = 2; index < 22; index += 1) store.records.seal(numberedDraft(index), 'test');
  await vi.waitFor(
    () => {
      desk.look();
      expect(listBackups(shelf)).toHaveLength(2);
    },
    { timeout: 20_000 },
  );
  await vi.waitFor(() => expect(desk.isRunning).toBe(false));
  expect(desk.trouble).toBeUndefined();
  expect(desk.last?.facts.records).toBe(22);
  expect(verified).toEqual(
    listBackups(shelf)
      .map(({ takenAt }) => takenAt)
      .toReversed(),
  );
  await desk.close();
  store.close();
}, 60_000);

test('goes on in the data folder while the chosen place is away, and catches up there when it is back', async () => {
  const [file, stick] = [folder.path('station.db'), folder.path('stick')];
  const dataFolder = dirname(file);
  mkdirSync(stick);
  chooseBackupPlace(dataFolder, stick);
  const { own, second } = backupPlaces(dataFolder);
  const onStick = second?.folder ?? '';
  const store = openStore({ file, key });
  store.records.seal(numberedDraft(0), 'test');
  const desk = new BackupDesk({ store, file, key, dataFolder, now: () => new Date() });
  await desk.make();
  expect([listBackups(onStick).length, listBackups(own).length]).toEqual([1, 0]);
  renameSync(stick, `${stick}.pulled`);
  store.records.seal(numberedDraft(1), 'test');
  await desk.lookAtPlace();
  expect(desk.isAway).toBe(true);
  await vi.waitFor(() => expect(desk.isRunning).toBe(false), { timeout: 20_000 });
  expect(desk.trouble).toBeUndefined();
  expect([existsSync(stick), listBackups(own).length]).toEqual([false, 1]);
  store.records.seal(numberedDraft(2), 'test');
  renameSync(`${stick}.pulled`, stick);
  await desk.lookAtPlace();
  await vi.waitFor(() => expect(listBackups(onStick)).toHaveLength(2), { timeout: 20_000 });
  expect(desk.last?.facts.records).toBe(3);
  await desk.close();
  store.close();
}, 60_000);

test('a backup that is cancelled leaves no part of a file, nor trouble, and earlier ones as they were', async () => {
  const [file, shelf] = [folder.path('station.db'), folder.path('backups')];
  const store = openStore({ file, key });
  for (let index = 0; index < 20; index += 1) store.records.seal(numberedDraft(index), 'test');
  const heard: unknown[] = [];
  let cancels = false;
  const desk = new BackupDesk({
    ...{ store, file, key, dataFolder: dirname(file), now: () => new Date() },
    onChanged: () => {
      if (desk.progress === undefined) return;
      heard.push(desk.progress);
      if (cancels) desk.cancel();
    },
  });
  expect(await desk.make()).toBe(true);
  expect(heard.at(-1)).toMatchObject({ percent: 100, bytes: { total: statSync(file).size } });
  const before = readdirSync(shelf);
  cancels = true;
  expect(await desk.make()).toBe(false);
  expect(readdirSync(shelf)).toEqual(before);
  expect([desk.trouble, desk.isRunning, desk.progress]).toEqual([undefined, false, undefined]);
  expect(store.records.seal(numberedDraft(21), 'test').state).toBe('sealed');
  cancels = false;
  expect(await desk.make()).toBe(true);
  expect(listBackups(shelf)).toHaveLength(2);
  await desk.close();
  store.close();
}, 60_000);

test('a chosen place that takes nothing is told, and the data folder has the backup', async () => {
  const file = folder.path('station.db');
  const dataFolder = dirname(file);
  mkdirSync(folder.path('stick'));
  chooseBackupPlace(dataFolder, folder.path('stick'));
  const { own, second } = backupPlaces(dataFolder);
  rmSync(second?.folder ?? '', { recursive: true });
  writeFileSync(second?.folder ?? '', 'a file where the folder was');
  const store = openStore({ file, key });
  store.records.seal(numberedDraft(0), 'test');
  const desk = new BackupDesk({ store, file, key, dataFolder, now: () => new Date() });
  await expect(desk.make()).rejects.toMatchObject({ code: expect.stringMatching(/^backup\./) as string });
  expect(listBackups(own)).toHaveLength(1);
  await desk.close();
  store.close();
});

test('a place is chosen only when it is there, keeps its folder on the next choice, and tells when it is on the same disk', () => {
  const [dataFolder, stick] = [dirname(folder.path('station.db')), folder.path('stick')];
  expect(() => chooseBackupPlace(dataFolder, stick)).toThrow(
    expect.objectContaining({ code: 'backup.no-place' }) as Error,
  );
  expect(() => chooseBackupPlace(dataFolder, 'stick')).toThrow(
    expect.objectContaining({ code: 'backup.no-place' }) as Error,
  );
  mkdirSync(stick);
  chooseBackupPlace(dataFolder, stick);
  const first = backupPlaces(dataFolder).second;
  chooseBackupPlace(dataFolder, undefined);
  expect(backupPlaces(dataFolder).second).toBeUndefined();
  chooseBackupPlace(dataFolder, stick);
  expect(backupPlaces(dataFolder).second).toEqual(first);
  expect(isSameVolume(stick, dataFolder)).toBe(true);
  expect(isSameVolume('/proc', dataFolder)).toBe(false);
});
