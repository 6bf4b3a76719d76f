import { describe, expect, test } from 'vitest';
import { errorCodes } from '../contract/errors.ts';
import { defaultGateLimits, gateNameSchema } from '../contract/gates.ts';
import type { GateLevel, GateName } from '../contract/gates.ts';
import { gatesOf, refusalOf, type StationFigures } from './gates.ts';

const now = new Date('2026-11-10T08:00:00.000Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();

const well: StationFigures = {
  unsentCount: 0,
  oldestUnsentAt: undefined,
  freeBytes: 80e9,
  clockDifferenceSeconds: 1,
  refusedByPlatform: false,
  backup: undefined,
  storeTrouble: undefined,
};

const of = (figures: Partial<StationFigures>, limits = defaultGateLimits) =>
  gatesOf({ ...well, ...figures }, limits, now);
const backup = (lastVerifiedAt: string | undefined, first: number) => ({
  backup: { lastVerifiedAt, firstSealedAt: hoursAgo(first) },
});

const table: readonly (readonly [string, Partial<StationFigures>, GateName, GateLevel])[] = [
  ['nothing unsent', {}, 'unsent-count', 'ok'],
  ['299 unsent', { unsentCount: 299 }, 'unsent-count', 'ok'],
  ['300 unsent', { unsentCount: 300 }, 'unsent-count', 'warn'],
  ['1,499 unsent', { unsentCount: 1499 }, 'unsent-count', 'warn'],
  ['1,500 unsent', { unsentCount: 1500 }, 'unsent-count', 'block'],
  ['the oldest of 47 hours', { unsentCount: 1, oldestUnsentAt: hoursAgo(47) }, 'unsent-age', 'ok'],
  ['the oldest of two days', { unsentCount: 1, oldestUnsentAt: hoursAgo(48) }, 'unsent-age', 'warn'],
  ['the oldest of a week', { unsentCount: 1, oldestUnsentAt: hoursAgo(168) }, 'unsent-age', 'block'],
  ['the oldest sealed in the future', { unsentCount: 1, oldestUnsentAt: hoursAgo(-900) }, 'unsent-age', 'ok'],
  ['2 GB free', { freeBytes: 2e9 }, 'disk', 'ok'],
  ['a byte less than 2 GB free', { freeBytes: 2e9 - 1 }, 'disk', 'warn'],
  ['500 MB free', { freeBytes: 5e8 }, 'disk', 'warn'],
  ['a byte less than 500 MB free', { freeBytes: 5e8 - 1 }, 'disk', 'block'],
  ['nothing free', { freeBytes: 0 }, 'disk', 'block'],
  ['free space unknown', { freeBytes: undefined }, 'disk', 'ok'],
  ['a clock unknown', { clockDifferenceSeconds: undefined }, 'clock', 'ok'],
  ['a clock 59 s off', { clockDifferenceSeconds: 59 }, 'clock', 'ok'],
  ['a clock a minute slow', { clockDifferenceSeconds: 60 }, 'clock', 'warn'],
  ['a clock a minute fast', { clockDifferenceSeconds: -60 }, 'clock', 'warn'],
  ['a clock an hour off that nobody minds', { clockDifferenceSeconds: 3600 }, 'clock', 'warn'],
  [
    'a clock five minutes off, and refused',
    { clockDifferenceSeconds: -300, refusedByPlatform: true },
    'clock',
    'block',
  ],
  ['refused with a right clock', { refusedByPlatform: true }, 'clock', 'ok'],
  ['no backup and nothing to back up', {}, 'backup', 'ok'],
  ['no backup of records of today', backup(undefined, 5), 'backup', 'ok'],
  ['no backup of records of two days', backup(undefined, 48), 'backup', 'warn'],
  ['a backup of yesterday', backup(hoursAgo(24), 9000), 'backup', 'ok'],
  ['a backup of two days', backup(hoursAgo(48), 9000), 'backup', 'warn'],
  ['a backup of a year', backup(hoursAgo(8760), 9000), 'backup', 'warn'],
  ['the data file well', {}, 'store', 'ok'],
  ['the data file full', { storeTrouble: 'store.full' }, 'store', 'block'],
];

test.each(table)('%s: %o, %s %s', (_, figures, name, level) => {
  const gates = of(figures);
  expect(gates.find(({ gate }) => gate === name)?.level).toBe(level);
  expect(gates.filter((gate) => gate.gate !== name && gate.level !== 'ok')).toEqual([]);
  expect(refusalOf(gates)).toBe(level === 'block' ? `gate.${name}` : undefined);
});

describe('gates', () => {
  test('are all there, with figures and limits', () => {
    expect(
      of({ unsentCount: 12 })
        .map(({ gate }) => gate)
        .toSorted(),
    ).toEqual(gateNameSchema.options.toSorted());
    expect(of({ unsentCount: 12 })).toContainEqual({
      gate: 'unsent-count',
      level: 'ok',
      value: 12,
      warnAt: 300,
      blockAt: 1500,
    });
  });

  test('put the worst first, and its reason is the one that is given', () => {
    const gates = of({ unsentCount: 400, freeBytes: 1, clockDifferenceSeconds: 90 });
    expect(gates.slice(0, 3).map(({ gate, level }) => [gate, level])).toEqual([
      ['disk', 'block'],
      ['unsent-count', 'warn'],
      ['clock', 'warn'],
    ]);
    expect(refusalOf(gates)).toBe('gate.disk');
  });

  test('without a limit never hold', () => {
    const limits = { unsentCount: {}, unsentHours: {}, freeBytes: {}, clockSeconds: {}, backupHours: {} };
    const bad = {
      unsentCount: 1e6,
      oldestUnsentAt: hoursAgo(1e5),
      freeBytes: 0,
      clockDifferenceSeconds: 1e6,
      refusedByPlatform: true,
      ...backup(undefined, 1e5),
    };
    expect(of(bad, limits).every(({ level }) => level === 'ok')).toBe(true);
  });

  test('can be told to hold for a backup as well', () => {
    const limits = { ...defaultGateLimits, backupHours: { warn: 24, block: 72 } };
    expect(refusalOf(of(backup(undefined, 72), limits))).toBe('gate.backup');
  });

  test('each have a sentence for being held', () => {
    for (const name of gateNameSchema.options) expect(errorCodes).toContain(`gate.${name}`);
  });
});
