/**
 * Measures what an operator waits for: the start of the program until the Enrol screen waits for a card, the time from a
 * key to the paint that shows it while the camera is guided, and how much the first screen loads. In the real program
 * with a real Chromium and a film before its camera. Build the program first (`npm run build`).
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { BrowserProgram } from '../../e2e/devices/browser-program.ts';
import { PracticeReader } from '../../e2e/devices/practice-reader.ts';
import { openStudio, type Studio } from '../../e2e/devices/studio.ts';
import { EnrolPage } from '../../e2e/pages/enrol-page.ts';
import { emptyPage, openFirstScreen } from './first-screen.ts';
import { median, quantile } from './quantile.ts';

const program = join(import.meta.dirname, '..', '..', 'dist', 'browser-shell', 'main.js');
const goals = { startMs: 1500, keyP95Ms: 50, firstScreenKb: 600 } as const;
const starts = 7;
/** Chromium keeps a file's compiled code when it has seen the file twice. */
const cold = 3;
const keys = 200;
/** About as fast as a quick typist. */
const betweenKeysMs = 90;
const bytesPerKb = 1024;

/**
 * Runs in the page, and is text because it is the page's and not Node's. From the moment at which the system has the key
 * to the first task after the frame that shows it.
 */
const watchKeys = `(() => {
  const keyMs = (globalThis.keyMs = []);
  const { port1, port2 } = new MessageChannel();
  const waiting = [];
  port1.onmessage = () => keyMs.push(performance.now() - waiting.shift());
  addEventListener('keydown', ({ timeStamp }) =>
    requestAnimationFrame(() => {
      waiting.push(timeStamp);
      port2.postMessage(undefined);
    }), true);
})()`;

async function addressOf(shell: ChildProcessByStdio<null, null, Readable>): Promise<string> {
  for await (const line of createInterface({ input: shell.stderr })) if (line.startsWith('http://')) return line;
  throw new Error('the program ended before it said where its page is');
}

/** From the start of the program's process to the Enrol screen that waits for a card, as the operator has it. */
async function startOnce(dataFolder: string): Promise<number> {
  const startedAt = performance.timeOrigin + performance.now();
  const shell = spawn(process.execPath, [program, '--no-open', '--data-folder', dataFolder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const { waitsAt, close } = await openFirstScreen(await addressOf(shell), dataFolder);
    await close();
    return waitsAt - startedAt;
  } finally {
    shell.kill('SIGTERM');
    await once(shell, 'exit');
  }
}

/** The same browser with an empty page: less than this no program in it can take. */
async function startBrowserAlone(dataFolder: string): Promise<number> {
  const startedAt = performance.timeOrigin + performance.now();
  const { waitsAt, close } = await openFirstScreen(emptyPage, dataFolder);
  await close();
  return waitsAt - startedAt;
}

/** The shell and the station that it starts, until that serves pages; nobody opens one. */
async function startStationAlone(dataFolder: string): Promise<number> {
  const startedAt = performance.now();
  const shell = spawn(process.execPath, [program, '--no-open', '--print-address', '--data-folder', dataFolder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(createInterface({ input: shell.stdout }), 'line');
  const tookMs = performance.now() - startedAt;
  shell.kill('SIGTERM');
  await once(shell, 'exit');
  return tookMs;
}

interface Starts {
  readonly program: readonly number[];
  readonly stationAlone: readonly number[];
  readonly browserAlone: readonly number[];
}

async function measureStarts(dataFolder: string): Promise<Starts> {
  const [program, stationAlone, browserAlone]: [number[], number[], number[]] = [[], [], []];
  const otherFolder = join(dataFolder, 'browser-alone');
  mkdirSync(otherFolder);
  // The first ones make the data file and the browser's profile, and fill the caches of both and of the system.
  for (let start = 0; start < cold + starts; start++) {
    program.push(await startOnce(dataFolder));
    stationAlone.push(await startStationAlone(dataFolder));
    browserAlone.push(await startBrowserAlone(otherFolder));
  }
  return {
    program: program.slice(cold),
    stationAlone: stationAlone.slice(cold),
    browserAlone: browserAlone.slice(cold),
  };
}

/** Everything that the page asks for until it waits for a card, compressed. */
async function measureFirstScreen(page: Page): Promise<Readonly<Record<string, number>>> {
  const bodies: Promise<readonly [string, Buffer]>[] = [];
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    bodies.push(response.body().then((body) => [path, body] as const));
  });
  await page.reload({ waitUntil: 'networkidle' });
  await page.locator('[data-testid=card-waiting]').waitFor();
  const sizes: Record<string, number> = {};
  for (const [path, body] of await Promise.all(bodies)) {
    const kind = /\.(js|css)$/.exec(path)?.[1] ?? 'other';
    sizes[kind] = (sizes[kind] ?? 0) + gzipSync(body, { level: 9 }).length / bytesPerKb;
  }
  return sizes;
}

/** What is typed while the worker is being guided: a telephone number and what corrects it, and the way on and back. */
const typed = [...'13800000000', ...Array<string>(6).fill('Backspace'), ...'000000', 'Tab', 'Shift+Tab'];

async function measureKeys(page: Page, studio: Studio, station: BrowserProgram): Promise<readonly number[]> {
  await new PracticeReader(station.devices().practiceControl).lay('adult-female-han', await studio.portrait('first'));
  const enrol = new EnrolPage(page);
  await enrol.cardName.waitFor();
  await enrol.consent();
  await enrol.prompt.waitFor();
  await page.locator('#field-cellPhone').focus();
  await page.evaluate(watchKeys);
  for (let count = 0; count < keys; count++) {
    await page.keyboard.press(typed[count % typed.length]!);
    await page.waitForTimeout(betweenKeysMs);
  }
  return page.evaluate(() => (globalThis as unknown as { keyMs: number[] }).keyMs);
}

async function measurePage(studio: Studio, dataFolder: string) {
  const station = new BrowserProgram(dataFolder);
  try {
    // Somebody sits too far away for as long as it takes, so that no photo ends the guidance.
    const page = await station.open({ film: studio.film('distant') });
    await new EnrolPage(page).screen.waitFor();
    const sizes = await measureFirstScreen(page);
    return { sizes, keyMs: await measureKeys(page, studio, station) };
  } finally {
    await station.stop();
  }
}

function print(figures: Figures): void {
  const { startMs, startWorstMs, stationAloneMs, browserAloneMs, keyMedianMs, keyP95Ms, firstScreenKb } = figures;
  console.table({
    'start to ready, warm, median (ms)': { measured: Math.round(startMs), goal: goals.startMs },
    'start to ready, warm, slowest (ms)': { measured: Math.round(startWorstMs) },
    'the shell and its station alone (ms)': { measured: Math.round(stationAloneMs) },
    'an empty page in the same browser (ms)': { measured: Math.round(browserAloneMs) },
    'key to paint while guided, 95 % within (ms)': { measured: Math.round(keyP95Ms), goal: goals.keyP95Ms },
    'key to paint while guided, median (ms)': { measured: Math.round(keyMedianMs) },
    'first screen, gzip (KB)': { measured: Math.round(firstScreenKb), goal: goals.firstScreenKb },
  });
  console.log(JSON.stringify(figures));
}

type Figures = Readonly<
  Record<
    'startMs' | 'startWorstMs' | 'stationAloneMs' | 'browserAloneMs' | 'keyMedianMs' | 'keyP95Ms' | 'firstScreenKb',
    number
  >
> & {
  readonly [further: string]: unknown;
};

/** Prints the figures beside the goals and, as the last line, the same as JSON; a goal that is missed fails. */
export async function benchStart(): Promise<void> {
  if (!existsSync(program)) throw new Error('Build the program first: npm run build');
  const studio = await openStudio();
  const dataFolder = mkdtempSync(join(tmpdir(), 'enrol-desk-start-'));
  const load = loadavg()[0] ?? 0;
  try {
    const startTimes = await measureStarts(dataFolder);
    const { sizes, keyMs } = await measurePage(studio, dataFolder);
    const figures = {
      startMs: median(startTimes.program),
      startWorstMs: Math.max(...startTimes.program),
      stationAloneMs: median(startTimes.stationAlone),
      browserAloneMs: median(startTimes.browserAlone),
      starts,
      keyMedianMs: median(keyMs),
      keyP95Ms: quantile(keyMs, 0.95),
      keys: keyMs.length,
      firstScreenKb: Object.values(sizes).reduce((sum, size) => sum + size, 0),
      sizesKb: sizes,
      processors: cpus().length,
      load,
      goals,
    };
    print(figures);
    const isMissed =
      figures.startMs > goals.startMs ||
      figures.keyP95Ms > goals.keyP95Ms ||
      figures.firstScreenKb > goals.firstScreenKb;
    if (isMissed) process.exitCode = 1;
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
