import type { TestCount } from './test-report.ts';

export interface StepResult {
  readonly name: string;
  readonly hasPassed: boolean;
  readonly seconds: number;
  readonly tests: TestCount;
}

function row({ name, hasPassed, seconds, tests }: StepResult): string {
  const count = tests.passed + tests.failed + tests.skipped;
  const columns = [
    hasPassed ? 'passed' : 'FAILED',
    name.padEnd(28),
    `${seconds.toFixed(1)} s`.padStart(9),
    count === 0 ? '' : `${count} tests`.padStart(11),
  ];
  return columns.join('  ').trimEnd();
}

/** A step that failed without a failing test of its own (types, lint, a crash) is itself the one failure. */
const failuresOf = ({ hasPassed, tests }: StepResult) => (hasPassed ? 0 : Math.max(1, tests.failed));

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** What each failed test said, one line for each step, and as the last line the sum of all tests. */
export function summary(results: readonly StepResult[]): string {
  const passed = sum(results.map(({ tests }) => tests.passed));
  const failed = sum(results.map(failuresOf));
  const skipped = sum(results.map(({ tests }) => tests.skipped));
  const total = `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
  const failures = results.flatMap(({ tests }) => tests.failures.map((failure) => `✗ ${failure}\n`));
  return [...failures, ...results.map(row), total].join('\n');
}
