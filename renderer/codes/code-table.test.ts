import { describe, expect, it } from 'vitest';
import { codeName, matchesEntry } from './code-table.ts';
import { educationLevels } from './education.ts';
import { politicalStatuses } from './politics.ts';
import { trades } from './trades.ts';

describe('code tables', () => {
  it.each([
    ['workType', trades, 39, /^(\d{3}|1000)$/],
    ['cultureLevelType', educationLevels, 9, /^\d{2}$/],
    ['politicsType', politicalStatuses, 13, /^\d{2}$/],
  ])('%s has every code of the data standard once', (_name, table, size, shape) => {
    const codes = table.map(({ code }) => code);
    expect(new Set(codes).size).toBe(size);
    expect(codes).toHaveLength(size);
    for (const code of codes) expect(code).toMatch(shape);
  });

  it('names a code in both languages and keeps an unknown one', () => {
    expect(codeName(trades, '020', 'zh')).toBe('钢筋工');
    expect(codeName(trades, '020', 'en')).toBe('Steel fixer');
    expect(codeName(trades, '241', 'zh')).toBe('241');
    expect(codeName(trades, undefined, 'zh')).toBe('');
  });

  it.each([
    ['钢筋', ['020']],
    ['gjg', ['020']],
    ['02', ['020']],
    ['  GJG ', ['020']],
    ['steel', ['020']],
    ['没有', []],
  ])('finds trades by %s', (typed, expected) => {
    expect(trades.filter((trade) => matchesEntry(trade, typed)).map(({ code }) => code)).toEqual(expected);
  });
});
