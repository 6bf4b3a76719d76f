import { join } from 'node:path';
import { root, runScript } from './set-up/run-program.ts';

/** `run` starts the programs: on this terminal, or with what they print held back. */
type Check = (argv?: readonly string[], run?: typeof runScript) => Promise<number>;

/** Where the runners of tests leave their results, for the sum at the end of `npm test`. */
export const reportFile = (name: string): string => join(root, '.set-up', 'reports', `${name}.json`);

const prettier = 'node_modules/prettier/bin/prettier.cjs';
const tsc = 'node_modules/typescript/bin/tsc';

/** The station, the page, and the page's tests, which need the page's types and Node's at once. */
const projects = ['tsconfig.json', 'tsconfig.renderer.json', 'tsconfig.renderer-tests.json'] as const;

/** Every project is checked even when the first one fails, so that one run shows everything. */
async function typecheck(_argv: readonly string[] = [], run = runScript): Promise<number> {
  const codes: number[] = [];
  for (const project of projects) codes.push(await run(tsc, ['-p', project]));
  return codes.find((code) => code !== 0) ?? 0;
}

const e2e = (shell: 'browser' | 'electron', argv: readonly string[]) =>
  runScript('node_modules/@playwright/test/cli.js', ['test', ...argv], {
    SHELL_UNDER_TEST: shell,
    END_TO_END_REPORT: reportFile(`e2e-${shell}`),
  });

/** Every check of the project as a function that resolves with an exit code. */
export const checks = {
  typecheck,
  lint: (argv = [], run = runScript) => run('node_modules/eslint/bin/eslint.js', ['--max-warnings', '0', '.', ...argv]),
  format: (_argv = [], run = runScript) => run(prettier, ['--check', '--log-level', 'warn', '.']),
  writeFormat: () => runScript(prettier, ['--write', '--log-level', 'warn', '.']),
  unit: (argv = []) => runScript('node_modules/vitest/vitest.mjs', ['run', ...argv]),
  e2e: (argv = []) => e2e('browser', argv),
  e2eInElectron: (argv = []) => e2e('electron', argv),
} satisfies Readonly<Record<string, Check>>;
