import { describe, expect, it } from 'vitest';
import {
  chinaDate,
  chinaDateTime,
  chinaStamp,
  isCalendarDate,
  isCalendarDateTime,
  parseChinaStamp,
} from './china-time.ts';

// 16:30 UTC is half past midnight of the next day in China.
const EVENING = Date.UTC(2025, 11, 31, 16, 30, 5);

describe('China time', () => {
  it('is eight hours ahead of UTC', () => {
    expect(chinaStamp(EVENING)).toBe('20260101003005');
    expect(chinaDate(EVENING)).toBe('2026-01-01');
    expect(chinaDateTime(EVENING)).toBe('2026-01-01 00:30:05');
    expect(parseChinaStamp('20260101003005')).toBe(EVENING);
  });

  it.each(['2026010100300', '20260230000000', '20260101240000', '2026-01-01 00:00', 'x'])(
    'refuses stamp %s',
    (stamp) => {
      expect(parseChinaStamp(stamp)).toBeUndefined();
    },
  );

  it('knows which days exist', () => {
    expect(isCalendarDate('2024-02-29')).toBe(true);
    for (const wrong of ['2023-02-29', '2024-13-01', '2024-1-1', '20240101', '长期'])
      expect(isCalendarDate(wrong)).toBe(false);
    expect(isCalendarDateTime('2024-02-29 23:59:59')).toBe(true);
    expect(isCalendarDateTime('2024-02-29 23:59:60')).toBe(false);
  });
});
