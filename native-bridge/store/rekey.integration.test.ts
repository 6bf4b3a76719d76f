import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import { copyDurably } from './file-copy.ts';
import { runFileJob } from './file-job.ts';
import { newDataKey } from './key-envelope.ts';
import {
  adoptByRecovery,
  commitDataKey,
  demandRecoveryKey,
  evenEnvelopes,
  makeRecoveryKey,
  openDataKey,
  readEnvelope,
} from './key-folder.ts';
import { openStore } from './open-store.ts';
import { keyFitsFile } from './page-authentication.ts';
import { recryptDurably } from './recrypted-copy.ts';
import { rekey } from './rekey.ts';
import { finishRekey } from './rekeyed-file.ts';
import { restore } from './test-restore.ts';
import { numberedDraft, sampleKey as shellKey, temporaryFolder } from './sample-draft.ts';

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const now = new Date('2026-11-02T01:00:00.000Z');
const records = 12;

let folder: ReturnType<typeof temporaryFolder>;
let at: string;
let files: readonly [station: string, practice: string];
let key: Uint8Array;
let newKey: Uint8Array;

beforeEach(() => {
  folder = temporaryFolder();
  files = [folder.path('station.db'), folder.path('practice.db')];
  at = dirname(files[0]);
  key = openDataKey(at, files[0], shellKey);
  newKey = newDataKey();
  for (const file of files) {
    const store = openStore({ file, key });
    for (let index = 0; index < records; index += 1) store.records.seal(numberedDraft(index), 'test');
    store.close();
  }
});
afterEach(() => folder.remove());

const order = () => ({ files, key, newKey, now, actor: 'operator' });

/** As the station does it at every start. */
function start() {
  const opened = openDataKey(at, files[0], shellKey);
  evenEnvelopes(at);
  for (const file of files) finishRekey(file, opened);
  return opened;
}

/** What every start has to find, whatever happened before. */
function demandWhole(opened: Uint8Array) {
  for (const file of files) {
    const store = openStore({ file, key: opened });
    expect(store.records.counts().sealed).toBe(records);
    expect(store.records.list({ limit: 1 })).toHaveLength(1);
    expect(store.audit.verify().brokenAt).toBeUndefined();
    store.close();
  }
  expect(readdirSync(at).filter((name) => name.includes('.rekey'))).toEqual([]);
}

const actionsOf = (file: string, opened: Uint8Array) => {
  const store = openStore({ file, key: opened });
  const rows = store.facts().auditRows;
  store.close();
  return rows;
};

test('both files get the new key, with everything in them and an entry in the trail; the old one opens nothing', () => {
  const rows = actionsOf(files[0], key);
  const heard: number[] = [];
  rekey(order(), (done, of) => heard.push(done / of));
  commitDataKey(at, newKey, { shellKey, recoveryKey: undefined }, now);
  expect(start()).toEqual(newKey);
  demandWhole(newKey);
  expect(actionsOf(files[0], newKey)).toBe(rows + 1);
  for (const file of files) expect(keyFitsFile(file, key)).toBe(false);
  expect(heard).toEqual(heard.toSorted((one, other) => one - other));
  expect(heard.at(-1)).toBe(1);
});

test('the salt and every page are other bytes than before', () => {
  const copy = folder.path('copy.db');
  recryptDurably([files[0], key], [copy, newKey]);
  const [before, after] = [readFileSync(files[0]), readFileSync(copy)];
  expect(after.length).toBe(before.length);
  for (let page = 0; page < before.length; page += 4096)
    expect(after.subarray(page, page + 16).equals(before.subarray(page, page + 16))).toBe(false);
});

test('one changed bit in the old file is refused, and nothing is left', () => {
  const bytes = readFileSync(files[0]);
  bytes.writeUInt8(bytes.readUInt8(20 * 4096 + 100) ^ 1, 20 * 4096 + 100);
  writeFileSync(files[0], bytes);
  expect(() => rekey(order())).toThrow(code('store.corrupt'));
  expect(readdirSync(at).filter((name) => name.includes('.rekey'))).toEqual([]);
});

test('ended before the envelope names the new key: the old files go on, what was made is removed', () => {
  rekey(order());
  expect(existsSync(`${files[0]}.rekeyed`)).toBe(true);
  expect(start()).toEqual(key);
  demandWhole(key);
});

test('ended between the two copies of the envelope, and the first one unreadable then: the old files go on', () => {
  rekey(order());
  const copy = readFileSync(folder.path('data-keys.copy.json'));
  commitDataKey(at, newKey, { shellKey, recoveryKey: undefined }, now);
  writeFileSync(folder.path('data-keys.copy.json'), copy);
  writeFileSync(folder.path('data-keys.json'), 'unreadable');
  expect(start()).toEqual(key);
  demandWhole(key);
});

test('ended between the two copies of the envelope: the next start completes them and the exchange', () => {
  rekey(order());
  const copy = readFileSync(folder.path('data-keys.copy.json'));
  commitDataKey(at, newKey, { shellKey, recoveryKey: undefined }, now);
  writeFileSync(folder.path('data-keys.copy.json'), copy);
  start();
  writeFileSync(folder.path('data-keys.json'), 'unreadable');
  expect(start()).toEqual(newKey);
  demandWhole(newKey);
});

test('ended between the exchange of the two files: the next start exchanges the other', () => {
  rekey(order());
  commitDataKey(at, newKey, { shellKey, recoveryKey: undefined }, now);
  finishRekey(files[0], newKey);
  expect(start()).toEqual(newKey);
  demandWhole(newKey);
});

test('killed at any moment, both files open with the key that the envelope names', async () => {
  for (let wait = 80; wait <= 480; wait += 50) {
    const abort = new AbortController();
    const job = { kind: 'rekey' as const, ...order(), files: [...files] };
    const ended = runFileJob(job, { signal: abort.signal }).catch(() => undefined);
    await pause(wait);
    abort.abort();
    await ended;
    expect(start()).toEqual(key);
    demandWhole(key);
  }
}, 60_000);

test('with the recovery key typed it opens the new data as well, also before the exchange', () => {
  const typed = makeRecoveryKey(at, key, now);
  const recoveryKey = demandRecoveryKey(at, typed);
  rekey(order());
  commitDataKey(at, newKey, { shellKey, recoveryKey }, now);
  const otherShell = shellKey.toReversed();
  expect(adoptByRecovery(at, files[0], typed, otherShell)).toEqual(newKey);
  expect(openDataKey(at, files[0], otherShell)).toEqual(newKey);
});

test('a recovery key that is not the one is refused; without one the new data has none', () => {
  const foreign = makeRecoveryKey(at, key, now);
  makeRecoveryKey(at, key, now);
  expect(() => demandRecoveryKey(at, foreign)).toThrow(code('recovery-key.wrong'));
  rekey(order());
  commitDataKey(at, newKey, { shellKey, recoveryKey: undefined }, now);
  expect(readEnvelope(at)?.current.recovery).toBeUndefined();
  expect(readEnvelope(at)?.previous).toHaveLength(1);
});

test('a backup of the time before is restored under the present key', () => {
  const backup = folder.path('backup.db');
  copyDurably(files[0], backup);
  rekey(order());
  commitDataKey(at, newKey, { shellKey, recoveryKey: undefined }, now);
  start();
  writeFileSync(files[0], 'not a data file any more');
  restore({ file: files[0], key: newKey, backup, backupKey: key, now, actor: 'test' });
  demandWhole(newKey);
});
