import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from './set-up/run-program.ts';
import { type LaneStep, runSideBySide } from './side-by-side.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'enrol-desk-lanes-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that prints its name line by line on both streams and ends with a code. */
function step(name: string, code: number): LaneStep {
  const file = join(folder, `${name}.mjs`);
  const text = `for (let line = 0; line < 50; line++) (line % 2 ? console.log : console.error)('${name}');process.exitCode = ${code};`;
  writeFileSync(file, text);
  return { name, run: (runScript) => runScript(relative(root, file)) };
}

it('runs every step, whatever became of the others, and shows what each printed on its own', async () => {
  const printed: string[] = [];
  const lanes = [[step('first', 1), step('second', 0)], [step('beside', 2)]];
  const results = await runSideBySide(lanes, (text) => printed.push(text));
  expect(results.map(({ name, hasPassed }) => [name, hasPassed])).toEqual([
    ['first', false],
    ['second', true],
    ['beside', false],
  ]);
  const shown = (name: string) => `\n— ${name}\n${Array.from({ length: 50 }, () => name).join('\n')}`;
  expect(printed.toSorted()).toEqual(['beside', 'first', 'second'].map(shown));
});
