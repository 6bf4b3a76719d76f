import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { windowOptions } from './window.ts';

vi.mock('electron', () => ({ BrowserWindow: class {} }));

/** Electron's security checklist (docs/tutorial/security.md), as far as it can be read off the source. */
const forbidden = {
  'switches a protection of the page off':
    /webSecurity: false|sandbox: false|contextIsolation: false|nodeIntegration\w*: true/,
  'lets insecure or experimental content in': /allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures/,
  'embeds other pages': /webviewTag: true|allowpopups/,
  'switches the sandbox off for every page': /no-sandbox/,
  'opens something outside the program': /openExternal|openPath/,
  'loads a page from the file system': /file:\/\/|loadFile/,
  'hands the page functions of Electron': /exposeInMainWorld|executeJavaScript/,
};

const sources = globSync('*.ts', { cwd: import.meta.dirname })
  .filter((name) => !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, name), 'utf8') }));

describe('the Electron shell', () => {
  it('has sources to look at', () => {
    expect(sources.map(({ name }) => name)).toContain('main.ts');
  });

  it.each(Object.entries(forbidden))('nowhere %s', (_what, pattern) => {
    expect(sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('makes its windows sandboxed, isolated and without Node', () => {
    expect(windowOptions('/preload.cjs').webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
  });
});
