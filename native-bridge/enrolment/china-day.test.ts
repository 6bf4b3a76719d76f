import { describe, expect, it } from 'vitest';
import { chinaDay } from './china-day.ts';

describe('the day in China', () => {
  it('begins at 16:00 UTC of the day before', () => {
    expect(chinaDay(new Date('2026-11-22T15:59:59Z'))).toBe('2026-11-22');
    expect(chinaDay(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
  });
});
