import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultGateLimits, type GateName, lastVerifiedBackupKey } from '../contract/gates.ts';
import type { PlatformState } from '../contract/station.ts';
import { completeDraft } from '../enrolment/test-draft.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { GateDesk } from './gate-desk.ts';

const start = new Date('2026-11-23T01:00:00.000Z');
const hourMs = 3_600_000;

let folder: string;
let store: Store;
let now: Date;
let platform: PlatformState;
let free: () => Promise<number>;
let changes: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-desk-gates-'));
  now = start;
  store = openStore({ file: join(folder, 'station.db'), key: randomBytes(32), now: () => now });
  platform = { state: 'reachable', clockDifferenceSeconds: 1 };
  free = async () => 50e9;
  changes = 0;
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const openDesk = (isPractice = false) =>
  new GateDesk({
    store,
    dataFolder: folder,
    isPractice,
    platform: () => platform,
    now: () => now,
    freeBytes: () => free(),
    onChanged: () => (changes += 1),
  });

const seal = () => store.records.seal({ ...completeDraft(), id: newId() }, 'operator').id;
const levelOf = (desk: GateDesk, name: GateName) => desk.gates().find(({ gate }) => gate === name)?.level;
const hoursLater = (hours: number) => (now = new Date(start.getTime() + hours * hourMs));

it('closes while the disk is full, opens again, and tells only when something has changed', async () => {
  const desk = openDesk();
  await desk.look();
  await desk.look();
  expect(changes).toBe(1);
  expect(() => desk.demandOpen()).not.toThrow();
  free = async () => 1e8;
  await desk.look();
  expect(changes).toBe(2);
  expect(() => desk.demandOpen()).toThrow(expect.objectContaining({ code: 'gate.disk' }));
  free = async () => 50e9;
  await desk.look();
  expect(changes).toBe(3);
  expect(() => desk.demandOpen()).not.toThrow();
});

it('holds nothing up where the disk cannot be measured', async () => {
  const desk = openDesk();
  free = () => Promise.reject(new Error('no such disk'));
  await desk.look();
  expect(desk.gates().every(({ level }) => level === 'ok')).toBe(true);
});

it('measures the real disk', async () => {
  const desk = new GateDesk({
    store,
    dataFolder: folder,
    isPractice: false,
    platform: () => platform,
    now: () => now,
    onChanged: () => undefined,
  });
  await desk.look();
  expect(desk.gates().find(({ gate }) => gate === 'disk')?.value).toBeGreaterThan(0);
});

it('counts what is unsent and how long, and forgets it once it is taken back', () => {
  const desk = openDesk();
  const id = seal();
  hoursLater(7 * 24);
  expect(() => desk.demandOpen()).toThrow(expect.objectContaining({ code: 'gate.unsent-age' }));
  store.withdrawal.withdraw(id, 'left', undefined, 'operator');
  expect(() => desk.demandOpen()).not.toThrow();
});

it('warns without a backup, until one was verified; practice wants none', () => {
  const [desk, practice] = [openDesk(), openDesk(true)];
  store.withdrawal.withdraw(seal(), 'left', undefined, 'operator');
  hoursLater(48);
  expect([levelOf(desk, 'backup'), levelOf(practice, 'backup')]).toEqual(['warn', 'ok']);
  store.settings.set(lastVerifiedBackupKey, now.toISOString());
  expect(levelOf(desk, 'backup')).toBe('ok');
});

it('minds a wrong clock only where the platform refuses for it', () => {
  const desk = openDesk();
  platform = { state: 'trouble', error: { code: 'platform.unreachable' }, clockDifferenceSeconds: 400 };
  expect(levelOf(desk, 'clock')).toBe('warn');
  for (const code of ['platform.sign-refused', 'platform.clock-wrong'] as const) {
    platform = { state: 'trouble', error: { code }, clockDifferenceSeconds: 400 };
    expect(() => desk.demandOpen()).toThrow(expect.objectContaining({ code: 'gate.clock' }));
  }
});

it('keeps its limits in the data file', () => {
  seal();
  openDesk().limits = { ...defaultGateLimits, unsentCount: { block: 1 } };
  expect(() => openDesk().demandOpen()).toThrow(expect.objectContaining({ code: 'gate.unsent-count' }));
});

it('closes when the data file is out of reach, and never throws for it', async () => {
  const desk = openDesk();
  store.close();
  expect(levelOf(desk, 'store')).toBe('block');
  await desk.look();
  expect(() => desk.demandOpen()).toThrow(expect.objectContaining({ code: 'gate.store' }));
});

it('looks no more once it is closed', async () => {
  const desk = openDesk();
  const looking = desk.look();
  desk.close();
  await looking;
  expect(changes).toBe(0);
});
