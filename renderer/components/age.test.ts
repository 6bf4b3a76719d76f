import { describe, expect, it } from 'vitest';
import { ageOf } from './age.ts';

const now = Date.parse('2026-03-05T08:00:00Z');

describe('ageOf', () => {
  it.each([
    ['2026-03-05T08:00:30Z', { unit: 'justNow', count: 0 }],
    ['2026-03-05T07:59:01Z', { unit: 'justNow', count: 0 }],
    ['2026-03-05T07:59:00Z', { unit: 'minutes', count: 1 }],
    ['2026-03-05T07:00:01Z', { unit: 'minutes', count: 59 }],
    ['2026-03-05T07:00:00Z', { unit: 'hours', count: 1 }],
    ['2026-03-04T08:00:01Z', { unit: 'hours', count: 23 }],
    ['2026-03-02T08:00:00Z', { unit: 'days', count: 3 }],
  ])('%s', (instant, age) => {
    expect(ageOf(instant, now)).toEqual(age);
  });
});
