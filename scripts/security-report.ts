/**
 * `npm run security-report`: runs the tests of the shells' security and prints what they said of each item. There is no
 * other source for a result: an item that no test ran for was not checked, and that is a failure.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { everyItem } from '../electron/security-items.ts';
import { reportFile } from './checks.ts';
import { itemResults, readTestReport, reportTable } from './security-report/report-table.ts';
import { root, runScript } from './set-up/run-program.ts';

const tests = [
  'electron/security',
  'electron/shell-checklist.test.ts',
  'electron/updates.test.ts',
  'scripts/security-report/real-electron.integration.test.ts',
  'electron/browser-shell/attacks.integration.test.ts',
  'scripts/packaging/electron-builder.test.ts',
  'native-bridge/platform/driver/pinned-fetch.integration.test.ts',
];

const report = reportFile('security');
mkdirSync(dirname(report), { recursive: true });
rmSync(report, { force: true });
const code = await runScript(
  'node_modules/vitest/vitest.mjs',
  ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`, ...tests],
  { BUNDLE_UNDER_TEST: join(root, 'dist') },
);
const results = itemResults(everyItem, readTestReport(readFileSync(report, 'utf8')));
console.log(`\n${reportTable(results)}\n`);
const sound = results.filter(({ result }) => result === 'passed').length;
console.log(`${sound} of ${results.length} items passed. Figures are numbers of tests, after the way of checking.`);
process.exitCode = code === 0 && sound === results.length ? 0 : 1;
