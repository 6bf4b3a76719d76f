import { expect, it } from 'vitest';
import { timeLeft } from './delivery-line.tsx';

it.each([
  [3, { minutes: 1 }],
  [89, { minutes: 1 }],
  [176, { minutes: 3 }],
  [7000, { minutes: 117 }],
  [7200, { hours: 2 }],
  [36_000, { hours: 10 }],
])('%i seconds are told as %j', (seconds, expected) => {
  expect(timeLeft(seconds)).toEqual(expected);
});
