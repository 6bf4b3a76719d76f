import { afterEach, expect, test } from 'vitest';
import { chinaTimestamp } from './china-timestamp.ts';

const zoneBefore = process.env['TZ'];

afterEach(() => {
  if (zoneBefore === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneBefore;
});

test.each(['UTC', 'America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati'])(
  'is China time on a machine in %s',
  (zone) => {
    process.env['TZ'] = zone;
    expect(chinaTimestamp(Date.UTC(2024, 0, 1, 4, 0, 5, 999))).toBe('20240101120005');
  },
);

test('crosses midnight eight hours before UTC does', () => {
  expect(chinaTimestamp(Date.UTC(2023, 11, 31, 16, 0, 0))).toBe('20240101000000');
});

test('knows no summer time, which China kept until 1991', () => {
  expect(chinaTimestamp(Date.UTC(1990, 6, 1, 0, 0, 0))).toBe('19900701080000');
});
