/**
 * Opens the program's page the way the browser shell does, in a browser process of its own that nothing steers: with a
 * debugger's usual domains switched on Chromium takes a third longer to start.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { ownSurroundings, planWindow } from '../../electron/browser-shell/open-window.ts';

/** The page's own mark, see the Enrol screen's card pane. Resolves with the page's clock, Unix milliseconds. */
const waitForMark = `new Promise((resolve) => {
  const clockOf = (mark) => performance.timeOrigin + mark.startTime;
  const found = (list) => list.getEntriesByName('enrol-waits-for-card')[0];
  const marked = found(performance);
  if (marked) return resolve(clockOf(marked));
  new PerformanceObserver((list) => found(list) && resolve(clockOf(found(list)))).observe({ type: 'mark' });
})`;

/** The mark keeps the page's own time, so there is no hurry, and each look would take time from what is measured. */
const lookAgainMs = 500;
const targetsSchema = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }));
const answerSchema = z.object({ result: z.object({ result: z.object({ value: z.number().optional() }).optional() }) });

/** Evaluates one expression in a page and waits for its promise; `undefined` when the page went on to another address. */
async function evaluateIn(socketAddress: string, expression: string): Promise<number | undefined> {
  const socket = new WebSocket(socketAddress);
  await once(socket, 'open');
  const text = new Promise<string>((resolve) => {
    socket.addEventListener('message', ({ data }) => resolve(String(data)));
    socket.addEventListener('close', () => resolve('null'));
  });
  const params = { expression, awaitPromise: true, returnByValue: true };
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
  const answer = answerSchema.safeParse(JSON.parse(await text));
  socket.close();
  return answer.data?.result.result?.value;
}

/** The page of that address in a browser whose debugging port stands in `portFile`; `undefined` while there is none. */
async function findPage(portFile: string, address: string): Promise<string | undefined> {
  try {
    const [port] = readFileSync(portFile, 'utf8').split('\n');
    const targets = targetsSchema.parse(await (await fetch(`http://127.0.0.1:${port}/json/list`)).json());
    return targets.find(({ type, url }) => type === 'page' && url === address)?.webSocketDebuggerUrl;
  } catch {
    return undefined;
  }
}

export interface FirstScreen {
  /** When the Enrol screen waited for a card, Unix milliseconds. */
  readonly waitsAt: number;
  readonly close: () => Promise<void>;
}

function startBrowser(address: string, dataFolder: string): ChildProcess {
  const surroundings = { ...ownSurroundings(), environment: { DISPLAY: ':0' } };
  const plan = planWindow(address, dataFolder, surroundings);
  if (plan === undefined) throw new Error('there is no browser here');
  const unseen = ['--headless', '--remote-debugging-port=0', '--window-size=1366,768', '--lang=zh-CN'];
  return spawn(plan.program, [...plan.argv, ...unseen], { stdio: 'ignore' });
}

/** Where a one-time address leads to. */
const pageOf = (address: string): string => (address.startsWith('http:') ? `${new URL(address).origin}/` : address);

/** Has nothing but the mark: what the browser itself takes on this machine. */
export const emptyPage = `data:text/html,<script>performance.mark('enrol-waits-for-card')</script>`;

/** Resolves when the Enrol screen waits for a card, or the empty page is there. */
export async function openFirstScreen(address: string, dataFolder: string): Promise<FirstScreen> {
  const portFile = join(dataFolder, 'browser-profile', 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const browser = startBrowser(address, dataFolder);
  const ended = once(browser, 'exit');
  for (;;) {
    const page = await findPage(portFile, pageOf(address));
    const waitsAt = page && (await evaluateIn(page, waitForMark));
    if (waitsAt) {
      const close = async () => void (browser.kill(), await ended);
      return { waitsAt, close };
    }
    if (browser.exitCode !== null) throw new Error('the browser ended');
    await pause(lookAgainMs);
  }
}
