import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ErrorCode } from '../../contract/errors.ts';
import { openTwoStations } from './two-stations.ts';
import type { TwoStations } from './two-stations.ts';

/** A stick of 3 MB needs the right to mount; elsewhere this file has nothing to say. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

let stations: TwoStations;
let small: string;

beforeEach(() => {
  stations = openTwoStations();
  small = `${stations.stick}/small`;
  mkdirSync(small);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', small]);
});
afterEach(() => {
  execFileSync('umount', [small]);
  stations.close();
});

const code = (expected: ErrorCode) => expect.objectContaining({ code: expected }) as Error;

test.runIf(mayMount)('a full stick: what is on it counts, and it goes on where there is room', async () => {
  const { a, b, stick } = stations;
  const ids = Array.from({ length: 60 }, (_, index) => a.seal(index));
  const request = {
    kind: 'hand-over',
    receiver: { station: b.store.transfers.own() },
    folder: small,
    practice: false,
    actor: 'tester',
  } as const;
  await expect(a.store.transfers.export(request)).rejects.toThrow(code('transfer.medium-full'));
  const [open] = a.store.transfers.list(1);
  const handed = ids.filter((id) => a.stateOf(id) === 'handed-over');
  expect(open).toMatchObject({ state: 'open', handedOver: handed.length });
  expect(handed.length).toBeLessThan(60);
  const [unfinished = ''] = readdirSync(small);
  const cut = await b.take(`${small}/${unfinished}`);
  expect(cut.trouble?.code).toBe('transfer.cut');
  expect(cut.counts.entered).toBeGreaterThanOrEqual(handed.length);
  // Still full, because of something else this time.
  writeFileSync(`${small}/rest`, '');
  const again = { id: open?.id ?? '', actor: 'tester' };
  await expect(a.store.transfers.resume({ ...again, folder: small })).rejects.toThrow(code('transfer.medium-full'));
  const resumed = await a.store.transfers.resume({ ...again, folder: stick });
  expect(resumed).toMatchObject({ written: 60, leftOut: 0 });
  expect(await b.take(resumed.path)).toMatchObject({ whole: true, counts: { entered: 60 - cut.counts.entered } });
});

test.runIf(mayMount)('a read-only stick is called so, and nothing is given away', async () => {
  const { a, b } = stations;
  const id = a.seal(1);
  execFileSync('mount', ['-o', 'remount,ro', small]);
  const receiver = { station: b.store.transfers.own() };
  const request = { kind: 'hand-over', receiver, folder: small, practice: false, actor: 'tester' } as const;
  await expect(a.store.transfers.export(request)).rejects.toThrow(code('transfer.medium-read-only'));
  expect(a.stateOf(id)).toBe('sealed');
  execFileSync('mount', ['-o', 'remount,rw', small]);
});

test.runIf(mayMount)('a stick that is gone is called so', async () => {
  const { a, b, stick } = stations;
  a.seal(1);
  const receiver = { station: b.store.transfers.own() };
  const folder = `${stick}/not-there`;
  rmSync(folder, { recursive: true, force: true });
  const request = { kind: 'hand-over', receiver, folder, practice: false, actor: 'tester' } as const;
  await expect(a.store.transfers.export(request)).rejects.toThrow(code('transfer.medium-gone'));
  expect(a.store.transfers.list(1)).toMatchObject([{ state: 'open', handedOver: 0 }]);
});
