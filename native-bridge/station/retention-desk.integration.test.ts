import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultRetention } from '../contract/record-life.ts';
import type { PlatformState } from '../contract/station.ts';
import { completeDraft } from '../enrolment/test-draft.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { RetentionDesk } from './retention-desk.ts';

const start = new Date('2026-11-23T01:00:00.000Z');
const dayMs = 86_400_000;

let folder: string;
let store: Store;
let now: Date;
let platform: PlatformState;
let draftsErased: string[];
let passes: number;
let desk: RetentionDesk;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-desk-retention-'));
  now = start;
  store = openStore({ file: join(folder, 'station.db'), key: randomBytes(32), now: () => now });
  platform = confirming(2);
  draftsErased = [];
  passes = 0;
  desk = new RetentionDesk({
    store,
    platform: () => platform,
    now: () => now,
    onDraftErased: (id) => draftsErased.push(id),
    onErased: () => (passes += 1),
  });
});
afterEach(async () => {
  await desk.close();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A platform that was spoken to just now. */
const confirming = (clockDifferenceSeconds: number): PlatformState => ({
  state: 'reachable',
  clockDifferenceSeconds,
  lastSuccessAt: now.toISOString(),
});

function takeBack(): string {
  const { id } = store.records.seal({ ...completeDraft(), id: newId() }, 'operator');
  store.withdrawal.withdraw(id, 'left', undefined, 'operator');
  return id;
}

/** Days pass, and the platform is spoken to afterwards. */
function daysLater(days: number): void {
  now = new Date(start.getTime() + days * dayMs);
  platform = confirming(2);
}
const kept = () => store.records.list({ limit: 100 }).length;

describe('the daily pass', () => {
  it('erases what is due, in as many slices as it takes, and tells once', async () => {
    for (let index = 0; index < 20; index += 1) takeBack();
    daysLater(defaultRetention.unused);
    await desk.look();
    expect([kept(), passes]).toEqual([0, 1]);
  });

  it('comes once a day, also after a restart, and again when the clock was set back', async () => {
    await desk.look();
    await desk.look();
    expect(passes).toBe(1);
    daysLater(0.9);
    await desk.look();
    expect(passes).toBe(1);
    daysLater(1);
    await desk.look();
    expect(passes).toBe(2);
    daysLater(-3);
    await desk.look();
    expect(passes).toBe(3);
  });

  it.each([-3600, 10 * 365 * 86_400])('erases nothing by a clock that is known to be %i s off', async (difference) => {
    takeBack();
    daysLater(3650);
    platform = confirming(difference);
    await desk.look();
    expect([kept(), passes]).toEqual([1, 0]);
  });

  it('erases nothing by a clock that has jumped ahead since the platform confirmed it', async () => {
    takeBack();
    const draft = { ...completeDraft(), id: newId() };
    store.drafts.save(draft);
    await desk.look();
    expect(passes).toBe(1);
    now = new Date(start.getTime() + 3650 * dayMs);
    for (let look = 0; look < 3; look += 1) await desk.look();
    expect([kept(), passes]).toEqual([1, 1]);
    expect(store.drafts.current()?.id).toBe(draft.id);
    now = new Date(start.getTime() + dayMs);
    await desk.look();
    expect(passes).toBe(2);
  });

  it('erases nothing at its first look without a platform', async () => {
    takeBack();
    daysLater(3650);
    platform = { state: 'unknown' };
    await desk.look();
    expect([kept(), passes]).toEqual([1, 0]);
  });

  it('goes on without the platform by a clock that runs as it did', async () => {
    takeBack();
    await desk.look();
    for (let day = 1; day <= defaultRetention.unused; day += 1) {
      daysLater(day);
      platform = { state: 'trouble', error: { code: 'platform.unreachable' } };
      await desk.look();
    }
    expect(kept()).toBe(0);
  });

  it('erases an enrolment that nobody goes on with, and tells whose', async () => {
    const draft = { ...completeDraft(), id: newId() };
    store.drafts.save(draft);
    daysLater(defaultRetention.drafts);
    await desk.look();
    expect(draftsErased).toEqual([draft.id]);
    expect(store.drafts.current()).toBeUndefined();
  });

  it('stopped in the middle, leaves the rest whole, and the next one finds it', async () => {
    for (let index = 0; index < 20; index += 1) takeBack();
    daysLater(defaultRetention.unused);
    const looking = desk.look();
    const closing = desk.close();
    await Promise.all([looking, closing]);
    expect(kept()).toBeGreaterThan(0);
    for (const { id } of store.records.list({ limit: 100 })) expect(store.records.load(id).id).toBe(id);
    desk = new RetentionDesk({
      store,
      platform: () => platform,
      now: () => now,
      onDraftErased: () => undefined,
      onErased: () => undefined,
    });
    await desk.look();
    expect(kept()).toBe(0);
  });
});
