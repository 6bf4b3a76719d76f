import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { pageAddress } from './page-address.ts';

/** The smallest screen that the design is made for is 1366 × 768. */
const size = { width: 1366, height: 768, minWidth: 1024, minHeight: 640 };

/** How every window is made. What is safe by default is said all the same, so that a test can hold it. */
export const windowOptions = (preload: string): BrowserWindowConstructorOptions => ({
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
    // The camera step goes on while another window lies over ours.
    backgroundThrottling: false,
  },
});

/** Opens the station's window; it appears with its first picture, not white. */
export function openWindow(preload: string, isHidden: boolean): BrowserWindow {
  const window = new BrowserWindow(windowOptions(preload));
  if (!isHidden) window.once('ready-to-show', () => window.maximize());
  // A page that cannot be loaded shows Chromium's own error page; the log has the reason.
  window.loadURL(pageAddress).catch((cause: unknown) => console.error('window:', cause));
  return window;
}
