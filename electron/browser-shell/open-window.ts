import { type ChildProcess, spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './installed-browser.ts';

export interface WindowPlan {
  readonly program: string;
  readonly argv: readonly string[];
}

export interface WindowSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  readonly browser: string | undefined;
  readonly home: string;
}

export const ownSurroundings = (): WindowSurroundings => ({
  platform: process.platform,
  environment: process.env,
  isRoot: process.getuid?.() === 0,
  browser: findBrowser(),
  home: homedir(),
});

/** The station talks to nobody but itself and the platform, so neither does its browser. */
const quietFlags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  // Without this Chrome on Windows stays in the background after its last window, and the station with it.
  '--disable-background-mode',
  // A card that is read sounds before anybody has clicked anything.
  '--autoplay-policy=no-user-gesture-required',
  // The browser's offer to translate would send the page to somebody else; and what fetches in the background does not
  // look for compiled code that the browser has kept, but compiles the program anew at every start.
  '--disable-features=Translate,BackgroundResourceFetch',
  // The page talks to this program alone. A process of its own for that is one more to start, and the page waits for it.
  '--enable-features=NetworkServiceInProcess2',
  '--start-maximized',
];

const hasDisplay = ({ platform, environment }: WindowSurroundings) =>
  platform === 'win32' || environment['DISPLAY'] !== undefined || environment['WAYLAND_DISPLAY'] !== undefined;

/** A browser of its own: closing its window ends it, and the operator's other browsing stays apart. */
function profileFolder({ browser = '', home }: WindowSurroundings, dataFolder: string): string {
  // A snap may not write to hidden folders outside its own.
  if (browser.startsWith('/snap/')) return join(home, 'snap', 'chromium', 'common', 'enrol-desk');
  return join(dataFolder, 'browser-profile');
}

/** How to open an address as an app window; `undefined` without a display or a browser. */
export function planWindow(url: string, dataFolder: string, given = ownSurroundings()): WindowPlan | undefined {
  if (given.browser === undefined || !hasDisplay(given)) return undefined;
  const profile = `--user-data-dir=${profileFolder(given, dataFolder)}`;
  // Chromium refuses to set its sandbox up as root.
  const sandbox = given.platform === 'linux' && given.isRoot ? ['--no-sandbox'] : [];
  return { program: given.browser, argv: [`--app=${url}`, profile, ...quietFlags, ...sandbox] };
}

/** The station's window. A second one that is asked for goes to the browser that already runs. */
export class StationWindow {
  readonly #dataFolder: string;
  readonly #onClosed: () => void;
  #browser: ChildProcess | undefined;

  constructor(dataFolder: string, onClosed: () => void) {
    this.#dataFolder = dataFolder;
    this.#onClosed = onClosed;
  }

  get isOpen(): boolean {
    return this.#browser !== undefined;
  }

  /** Opens the address; `false` when there is nothing to open it with. `onClosed` follows when the browser ends. */
  open(url: string): boolean {
    const plan = planWindow(url, this.#dataFolder);
    if (plan === undefined) return false;
    const browser = spawn(plan.program, plan.argv, { stdio: 'ignore' });
    const closed = () => this.#closed(browser);
    browser.once('exit', closed).once('error', closed);
    this.#browser ??= browser;
    return true;
  }

  close(): void {
    const browser = this.#browser;
    this.#browser = undefined;
    browser?.kill();
  }

  #closed(browser: ChildProcess): void {
    if (this.#browser !== browser) return;
    this.#browser = undefined;
    this.#onClosed();
  }
}
