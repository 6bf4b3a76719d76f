import { describe, expect, it } from 'vitest';
import { noTests } from './test-report.ts';
import { type StepResult, summary } from './test-summary.ts';

const step = (given: Partial<StepResult>): StepResult => ({
  name: 'step',
  hasPassed: true,
  seconds: 1,
  tests: noTests,
  ...given,
});
const lastLine = (results: readonly StepResult[]) => summary(results).split('\n').at(-1);

describe('the last line of the tests', () => {
  it('adds up what the runners counted', () => {
    const unit = step({ tests: { ...noTests, passed: 40, failed: 0, skipped: 0 } });
    const endToEnd = step({ tests: { ...noTests, passed: 2, failed: 0, skipped: 0 } });
    expect(lastLine([step({}), unit, endToEnd])).toBe('42 passed, 0 failed');
  });

  it('names what was skipped', () => {
    expect(lastLine([step({ tests: { ...noTests, passed: 1, failed: 0, skipped: 3 } })])).toBe(
      '1 passed, 0 failed, 3 skipped',
    );
  });

  it('counts failing tests, and a step that failed without one', () => {
    const unit = step({ hasPassed: false, tests: { ...noTests, passed: 4, failed: 2, skipped: 0 } });
    const lint = step({ hasPassed: false });
    expect(lastLine([lint, unit])).toBe('4 passed, 3 failed');
  });

  it('does not hide that a runner failed although all of its tests passed', () => {
    expect(lastLine([step({ hasPassed: false, tests: { ...noTests, passed: 4, failed: 0, skipped: 0 } })])).toBe(
      '4 passed, 1 failed',
    );
  });
});

it('has one line for each step with its time', () => {
  expect(summary([step({ name: 'types', seconds: 12.34, hasPassed: false })])).toMatch(/^FAILED +types +12\.3 s\n/);
});

it('tells what failed before it counts', () => {
  const tests = { ...noTests, failed: 1, failures: ['a.test.ts > adds\n    expected 3, received 4'] };
  expect(summary([step({ hasPassed: false, tests })])).toMatch(/^✗ a\.test\.ts > adds\n {4}expected 3, received 4\n/);
});
