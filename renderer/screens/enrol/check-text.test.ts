import { describe, expect, it } from 'vitest';
import type { TFunction } from 'i18next';
import type { CheckResult } from '../../../native-bridge/contract/capture.ts';
import { checkCount, firstUnmet, limitText, valueText } from './check-text.ts';

const t = ((key: string, values: Record<string, string> = {}) =>
  key === 'live.pixels' ? 'px' : [key, ...Object.values(values)].join(' ')) as unknown as TFunction;

const check = (part: Partial<CheckResult>): CheckResult => ({ name: 'yaw', status: 'pass', unit: 'degree', ...part });

describe('valueText', () => {
  it.each([
    [check({ value: -9.2 }), '−9°'],
    [check({ value: 96.4, unit: 'pixel' }), '96 px'],
    [check({ value: 0.318, unit: 'ratio' }), '0.32'],
    [check({}), '—'],
  ])('%o', (result, text) => expect(valueText(t, result)).toBe(text));
});

describe('limitText', () => {
  it.each([
    [check({ minimum: -5, maximum: 5 }), 'live.limitBetween −5° 5°'],
    [check({ minimum: 90, unit: 'pixel' }), 'live.limitAtLeast 90 px'],
    [check({ maximum: 0.2, unit: 'ratio' }), 'live.limitAtMost 0.20'],
    [check({}), '—'],
  ])('%o', (result, text) => expect(limitText(t, result)).toBe(text));
});

describe('firstUnmet', () => {
  it('names a blocking check before a warning', () => {
    const checks = [check({ status: 'warn', name: 'roll' }), check({ status: 'block', name: 'pitch' })];
    expect(firstUnmet(checks)?.name).toBe('pitch');
  });

  it('names nothing when all are met', () => {
    expect(firstUnmet([check({}), check({ status: 'not-measured' })])).toBeUndefined();
  });
});

describe('checkCount', () => {
  it('counts warnings as met and leaves out what was not measured', () => {
    const checks = (['pass', 'warn', 'block', 'not-measured'] as const).map((status) => check({ status }));
    expect(checkCount(checks)).toEqual({ passed: 2, total: 3 });
  });
});
