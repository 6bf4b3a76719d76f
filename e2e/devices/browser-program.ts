import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../electron/browser-shell/installed-browser.ts';
import {
  type CameraSetting,
  chromiumSwitches,
  programOptions,
  type ProgramUnderTest,
  type ReadyLine,
  readReadyLine,
} from './shell.ts';

const program = join(import.meta.dirname, '..', '..', 'dist', 'browser-shell', 'main.js');
const viewport = { width: 1366, height: 768 };

interface Running {
  readonly process: ChildProcess;
  readonly notes: Interface;
  readonly ready: ReadyLine;
}

function launch(dataFolder: string, switches: readonly string[] = []): ChildProcess {
  return spawn(process.execPath, [program, '--no-open', ...programOptions(dataFolder), ...switches], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The browser shell, driven in an installed Chromium. */
export class BrowserProgram implements ProgramUnderTest {
  readonly #dataFolder: string;
  #running: Running | undefined;
  #browser: Browser | undefined;
  #addressUsed = false;

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  devices(): ReadyLine {
    if (this.#running === undefined) throw new Error('the program is not running');
    return this.#running.ready;
  }

  async open(camera: CameraSetting, switches: readonly string[] = []): Promise<Page> {
    // Beside each other, as the shell opens its window while the station starts.
    const [running, browser] = await Promise.all([this.#program(switches), this.#window(camera)]);
    const page = await browser.newPage({ viewport, locale: 'zh-CN' });
    await page.goto(await this.#address(running));
    return page;
  }

  async #program(switches: readonly string[]): Promise<Running> {
    return (this.#running ??= await this.#start(switches));
  }

  async #window(camera: CameraSetting): Promise<Browser> {
    const executablePath = findBrowser();
    return (this.#browser ??= await chromium.launch({
      ...(executablePath !== undefined && { executablePath }),
      args: [...chromiumSwitches(camera)],
    }));
  }

  async closeWindow(): Promise<void> {
    await this.#browser?.close();
    this.#browser = undefined;
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.closeWindow();
    await this.#end('SIGTERM');
  }

  async #start(switches: readonly string[]): Promise<Running> {
    const child = launch(this.#dataFolder, switches);
    if (child.stdout === null || child.stderr === null) throw new Error('no pipes');
    this.#addressUsed = false;
    const notes = createInterface({ input: child.stderr });
    return { process: child, notes, ready: await readReadyLine(createInterface({ input: child.stdout })) };
  }

  /** An address works once. Starting the program again makes the running one give another. */
  async #address({ ready, notes }: Running): Promise<string> {
    if (!this.#addressUsed && ready.url !== undefined) {
      this.#addressUsed = true;
      return ready.url;
    }
    const address = new Promise<string>((resolve) => {
      notes.on('line', (line) => line.startsWith('http://') && resolve(line));
    });
    launch(this.#dataFolder);
    return address;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#running?.process;
    this.#running = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
}
