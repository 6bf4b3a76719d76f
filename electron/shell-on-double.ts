import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { app, bridges, electronDouble, sessionDouble, TrayDouble, WindowDouble } from './electron-double.ts';
import { startElectronShell } from './electron-shell.ts';

/* For tests: the whole Electron shell on the double, in a folder of its own, and its sources to look at. */

/** The shell's own sources; comments count as well, which errs on the strict side. */
export const sources = globSync('*.ts', { cwd: import.meta.dirname })
  .filter((name) => !/\.test\.ts$|-double\.ts$|security-items/.test(name))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, name), 'utf8') }));

/** Names of the sources that hold a text. */
export const withText = (pattern: RegExp, files = sources): string[] =>
  files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

let folder = '';

/** The folder of the test that runs. */
export const testFolder = (): string => folder;

/** A built program, as far as the shell looks at it. */
function placeProgram(): string {
  const shell = join(folder, 'dist', 'electron');
  mkdirSync(shell, { recursive: true });
  mkdirSync(join(folder, 'dist', 'renderer'));
  writeFileSync(join(folder, 'dist', 'renderer', 'index.html'), '<meta content="__CSP_NONCE__">');
  writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.3" }');
  return shell;
}

export const startShell = (...argv: string[]): Promise<void> =>
  startElectronShell(['program', '--data-folder', join(folder, 'data'), ...argv], placeProgram());

export const openedWindow = (): WindowDouble => WindowDouble.opened.at(-1) ?? expect.fail('no window');
export const ownPage = () => openedWindow().webContents;
export const forkedBridge = () => bridges.at(-1) ?? expect.fail('no bridge');
export const placedTray = (): TrayDouble => TrayDouble.placed.at(-1) ?? expect.fail('no tray');

/** An event of Electron's that can be stopped. */
export function attempt(url: string) {
  return { url, preventDefault: vi.fn() };
}

/** A fresh folder and double for every test of a file. */
export function useDouble(): void {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shell-'));
    for (const emitter of [app, sessionDouble, electronDouble.powerMonitor, electronDouble.ipcMain])
      emitter.removeAllListeners();
    Object.assign(app, { calls: [], isFirst: true, isPackaged: true, locale: 'zh-CN' });
    Object.defineProperty(process, 'resourcesPath', { value: folder, configurable: true });
    vi.spyOn(console, 'error').mockReturnValue();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
}
