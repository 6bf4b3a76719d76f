import { describe, expect, it } from 'vitest';
import type { PrintedWorker } from '../../native-bridge/contract/print-calls.ts';
import { badgeCode, recordOfBadge } from './badge-code.ts';
import { badgesOnPage, inGroupsOf, registerPages, rowsOnPage } from './pages.ts';

const id = '0190f3a2-7c1e-7a60-8b4d-2f6e91d0c3aa';

const worker = (name: string, corpName = '甲公司'): PrintedWorker => ({
  ...{ id, name, corpName, maskedNumber: '459999********0019', nativePlace: '', teamName: '一班' },
  ...{ projectName: '示例项目', sealedAt: '2026-11-02T01:00:00.000Z' },
  consent: { textVersion: '1', givenAt: '2026-11-02T01:00:00.000Z', isSigned: false },
});
const workers = (count: number, corpName?: string) =>
  Array.from({ length: count }, (_, index) => worker(`${corpName ?? ''}${index + 1}`, corpName));

describe('pages', () => {
  it.each([
    [0, []],
    [1, [1]],
    [10, [10]],
    [11, [10, 1]],
    [300, Array.from({ length: 30 }, () => 10)],
  ])('hold %d badges in tens', (count, expected) => {
    expect(inGroupsOf(badgesOnPage, workers(count)).map(({ length }) => length)).toEqual(expected);
  });

  it('of the register have one company at their head, and count the workers through', () => {
    const mixed = [...workers(rowsOnPage, '甲公司'), ...workers(2, '乙公司'), worker('最后', '甲公司')];
    const pages = registerPages(mixed);
    expect(pages.map(({ corpName, rows }) => [corpName, rows.length])).toEqual([
      ['甲公司', rowsOnPage],
      ['甲公司', 1],
      ['乙公司', 2],
    ]);
    expect(pages.flatMap(({ rows }) => rows.map(({ place }) => place))).toEqual(mixed.map((_, index) => index + 1));
    expect(pages[1]?.rows[0]?.worker.name).toBe('最后');
  });
});

describe('the code of a badge', () => {
  it('names the record, in capitals, digits and hyphens alone, and leads back to it', () => {
    expect(badgeCode(id)).toMatch(/^[0-9A-Z-]{36}$/);
    expect(recordOfBadge(`${badgeCode(id)}\n`)).toBe(id);
    expect(recordOfBadge(id)).toBe(id);
  });

  it.each(['', '韦试样', '459999199001010019', `${id}0`])('is not %j', (typed) => {
    expect(recordOfBadge(typed)).toBeUndefined();
  });
});
