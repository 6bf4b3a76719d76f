import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronItem, shellItem } from './security-items.ts';

/**
 * The same looked for in what was built, where a library could have brought it in. `BUNDLE_UNDER_TEST` is the folder of
 * the build; without it there is nothing to look at (`npm run security-report` sets it).
 */
const dist = process.env['BUNDLE_UNDER_TEST'];

function textsBelow(folder: string): { readonly name: string; readonly text: string }[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return textsBelow(path);
    return /\.(?:c?js|html|css)$/.test(name) ? [{ name, text: readFileSync(path, 'utf8') }] : [];
  });
}

const shell = dist === undefined ? [] : textsBelow(join(dist, 'electron'));
const page = dist === undefined ? [] : textsBelow(join(dist, 'renderer'));
const holding = (pattern: RegExp, files = [...shell, ...page]) =>
  files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

describe.skipIf(dist === undefined)('the built program', () => {
  it('is there', () => {
    expect(shell.map(({ name }) => name)).toEqual(expect.arrayContaining(['main.js', 'preload.cjs']));
    expect(page.map(({ name }) => name)).toContain('index.html');
  });

  describe(electronItem(1), () => {
    it('bundle: the page loads nothing from elsewhere', () => {
      // What a page loads by its own markup; links in texts of libraries load nothing.
      const loads = /(?:<script|<link|<img|<iframe)[^>]+(?:src|href)="(?:https?:)?\/\//i;
      const fetches = /(?:fetch|import|importScripts|new WebSocket|new Worker)\(\s*["'`](?:https?|wss?):/;
      expect(holding(loads, page)).toEqual([]);
      expect(holding(fetches, page)).toEqual([]);
    });
  });

  const nowhere: readonly (readonly [number, RegExp])[] = [
    [2, /nodeIntegration\w*:\s*(?:true|!0)/],
    [3, /contextIsolation:\s*(?:false|!1)/],
    [4, /sandbox:\s*(?:false|!1)|no-sandbox/],
    [6, /webSecurity:\s*(?:false|!1)/],
    [8, /allowRunningInsecureContent/],
    [9, /experimentalFeatures/],
    [10, /enableBlinkFeatures/],
    [11, /allowpopups/],
    [15, /openExternal\(|shell\.openPath/],
    [18, /loadFile\(/],
    [20, /exposeInMainWorld/],
  ];
  describe.each(nowhere)('%i', (number, pattern) => {
    describe(electronItem(number), () => {
      it('bundle: nowhere in what was built', () => expect(holding(pattern, shell)).toEqual([]));
    });
  });

  describe(electronItem(7), () => {
    it('bundle: no script of the page makes code out of text, and none stands in its markup', () => {
      expect(holding(/\beval\(|new Function\(/, page)).toEqual([]);
      const index = page.find(({ name }) => name === 'index.html')?.text ?? expect.fail('no index.html');
      expect(index.match(/<script(?![^>]*\bsrc=)/g)).toBeNull();
      expect(index.match(/\son\w+=/g)).toBeNull();
    });
  });

  describe(electronItem(20), () => {
    it('bundle: the preload needs nothing but Electron', () => {
      const preload = shell.find(({ name }) => name === 'preload.cjs')?.text ?? expect.fail('no preload');
      expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron']);
    });
  });

  describe(shellItem('no developer tools in a package'), () => {
    it('bundle: nothing opens them', () => expect(holding(/openDevTools|remote-debugging/, shell)).toEqual([]));
  });
});
