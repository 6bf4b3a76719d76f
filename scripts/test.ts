import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { checks, reportFile } from './checks.ts';
import { beginCollecting } from './leaks/printed-folder.ts';
import { searchPrinted } from './leaks/search-printed.ts';
import { findElectron } from './set-up/electron-binary.ts';
import { runScript } from './set-up/run-program.ts';
import { type LaneStep, runSideBySide } from './side-by-side.ts';
import { noTests, readPlaywrightReport, readVitestReport, type TestCount } from './test-report.ts';
import { type StepResult, summary } from './test-summary.ts';

interface Step {
  readonly name: string;
  readonly run: () => Promise<number>;
  readonly count?: () => TestCount;
  /** Without the step of this name having passed there is nothing to run it on. */
  readonly needs?: string;
}

/**
 * Slow tests would be listed by their titles, some of which hold what is tested; the search of what was printed is about
 * the program's own words.
 */
const listNoTitles = '--slowTestThreshold=3600000';

const unitArguments = [
  listNoTitles,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportFile('unit')}`,
];

const endToEnd: Step = {
  name: 'end to end, browser shell',
  run: checks.e2e,
  count: () => readPlaywrightReport(reportFile('e2e-browser')),
  needs: 'build',
};

const endToEndInElectron: Step = {
  name: 'end to end, Electron',
  run: checks.e2eInElectron,
  count: () => readPlaywrightReport(reportFile('e2e-electron')),
  needs: 'build',
};

/** What looks at the text alone, beside one another: the longest takes as long as the others together. */
const lanes: readonly (readonly LaneStep[])[] = [
  [{ name: 'lint', run: (run) => checks.lint([], run) }],
  [
    { name: 'types', run: (run) => checks.typecheck([], run) },
    { name: 'format', run: (run) => checks.format([], run) },
  ],
];

const namesOf = (all: typeof lanes) =>
  all
    .flat()
    .map(({ name }) => name)
    .join(', ');

/** `printed` is the folder of what the tests' processes print. */
const steps = (printed: string): readonly Step[] => [
  {
    name: 'unit and integration',
    run: () => checks.unit(unitArguments),
    count: () => readVitestReport(reportFile('unit')),
  },
  { name: 'build', run: () => runScript('scripts/build.ts') },
  endToEnd,
  ...(findElectron() === undefined ? [] : [endToEndInElectron]),
  { name: 'security report', run: () => runScript('scripts/security-report.ts'), needs: 'build' },
  { name: 'what would be packed', run: () => runScript('scripts/pack-check.ts'), needs: 'build' },
  { name: 'nothing personal printed', run: () => searchPrinted(printed) },
];

async function runStep(step: Step, done: readonly StepResult[]): Promise<StepResult> {
  const isRunnable = step.needs === undefined || done.some(({ name, hasPassed }) => name === step.needs && hasPassed);
  if (!isRunnable) return { name: step.name, hasPassed: false, seconds: 0, tests: noTests };
  console.log(`\n— ${step.name}`);
  const begin = performance.now();
  const hasPassed = (await step.run()) === 0;
  const seconds = (performance.now() - begin) / 1000;
  return { name: step.name, hasPassed, seconds, tests: step.count?.() ?? noTests };
}

/** Reports of an earlier run must not be taken for this one's. */
function clearReports(): void {
  const folder = dirname(reportFile('any'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** Everything that `npm test` promises, to the end even when a step fails; the last line is the sum of all tests. */
export async function testEverything(): Promise<number> {
  clearReports();
  const printed = beginCollecting();
  console.log(`\n— beside one another: ${namesOf(lanes)}`);
  const results: StepResult[] = [...(await runSideBySide(lanes))];
  for (const step of steps(printed)) results.push(await runStep(step, results));
  console.log(`\n${summary(results)}`);
  return results.every(({ hasPassed }) => hasPassed) ? 0 : 1;
}
