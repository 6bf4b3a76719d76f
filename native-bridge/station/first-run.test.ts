import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore, type Store } from '../store/open-store.ts';
import { FirstRun } from './first-run.ts';

const key = randomBytes(32);
let folder: string;
let store: Store;
let changes: number;

const open = () => openStore({ file: join(folder, 'station.db'), key });
const firstRun = (isOffered: boolean, isSetUp = false) =>
  new FirstRun({ store, isOffered, isSetUp: () => isSetUp, onChanged: () => changes++ });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-desk-first-run-'));
  store = open();
  changes = 0;
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

it('begins with the language, where a person is there and nobody has set the station up', () => {
  expect(firstRun(true).step).toBe('language');
  expect(firstRun(false).step).toBeUndefined();
  expect(firstRun(true, true).step).toBeUndefined();
});

it('goes on where it was, although there is an account by now', () => {
  firstRun(true).go('recovery-key');
  expect(changes).toBe(1);
  store.close();
  store = open();
  expect(firstRun(true, true).step).toBe('recovery-key');
});

it('is over for good', () => {
  firstRun(true).go('project');
  firstRun(true).go(undefined);
  expect(firstRun(true).step).toBeUndefined();
});

it('can be gone through once more on a station that is set up, and is over again then', () => {
  firstRun(true).go(undefined);
  expect(firstRun(false, true).isAgain).toBe(false);
  firstRun(false, true).go('language', true);
  expect(firstRun(false, true)).toMatchObject({ step: 'language', isAgain: true });
  firstRun(false, true).go('reader');
  store.close();
  store = open();
  expect(firstRun(false, true)).toMatchObject({ step: 'reader', isAgain: true });
  firstRun(false, true).go(undefined);
  expect(firstRun(true, true)).toMatchObject({ step: undefined, isAgain: false });
});
