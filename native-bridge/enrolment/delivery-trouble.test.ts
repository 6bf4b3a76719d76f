import { expect, test } from 'vitest';
import { errorCodes } from '../contract/errors.ts';
import { mayHaveActed, scopeOf, waitAfter } from './delivery-trouble.ts';

test.each([
  ['store.full', 'store'],
  ['store.corrupt', 'record'],
  ['store.not-found', 'record'],
  ['enrolment.incomplete', 'record'],
  ['platform.unreachable', 'platform'],
  ['platform.captive-portal', 'platform'],
  ['platform.not-trusted', 'platform'],
  ['platform.wrong-certificate', 'platform'],
  ['platform.clock-wrong', 'platform'],
  ['platform.sign-refused', 'platform'],
  ['platform.busy', 'platform'],
  ['platform.bad-answer', 'try'],
  ['internal', 'try'],
  ['platform.record-refused', 'record'],
] as const)('%s concerns %s', (code, scope) => {
  expect(scopeOf(code)).toBe(scope);
});

test('nothing but the record itself, damaged or refused, is ever set aside for a code of the platform', () => {
  const setAside = errorCodes.filter((code) => code.startsWith('platform.') && scopeOf(code) === 'record');
  expect(setAside).toEqual(['platform.record-refused']);
});

test('only the clear word of the platform leaves no doubt', () => {
  const lost = ['platform.unreachable', 'platform.bad-answer', 'platform.captive-portal', 'internal'] as const;
  expect(lost.every(mayHaveActed)).toBe(true);
  expect(mayHaveActed('platform.sign-refused')).toBe(false);
});

test('the last wait repeats for ever', () => {
  expect([0, 1, 2, 1000].map((attempt) => waitAfter([10, 20, 30], attempt))).toEqual([10, 20, 30, 30]);
});
