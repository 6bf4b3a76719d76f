/**
 * Measures the time from a camera picture to the prompt that is shown for it, and then how many frames a second the page
 * draws while it guides, in the real program with a real Chromium and a film before its camera. Build the program first
 * (`npm run build`).
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { BrowserProgram } from '../../e2e/devices/browser-program.ts';
import { PracticeReader } from '../../e2e/devices/practice-reader.ts';
import { openStudio } from '../../e2e/devices/studio.ts';
import { EnrolPage } from '../../e2e/pages/enrol-page.ts';
import { median, quantile } from './quantile.ts';

const root = join(import.meta.dirname, '..', '..');
const wantedSamples = 300;
/** The nets and the page's own code warm up. */
const warmUp = 30;

/** What the script below leaves in the page. */
interface Measured {
  readonly promptMs: number[];
}

/**
 * Runs in the page before the program, and is text because it is the page's and not Node's: a picture is new when the
 * video tells of it; its prompt is on the screen one frame of the page after the program asks for the next picture,
 * which it does once it has shown the answer.
 */
const watchPrompts = `(() => {
  const measured = (globalThis.measured = { promptMs: [] });
  const ask = HTMLVideoElement.prototype.requestVideoFrameCallback;
  let pictureAt;
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (callback) {
    const from = pictureAt;
    pictureAt = undefined;
    if (from !== undefined)
      requestAnimationFrame(() => requestAnimationFrame(() => measured.promptMs.push(performance.now() - from)));
    return ask.call(this, (now, metadata) => {
      pictureAt = metadata.presentationTime;
      callback(now, metadata);
    });
  };
})()`;

const drawnFrames = 600;

/** Runs in the page, after the prompts were measured: when each of the frames began that the page draws, milliseconds. */
const watchFrames = `new Promise((resolve) => {
  const beganAt = [];
  const draw = (now) => {
    beganAt.push(now);
    if (beganAt.length > ${drawnFrames}) resolve(beganAt);
    else requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
})`;

/** The frames that the browser asks for at 60 a second, and those of them that the page let pass undrawn. */
async function measureFrames(page: Page): Promise<string> {
  const beganAt = await page.evaluate<readonly number[]>(watchFrames);
  const between = beganAt.slice(1).map((now, index) => now - beganAt[index]!);
  const seconds = (beganAt.at(-1)! - beganAt[0]!) / 1000;
  const longest = Math.max(...between).toFixed(0);
  const high = quantile(between, 0.95).toFixed(1);
  return `page while it guides: ${(between.length / seconds).toFixed(1)} frames a second, 95 % within ${high} ms, longest ${longest} ms`;
}

const read = (page: Page): Promise<Measured> =>
  page.evaluate(() => (globalThis as unknown as { measured: Measured }).measured);

async function measure(page: Page): Promise<readonly number[]> {
  for (;;) {
    const { promptMs } = await read(page);
    if (promptMs.length >= wantedSamples + warmUp) return promptMs.slice(warmUp);
    await page.waitForTimeout(500);
  }
}

/** Somebody sits too far away for as long as it takes, so that no photo ends the step. */
async function sitDown(program: BrowserProgram, film: string, portrait: Buffer): Promise<Page> {
  // The page is loaded once more, now with the watch in it.
  const page = await program.open({ film });
  await page.addInitScript(watchPrompts);
  await page.reload();
  const enrol = new EnrolPage(page);
  await enrol.screen.waitFor();
  await new PracticeReader(program.devices().practiceControl).lay('adult-female-han', portrait);
  await enrol.cardName.waitFor();
  await enrol.consent();
  await enrol.prompt.waitFor();
  return page;
}

export async function benchPrompt(): Promise<void> {
  if (!existsSync(join(root, 'dist', 'browser-shell', 'main.js')))
    throw new Error('Build the program first: npm run build');
  const studio = await openStudio();
  const dataFolder = mkdtempSync(join(tmpdir(), 'enrol-desk-prompt-'));
  const program = new BrowserProgram(dataFolder);
  try {
    const page = await sitDown(program, studio.film('distant'), await studio.portrait('first'));
    const loadBefore = loadavg()[0] ?? NaN;
    const startedAt = performance.now();
    const times = await measure(page);
    const seconds = (performance.now() - startedAt) / 1000;
    const [middle, high] = [median(times), quantile(times, 0.95)].map((value) => value.toFixed(0));
    console.log(`picture to prompt, 1280x720, ${times.length} pictures: median ${middle} ms, 95 % within ${high} ms`);
    console.log(`${((times.length + warmUp) / seconds).toFixed(1)} prompts a second, one picture under way at a time`);
    console.log(await measureFrames(page));
    const [load, after] = [loadBefore, loadavg()[0] ?? NaN].map((value) => value.toFixed(1));
    console.log(
      `${cpus().length} processors (${cpus()[0]?.model ?? 'unknown'}), load ${load} before and ${after} after`,
    );
  } finally {
    await program.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
