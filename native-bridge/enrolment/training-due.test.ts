import { expect, it } from 'vitest';
import { isTrainingDue } from './training-due.ts';

it.each([
  ['2025-11-23T15:59:59.000Z', true],
  // Already the next day in China.
  ['2025-11-23T16:00:00.000Z', false],
  ['2024-02-29T04:00:00.000Z', true],
  ['2026-11-01T00:00:00.000Z', false],
])('a registration of %s wants training on 23 November 2026: %s', (lastUpdatedAt, due) => {
  expect(isTrainingDue(lastUpdatedAt, new Date('2026-11-23T04:00:00Z'))).toBe(due);
});
