import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { BrowserProgram } from './devices/browser-program.ts';
import { EnrolPage } from './pages/enrol-page.ts';

let dataFolder = '';
let station: BrowserProgram;

test.beforeAll(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'enrol-desk-compiled-'));
  station = new BrowserProgram(dataFolder);
});
test.afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));
test.afterEach(() => station.stop());

const folder = () => join(dataFolder, 'compiled-code');
const keptFiles = (): string[] =>
  readdirSync(folder(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** The bridge's bundle; everything else is smaller. */
const largest = (): number => Math.max(...keptFiles().map((file) => statSync(file).size));

async function startAndStop(): Promise<void> {
  await new EnrolPage(await station.open({})).screen.waitFor();
  await station.stop();
}

test('what a start has compiled is kept for the next one, and for this user alone', async () => {
  await startAndStop();
  expect(largest()).toBeGreaterThan(500_000);
  if (process.platform === 'win32') return;
  for (const file of keptFiles()) expect(statSync(file).mode & 0o077).toBe(0);
});

test('damaged, it is left aside and made anew', async () => {
  await startAndStop();
  for (const [index, file] of keptFiles().entries()) {
    if (index % 2 === 0) writeFileSync(file, 'nothing of the kind');
    else truncateSync(file, 100);
  }
  expect(largest()).toBeLessThan(1_000);
  await startAndStop();
  expect(largest()).toBeGreaterThan(500_000);
});

test('where it cannot be kept the station starts all the same', async () => {
  rmSync(folder(), { recursive: true, force: true });
  writeFileSync(folder(), '');
  await startAndStop();
  expect(statSync(folder()).isFile()).toBe(true);
});
