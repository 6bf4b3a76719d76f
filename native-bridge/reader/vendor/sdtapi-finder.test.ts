import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenReader } from '../reader-module.ts';
import { samCommands } from '../sam/commands.ts';
import { SdtApiFinder } from './sdtapi-finder.ts';
import { TestSdtHelper } from './test-sdt-helper.ts';

const libraryFile = process.platform === 'win32' ? 'sdtapi.dll' : 'libsdtapi.so';

let root = '';
let present: Set<number>;
let helpers: TestSdtHelper[];
let finder: SdtApiFinder;

/** Enough of a library's head to tell its architecture. */
function libraryHead(): Buffer {
  const head = Buffer.alloc(4096);
  if (process.platform === 'win32') {
    head.write('MZ', 0, 'latin1');
    head.writeUInt32LE(0x80, 0x3c);
    head.write('PE\0\0', 0x80, 'latin1');
    head.writeUInt16LE(process.arch === 'arm64' ? 0xaa64 : 0x8664, 0x84);
  } else {
    head.write('\x7fELF', 0, 'latin1');
    head.writeUInt16LE(process.arch === 'arm64' ? 0xb7 : 0x3e, 18);
  }
  return head;
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sdtapi-finder-'));
  const vendor = join(root, 'vendor');
  mkdirSync(vendor, { mode: 0o700 });
  writeFileSync(join(vendor, libraryFile), libraryHead(), { mode: 0o600 });
  present = new Set([1001]);
  helpers = [];
  const createHelper = () => {
    const helper = new TestSdtHelper(present);
    helpers.push(helper);
    return helper;
  };
  finder = new SdtApiFinder({ folders: [vendor], temporaryFolder: join(root, 'library'), createHelper });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(async () => {
  await finder.close();
  vi.useRealTimers();
  rmSync(root, { recursive: true, force: true });
});

const keys = async () => (await finder.ports()).map(({ key }) => key);

async function openFirst(): Promise<OpenReader> {
  const [port] = await finder.ports();
  if (port === undefined) throw new Error('no port');
  return port.open(new AbortController().signal);
}

/** The process that looks for ports and the one that holds those in service. */
function processes(): readonly [sweeping: TestSdtHelper, serving: TestSdtHelper] {
  const [sweeping, serving] = helpers;
  if (sweeping === undefined || serving === undefined) throw new Error('no helper');
  return [sweeping, serving];
}

describe('while a reader of the library serves', () => {
  it('a second one is found within 2 s', async () => {
    await openFirst();
    vi.advanceTimersByTime(1500);
    expect(await keys()).toEqual(['sdtapi:1001']);
    present.add(1002);
    vi.advanceTimersByTime(1500);
    expect(await keys()).toEqual(['sdtapi:1001', 'sdtapi:1002']);
  });

  it('it stays listed, is not asked for, and reads on while the library hangs on another port', async () => {
    const { module } = await openFirst();
    const [sweeping, serving] = processes();
    sweeping.hanging.add(1001).add(1002);
    vi.advanceTimersByTime(1500);
    const listed = keys();
    await vi.waitFor(() => expect(sweeping.calls.at(-1)).toBe('OpenPort 1002'));
    expect((await module.exchange(samCommands.find)).status).toBe(0x90);
    vi.advanceTimersByTime(10_000);
    expect(await listed).toEqual(['sdtapi:1001']);
    await vi.waitFor(() => expect(sweeping.kills).toBe(1));
    expect((await module.exchange(samCommands.find)).status).toBe(0x90);
    expect([serving.kills, sweeping.calls.filter((call) => call === 'OpenPort 1001').length]).toEqual([0, 1]);
  });

  it('a search tells what is known instead of waiting for a slow library', async () => {
    await openFirst();
    const [sweeping] = processes();
    sweeping.openMs = 100;
    vi.advanceTimersByTime(1500);
    const listed = keys();
    await vi.waitFor(() => expect(sweeping.calls.at(-1)).toBe('OpenPort 1002'));
    vi.advanceTimersByTime(500);
    expect(await listed).toEqual(['sdtapi:1001']);
  });
});

describe('a reader that was lost', () => {
  it('is asked for at once, and not listed before it is back', async () => {
    const { module } = await openFirst();
    const [, serving] = processes();
    present.clear();
    serving.values.set('GetSAMStatus', [0x06]);
    await expect(module.exchange(samCommands.status)).rejects.toMatchObject({ code: 'reader.unplugged' });
    expect(await keys()).toEqual([]);
  });
});

describe('several searches at the same time', () => {
  it('are one, with one process for searching and one for serving', async () => {
    const all = await Promise.all([keys(), keys(), keys()]);
    expect(all).toEqual(Array(3).fill(['sdtapi:1001']));
    expect(helpers).toHaveLength(2);
    expect(processes()[0].calls.filter((call) => call === 'OpenPort 1001')).toHaveLength(1);
  });
});

describe('a finder that is closed', () => {
  it('ends both processes, and neither works any more', async () => {
    const [port] = await finder.ports();
    await finder.close();
    expect(processes().map(({ stops }) => stops)).toEqual([1, 1]);
    const calls = () => processes().map((helper) => helper.calls.length);
    const before = calls();
    await expect(port?.open(new AbortController().signal)).rejects.toMatchObject({ code: 'reader.unplugged' });
    expect(calls()).toEqual(before);
  });

  it('in the middle of a search ends what that began', async () => {
    const listed = keys();
    await finder.close();
    await listed;
    expect(helpers.map(({ stops }) => stops)).toEqual([1, 1]);
  });
});
