import { z } from 'zod';

const assertionSchema = z.object({
  ancestorTitles: z.array(z.string()),
  title: z.string(),
  status: z.enum(['passed', 'failed', 'skipped', 'pending', 'todo', 'disabled']),
});
const reportSchema = z.object({
  testResults: z.array(z.object({ name: z.string(), assertionResults: z.array(assertionSchema) })),
});
export type TestReport = z.infer<typeof reportSchema>;

export const readTestReport = (text: string): TestReport => reportSchema.parse(JSON.parse(text));

export interface WayChecked {
  /** Word before the colon in a test's title: source, double, bundle, attack, config, package, Electron. */
  readonly way: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface ItemResult {
  readonly item: string;
  readonly ways: readonly WayChecked[];
  readonly result: 'passed' | 'failed' | 'not checked';
}

type Assertion = z.infer<typeof assertionSchema>;

const wayOf = ({ title }: Assertion) => /^([A-Za-z]+):/.exec(title)?.[1] ?? 'test';

function countWay(way: string, tests: readonly Assertion[]): WayChecked {
  const own = tests.filter((test) => wayOf(test) === way);
  const count = (status: Assertion['status']) => own.filter((test) => test.status === status).length;
  const [passed, failed] = [count('passed'), count('failed')];
  return { way, passed, failed, skipped: own.length - passed - failed };
}

function resultOf(item: string, tests: readonly Assertion[]): ItemResult {
  const own = tests.filter(({ ancestorTitles }) => ancestorTitles.includes(item));
  const ways = [...new Set(own.map(wayOf))].map((way) => countWay(way, own));
  if (ways.some(({ failed }) => failed > 0)) return { item, ways, result: 'failed' };
  return { item, ways, result: ways.some(({ passed }) => passed > 0) ? 'passed' : 'not checked' };
}

/** What the tests say of each item, in the items' order. An item that no test ran for was not checked. */
export function itemResults(items: readonly string[], { testResults }: TestReport): ItemResult[] {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return items.map((item) => resultOf(item, tests));
}

const wayText = ({ way, passed, failed, skipped }: WayChecked) =>
  [`${way} ${passed}`, failed > 0 && `${failed} FAILED`, skipped > 0 && `${skipped} skipped`]
    .filter((part) => part !== false)
    .join(', ');

/** The table as text: item, how it is checked and by how many tests, result. */
export function reportTable(results: readonly ItemResult[]): string {
  const widest = Math.max(...results.map(({ item }) => item.length));
  return results
    .map(({ item, ways, result }) => {
      const how = ways.map(wayText).join('; ') || '—';
      return `${(result === 'passed' ? result : result.toUpperCase()).padEnd(11)} ${item.padEnd(widest)}  ${how}`;
    })
    .join('\n');
}
