import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dirname } from 'node:path';
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
  const desk = new BackupDesk({ store, file, key, dataFolder: dirname(file), folder: shelf, now, onVerified });
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
