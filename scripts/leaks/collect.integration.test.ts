import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { searchPrinted } from './search-printed.ts';

const collector = join(import.meta.dirname, 'collect.ts');
const errors = join(import.meta.dirname, '..', '..', 'native-bridge', 'contract', 'errors.ts');

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Made in the program, so that this test's own output holds no number. */
const number = "['459999','19900101','001X'].join('')";

const start = (options: string) =>
  `const { spawn } = await import('node:child_process');` +
  `const child = spawn(process.execPath, ['-e', "console.error(${number})"], ${options});` +
  `await new Promise((resolve) => child.on('close', resolve));`;

const programs = {
  'writes to its output': `console.log(${number});`,
  'writes to its error output': `process.stderr.write(${number});`,
  'starts a program that prints to a pipe nobody reads': start("{ stdio: ['ignore', 'pipe', 'pipe'] }").replace(
    "child.on('close'",
    "child.on('exit'",
  ),
  'makes an error of the station': `const { StationError } = await import(${JSON.stringify(errors)}); new StationError('internal', ${number});`,
};

async function collectedFrom(program: string): Promise<{ code: number; said: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-printed-'));
  folders.push(folder);
  const env = { ...process.env, PRINTED_TEXT_FOLDER: folder };
  const argv = ['--import', collector, '--input-type=module', '-e', program];
  // Without pipes, so that the planted numbers are not collected from this test as well.
  await once(spawn(process.execPath, argv, { env: { ...env, NODE_OPTIONS: '' }, stdio: 'ignore' }), 'exit');
  const said: string[] = [];
  const code = await searchPrinted(folder, (line) => said.push(line));
  return { code, said };
}

it.each(Object.entries(programs))('finds an ID number when a process %s', async (_what, program) => {
  const { code, said } = await collectedFrom(program);
  expect(code).toBe(1);
  expect(said[0]).toMatch(/\.txt:1: id-number$/);
  expect(said.join()).not.toMatch(/19900101/);
});

it('finds nothing in harmless output, and does not pass when nothing was collected at all', async () => {
  expect(await collectedFrom("console.log('ready');")).toMatchObject({ code: 0 });
  expect(await collectedFrom('')).toMatchObject({ code: 1 });
});
