import { afterEach, expect, test } from 'vitest';
import { chinaTime } from './china-time.ts';

const stamp = 'yyyyMMddHHmmss';

const zoneBefore = process.env['TZ'];

afterEach(() => {
  if (zoneBefore === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneBefore;
});

test.each(['UTC', 'America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati'])(
  'is China time on a machine in %s',
  (zone) => {
    process.env['TZ'] = zone;
    expect(chinaTime(Date.UTC(2024, 0, 1, 4, 0, 5, 999), stamp)).toBe('20240101120005');
  },
);

test('crosses midnight eight hours before UTC does', () => {
  expect(chinaTime(Date.UTC(2023, 11, 31, 16, 0, 0), stamp)).toBe('20240101000000');
});

test('knows no summer time, which China kept until 1991', () => {
  expect(chinaTime(Date.UTC(1990, 6, 1, 0, 0, 0), stamp)).toBe('19900701080000');
});

test('writes the forms that platforms want', () => {
  const moment = Date.UTC(2024, 0, 1, 4, 0, 5, 78);
  expect(chinaTime(moment, 'yyyy-MM-dd HH:mm:ss')).toBe('2024-01-01 12:00:05');
  expect(chinaTime(moment, 'yyyy-MM-dd HH:mm:ss.SSS')).toBe('2024-01-01 12:00:05.078');
  expect(chinaTime(moment, 'yyyy.MM.dd')).toBe('2024.01.01');
});
