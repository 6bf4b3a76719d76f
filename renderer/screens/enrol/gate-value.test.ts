import { expect, it } from 'vitest';
import { shownValue } from './gate-value.ts';

it.each([
  ['disk', 1_999_999_999, '1.9'],
  ['disk', 0, '0.0'],
  ['unsent-count', 312, '312'],
  ['unsent-age', 49.97, '49'],
  ['clock', 75.4, '75'],
] as const)('%s %d is shown as %s, never better than it is', (gate, value, shown) =>
  expect(shownValue({ gate, value })).toBe(shown),
);
