import { expect, it } from 'vitest';
import { itemResults, readTestReport, reportTable } from './report-table.ts';

const test = (item: string, title: string, status: string) => ({ ancestorTitles: ['outer', item], title, status });
const report = (...assertionResults: object[]) =>
  readTestReport(JSON.stringify({ testResults: [{ name: 'a.test.ts', assertionResults }] }));

it('takes an item’s result from its tests alone', () => {
  const given = report(
    test('Item 1', 'source: a', 'passed'),
    test('Item 1', 'double: b', 'passed'),
    test('Item 1', 'package: c', 'skipped'),
    test('Item 2', 'source: a', 'passed'),
    test('Item 2', 'double: b', 'failed'),
    test('Item 3', 'package: c', 'skipped'),
  );
  const results = itemResults(['Item 1', 'Item 2', 'Item 3', 'Item 4'], given);
  expect(results.map(({ result }) => result)).toEqual(['passed', 'failed', 'not checked', 'not checked']);
  expect(reportTable(results).split('\n')[0]).toBe('passed      Item 1  source 1; double 1; package 0, 1 skipped');
  expect(reportTable(results)).toContain('1 FAILED');
});
