import { defineConfig } from '@playwright/test';
import { findBrowser } from './electron/browser-shell/installed-browser.ts';
import './scripts/leaks/collect.ts';

const browser = findBrowser();
const report = process.env['END_TO_END_REPORT'];
const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;

/** End-to-end tests: one station at a time, in an installed browser, and a test that fails once has failed. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 90_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 15_000 },
  reporter: report === undefined ? [['list']] : [['list'], ['json', { outputFile: report }]],
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(browser === undefined ? {} : { executablePath: browser }),
      args: [
        // Chromium's sandbox cannot be set up by root.
        ...(isRootOnLinux ? ['--no-sandbox'] : []),
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
      ],
    },
  },
});
