import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { pageAddress } from './page-address.ts';

/** The smallest screen that the design is made for is 1366 × 768. */
const size = { width: 1366, height: 768, minWidth: 1024, minHeight: 640 };

export interface WindowWishes {
  /** In the project's folder only; what is installed has none. */
  readonly hasDevTools: boolean;
  /**
   * Windows that signs its user out gives a program seconds and asks nothing further: the station begins to put everything
   * away at the first word of it. A draft is stored at every step, so what the seconds do not suffice for is not lost.
   */
  readonly onSessionEnd: () => void;
}

/** How every window is made. What is safe by default is said all the same, so that a test can hold it. */
export const windowOptions = (preload: string, hasDevTools: boolean): BrowserWindowConstructorOptions => ({
  ...size,
  title: '实名采集台',
  show: false,
  autoHideMenuBar: true,
  webPreferences: {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    spellcheck: false,
    devTools: hasDevTools,
    // The camera step goes on while another window lies over ours.
    backgroundThrottling: false,
  },
});

/** The station's one window; when it was closed, a new one is made. */
export class StationWindow {
  readonly #preload: string;
  readonly #wishes: WindowWishes;
  #window: BrowserWindow | undefined;

  constructor(preload: string, wishes: WindowWishes) {
    this.#preload = preload;
    this.#wishes = wishes;
  }

  /** It appears with its first picture, not white. */
  open(isHidden: boolean): void {
    const window = new BrowserWindow(windowOptions(this.#preload, this.#wishes.hasDevTools));
    this.#window = window;
    window.on('closed', () => (this.#window = undefined));
    // The event exists on Windows only and is not emitted elsewhere.
    window.on('session-end', this.#wishes.onSessionEnd);
    if (!isHidden) window.once('ready-to-show', () => window.maximize());
    // A page that cannot be loaded shows Chromium's own error page; the log has the reason.
    window.loadURL(pageAddress).catch((cause: unknown) => console.error('window:', cause));
  }

  show(): void {
    if (this.#window === undefined) return this.open(false);
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.focus();
  }
}
