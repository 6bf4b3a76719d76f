import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { noTests, readPlaywrightReport, readVitestReport } from './test-report.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function reportOf(value: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-report-'));
  folders.push(folder);
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

const counts = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 0 };

it('reads what failed from the unit tests, without colours and not at full length', () => {
  const failureMessages = [`\u001b[31mwrong\u001b[39m\n${'at somewhere\n'.repeat(100)}`];
  const assertionResults = [
    { fullName: 'a sum is right', status: 'failed', failureMessages },
    { fullName: 'a product is right', status: 'passed' },
  ];
  const { failures, failed } = readVitestReport(
    reportOf({ ...counts, testResults: [{ name: 'a', assertionResults }] }),
  );
  expect(failed).toBe(1);
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatch(/^a > a sum is right\n {4}wrong\n/);
  expect(failures[0]?.split('\n').length).toBeLessThan(20);
});

it('names a file of unit tests that could not be run', () => {
  const testResults = [{ name: 'b', message: 'no such module', assertionResults: [] }];
  expect(readVitestReport(reportOf({ ...counts, testResults })).failures).toEqual(['b\n    no such module']);
});

it('finds the failed specs at any depth', () => {
  const spec = (title: string, ok: boolean) => ({
    ...{ title, ok, file: 'c.spec.ts' },
    tests: [{ results: [{ errors: ok ? [] : [{ message: 'not visible' }] }] }],
  });
  const suites = [{ specs: [spec('one', true)], suites: [{ specs: [spec('two', false)] }] }];
  const stats = { expected: 1, unexpected: 1, flaky: 0, skipped: 0 };
  expect(readPlaywrightReport(reportOf({ stats, suites })).failures).toEqual(['c.spec.ts > two\n    not visible']);
});

it('counts nothing of a runner that left no report', () => {
  expect(readVitestReport('/nowhere/report.json')).toEqual(noTests);
});
