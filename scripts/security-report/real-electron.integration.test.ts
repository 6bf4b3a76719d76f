import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findElectron } from '../set-up/electron-binary.ts';
import { electronItem, shellItem } from '../../electron/security-items.ts';

/** The built shell in Electron itself, where its program is present. Its sandbox does not run as root. */
const isPossible =
  findElectron() !== undefined && process.getuid?.() !== 0 && process.env['BUNDLE_UNDER_TEST'] !== undefined;

if (process.env['BUNDLE_UNDER_TEST'] !== undefined && !isPossible)
  console.warn('NOT TRIED in real Electron: its program is not here, or this is root. Everything else is on a double.');

describe.skipIf(!isPossible)('real Electron', () => {
  let folder = '';
  let program: ElectronApplication;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'real-electron-'));
    const root = join(import.meta.dirname, '..', '..');
    program = await _electron.launch({ args: [root, '--no-open', '--data-folder', folder], cwd: root });
  });
  afterAll(async () => {
    await program.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const inPage = async (script: string): Promise<unknown> => (await program.firstWindow()).evaluate(script);

  describe(electronItem(2), () => {
    it('Electron: the page has no Node', async () =>
      expect(await inPage('[typeof require, typeof process, typeof module]')).toEqual(Array(3).fill('undefined')));
  });

  describe(electronItem(5), () => {
    it('Electron: sound and places are refused', async () => {
      const states = `Promise.all(['microphone', 'geolocation', 'notifications'].map((name) => navigator.permissions.query({ name }).then(({ state }) => state)))`;
      expect(await inPage(states)).not.toContain('granted');
    });
  });

  describe(electronItem(7), () => {
    it('Electron: text does not become code', async () => {
      expect(await inPage(`(() => { try { return new Function('return 1')(); } catch { return 'refused'; } })()`)).toBe(
        'refused',
      );
    });
  });

  describe(electronItem(13), () => {
    it('Electron: the page stays where it is', async () => {
      const window = await program.firstWindow();
      await window.evaluate(`void (location.href = 'https://evil.example/')`);
      expect(new URL(window.url()).protocol).toBe('enrol-desk:');
    });
  });

  describe(electronItem(14), () => {
    it('Electron: no window opens', async () =>
      expect(await inPage(`window.open('https://evil.example/')`)).toBeNull());
  });

  describe(shellItem('no request leaves the program'), () => {
    it('Electron: a picture from elsewhere does not load', async () => {
      const load = `new Promise((resolve) => { const made = new Image(); made.onload = () => resolve(true); made.onerror = () => resolve(false); made.src = 'http://127.0.0.1:9/x.png'; })`;
      expect(await inPage(load)).toBe(false);
    });
  });
});
