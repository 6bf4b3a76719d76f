import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccountState } from '../contract/account.ts';
import { StationError } from '../contract/errors.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { AccountDesk } from './account-desk.ts';
import { DeskSession } from './desk-session.ts';

const password = 'nine lives of a cat';
const minuteMs = 60_000;

let folder: string;
let store: Store;
let told: AccountState['state'][];
let session: DeskSession;
let desk: AccountDesk;
const key = randomBytes(32);
let clock: number;

function openDesk(practice = false): void {
  store = openStore({ file: join(folder, 'station.db'), key, now: () => new Date(clock) });
  desk = new AccountDesk({
    store,
    session,
    practice,
    now: () => new Date(clock),
    testRecoveryKey: (typed) => {
      if (typed !== 'RIGHT') throw new StationError('recovery-key.wrong');
    },
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-desk-accounts-'));
  clock = Date.parse('2026-03-05T01:00:00Z');
  told = [];
  session = new DeskSession(({ state }) => told.push(state));
  openDesk();
});

afterEach(() => {
  session.close();
  store.close();
  rmSync(folder, { recursive: true, force: true });
  vi.useRealTimers();
});

/** A bridge that ends and starts again. */
function restart(): void {
  store.close();
  session.close();
  session = new DeskSession(({ state }) => told.push(state));
  openDesk();
}

const refusal = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error as StationError);
const codeOf = async (work: Promise<unknown>) => (await refusal(work))?.code;
const demanded = (least: 'operator' | 'supervisor' | 'administrator') => {
  try {
    session.demand(least);
    return 'allowed';
  } catch (cause) {
    return (cause as StationError).code;
  }
};

describe('a station without accounts', () => {
  it('waits for its administrator once a project is connected, and is free for training', () => {
    expect(session.state).toEqual({ state: 'first' });
    expect(demanded('operator')).toBe('account.not-signed-in');
    store.close();
    openDesk(true);
    expect(session.state).toEqual({ state: 'practice' });
    expect([demanded('administrator'), session.person]).toEqual(['allowed', '练习']);
  });

  it('takes one first administrator, also of two at once', async () => {
    const both = await Promise.all([
      codeOf(desk.createFirst({ name: '莫管理', password })),
      codeOf(desk.createFirst({ name: '别管理', password })),
    ]);
    expect(both).toEqual([undefined, 'account.not-the-first']);
    expect(session.state).toMatchObject({ state: 'signed-in', account: { name: '莫管理', role: 'administrator' } });
  });
});

describe('a password', () => {
  it.each([
    ['short', 'account.password-short'],
    ['莫管理莫管理莫管理', 'account.password-short'],
    ['Password123', 'account.password-common'],
    ['８８８８８８８８８８', 'account.password-common'],
    ['Administrator A', 'account.password-is-name'],
  ])('%s is refused', async (weak, code) => {
    expect(await codeOf(desk.createFirst({ name: 'administrator a', password: weak }))).toBe(code);
    expect(desk.hasAccounts).toBe(false);
  });

  it('is kept as a digest only', async () => {
    await desk.createFirst({ name: '莫管理', password });
    const [account] = desk.list;
    const kept = store.accounts.passwordOf(account?.id ?? '');
    expect(kept).toMatchObject({ kind: 'scrypt', N: 32768, r: 8, p: 3 });
    expect(JSON.stringify([kept, desk.list, store.audit.list(account?.id ?? '')])).not.toContain(password);
  });

  it('that was given for once has to be changed before anything else', async () => {
    await desk.createFirst({ name: '莫管理', password });
    await desk.add({ name: '覃示例', password: 'given for once' }, 'operator');
    await desk.signIn({ name: '覃示例', password: 'given for once' });
    expect([session.state.state, demanded('operator')]).toEqual(['new-password', 'account.new-password-required']);
    expect(await codeOf(desk.changePassword('given for once', 'given for once'))).toBe('account.password-unchanged');
    expect(await codeOf(desk.changePassword('something else', 'my own long one'))).toBe('account.wrong-password');
    await desk.changePassword('given for once', 'my own long one');
    expect([session.state.state, demanded('operator')]).toEqual(['signed-in', 'allowed']);
  });
});

describe('wrong tries', () => {
  const wrong = (name: string) => refusal(desk.signIn({ name, password: 'not the right one' }));

  it.each(['莫管理', '没有此人'])('at %s make everybody wait, longer each time, also after a restart', async (name) => {
    await desk.createFirst({ name: '莫管理', password });
    const codes = [];
    for (let tried = 0; tried < 5; tried += 1) codes.push((await wrong(name))?.code);
    expect(codes).toEqual([...Array<string>(4).fill('account.wrong-password'), 'account.wait']);
    restart();
    expect(await refusal(desk.signIn({ name, password }))).toMatchObject({ code: 'account.wait', detail: '60' });
    clock += 60_000;
    expect(await wrong(name)).toMatchObject({ code: 'account.wait', detail: '120' });
  });

  it('end with the right one', async () => {
    await desk.createFirst({ name: '莫管理', password });
    for (let tried = 0; tried < 4; tried += 1) await wrong('莫管理');
    await desk.signIn({ name: '莫管理', password });
    expect(await wrong('莫管理')).toMatchObject({ code: 'account.wrong-password', detail: '4' });
  });

  it('count although many come at once', async () => {
    await desk.createFirst({ name: '莫管理', password });
    const codes = await Promise.all(Array.from({ length: 8 }, () => wrong('莫管理').then((error) => error?.code)));
    expect(codes.filter((code) => code === 'account.wait')).toHaveLength(4);
  });
});

describe('accounts', () => {
  it('keep one administrator in use', async () => {
    await desk.createFirst({ name: '莫管理', password });
    const [first] = desk.list;
    const id = first?.id ?? '';
    expect(() => desk.setRole(id, 'operator')).toThrow('account.last-administrator');
    expect(() => desk.setActive(id, false)).toThrow('account.last-administrator');
    await desk.add({ name: '黄主管', password: 'given for once' }, 'administrator');
    desk.setRole(id, 'operator');
    expect(demanded('supervisor')).toBe('account.role-too-low');
  });

  it('put out of use let nobody in, with the answer of a wrong password', async () => {
    await desk.createFirst({ name: '莫管理', password });
    await desk.add({ name: '覃示例', password: 'given for once' }, 'operator');
    desk.setActive(desk.list[1]?.id ?? '', false);
    expect(await codeOf(desk.signIn({ name: '覃示例', password: 'given for once' }))).toBe('account.wrong-password');
    expect(session.person).toBe('莫管理');
  });

  it('are one for names that look alike', async () => {
    await desk.createFirst({ name: 'Mo Guanli', password });
    expect(await codeOf(desk.add({ name: 'ＭＯ guanli', password: 'given for once' }, 'operator'))).toBe(
      'account.name-taken',
    );
  });

  it('of an administrator open again with the recovery key alone', async () => {
    await desk.createFirst({ name: '莫管理', password });
    restart();
    expect(await codeOf(desk.recover({ name: '莫管理', password: 'a new long one' }, 'WRONG'))).toBe(
      'recovery-key.wrong',
    );
    expect(session.state.state).toBe('locked');
    await desk.recover({ name: '莫管理', password: 'a new long one' }, 'RIGHT');
    expect(session.person).toBe('莫管理');
    expect(store.audit.list(desk.list[0]?.id ?? '').map(({ action }) => action)).toContain('account.recovered');
  });
});

describe('a desk that nobody works at', () => {
  it('locks, keeps who was there, and asks again after a restart', async () => {
    await desk.createFirst({ name: '莫管理', password });
    vi.useFakeTimers();
    desk.rules = { idleMinutes: 2, ownReview: false };
    vi.advanceTimersByTime(2 * minuteMs - 1);
    session.active();
    vi.advanceTimersByTime(2 * minuteMs - 1);
    expect(session.state.state).toBe('signed-in');
    vi.advanceTimersByTime(1);
    expect(session.state).toEqual({ state: 'locked', why: 'idle', name: '莫管理' });
    restart();
    expect(session.state).toEqual({ state: 'locked', why: 'start' });
  });

  it('locks at the first call after the machine has slept', async () => {
    await desk.createFirst({ name: '莫管理', password });
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 11 * minuteMs);
    expect(demanded('operator')).toBe('account.not-signed-in');
    expect(told.at(-1)).toBe('locked');
  });
});
