import { ESLint } from 'eslint';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import typescript from 'typescript-eslint';
import { projectRules } from './layer-rule.mjs';

const root = join(import.meta.dirname, '..', '..');

/** The project's own rules alone: the made-up files stand in no TypeScript project. */
const rules = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ['**/*.{ts,tsx}'],
      languageOptions: { parser: typescript.parser },
      plugins: { project: projectRules },
      rules: { 'project/layers': 'error', 'project/raw-messages': 'error' },
    },
  ],
});

async function complaints(path: string, code: string): Promise<string[]> {
  const [result] = await rules.lintText(code, { filePath: join(root, path) });
  return result?.messages.map(({ message }) => message) ?? ['nothing was checked'];
}

const refused: readonly (readonly [file: string, code: string, why: string])[] = [
  ['native-bridge/contract/made-up.ts', `import { join } from 'node:path';`, 'only zod'],
  ['native-bridge/contract/made-up.ts', `import { serve } from '../rpc/server.ts';`, 'contract must not import rpc'],
  ['native-bridge/rpc/made-up.ts', `import { open } from '../store/database.ts';`, 'rpc must not import store'],
  ['native-bridge/reader/card/made-up.ts', `import { x } from '../../face/detect.ts';`, 'reader must not import face'],
  ['native-bridge/practice/made-up.ts', `import { p } from '../pictures/p.ts';`, 'practice must not import pictures'],
  ['native-bridge/pictures/made-up.ts', `import { x } from '../face/detect.ts';`, 'pictures must not import face'],
  ['native-bridge/reader/made-up.ts', `import type { X } from '../store/column.ts';`, 'reader must not import store'],
  ['native-bridge/store/made-up.ts', `export { x } from '../platform/connector.ts';`, 'store must not import platform'],
  ['native-bridge/store/made-up.ts', `export * from '../platform/connector.ts';`, 'store must not import platform'],
  ['native-bridge/face/made-up.ts', `await import('../capture/profile.ts');`, 'face must not import capture'],
  ['native-bridge/capture/made-up.ts', `import { x } from '../face/types.ts';`, 'capture must not import face'],
  ['native-bridge/capture/made-up.ts', `import type { X } from '../face/detect.ts';`, 'capture must not import face'],
  [
    'native-bridge/practice/made-up.ts',
    `import { x } from '../reader/sam/frames.ts';`,
    'practice must not import reader',
  ],
  [
    'native-bridge/enrolment/made-up.ts',
    `import { x } from '../reader/monitor.ts';`,
    'enrolment must not import reader',
  ],
  [
    'native-bridge/platform/sandbox/made-up.ts',
    `import { s } from '../national/sign.ts';`,
    'sandbox must not import national',
  ],
  [
    'native-bridge/platform/national/made-up.ts',
    `import { s } from '../sandbox/state.ts';`,
    'national must not import sandbox',
  ],
  [
    'native-bridge/platform/sandbox/made-up.ts',
    `import { m } from '../driver/masked-text.ts';`,
    'sandbox must not import driver',
  ],
  ['native-bridge/platform/cwr/made-up.ts', `import { s } from '../national/sign.ts';`, 'cwr must not import national'],
  [
    'native-bridge/platform/driver/made-up.ts',
    `import { s } from '../national/sign.ts';`,
    'driver must not import national',
  ],
  ['native-bridge/station.ts', `import { w } from '../electron/window.ts';`, 'station must not import electron'],
  ['native-bridge/station.ts', `import { app } from 'electron';`, 'without Electron'],
  [
    'native-bridge/reader/made-up.test.ts',
    `import { w } from '../../electron/window.ts';`,
    'reader must not import electron',
  ],
  ['renderer/screens/made-up.tsx', `import { readFileSync } from 'node:fs';`, 'the page has no node:fs'],
  ['renderer/screens/made-up.tsx', `import { app } from 'electron';`, 'the page has no electron'],
  [
    'renderer/client/made-up.ts',
    `import { s } from '../../native-bridge/store/database.ts';`,
    'renderer must not import store',
  ],
  ['electron/made-up.ts', `import { s } from '../native-bridge/station.ts';`, 'electron must not import station'],
  ['electron/made-up.ts', `import { k } from '../native-bridge/store/data-key.ts';`, 'electron must not import store'],
  ['electron/browser-shell/made-up.ts', `import { app } from 'electron';`, 'without Electron'],
  [
    'electron/browser-shell/made-up.ts',
    `import { o } from '../../native-bridge/store/database.ts';`,
    'must not import store',
  ],
  ['electron/window.ts', `import { ipcMain } from 'electron';`, 'belongs to electron/security.ts'],
  ['electron/window.ts', `import { ipcMain as other } from 'electron';`, 'belongs to electron/security.ts'],
  ['electron/window.ts', `import * as electron from 'electron';`, 'by name'],
  ['electron/window.ts', `const { ipcMain } = await import('electron');`, 'by name'],
  ['electron/window.ts', `export { ipcMain } from 'electron';`, 'not to be passed on'],
  ['electron/security.ts', `import { ipcRenderer } from 'electron';`, 'belongs to electron/preload.ts'],
];

const accepted: readonly (readonly [file: string, code: string])[] = [
  ['native-bridge/contract/made-up.ts', `import { z } from 'zod'; import { calls } from './station.ts';`],
  ['native-bridge/rpc/made-up.ts', `import { calls } from '../contract/station.ts';`],
  ['native-bridge/capture/made-up.ts', `import type { FaceMesh } from '../face/types.ts';`],
  ['native-bridge/capture/made-up.ts', `import { type FaceMesh } from '../face/types.ts';`],
  ['native-bridge/face/made-up.ts', `import { p } from '../pictures/p.ts';`],
  ['native-bridge/enrolment/made-up.ts', `import type { Store } from '../store/database.ts';`],
  ['native-bridge/platform/national/made-up.ts', `import type { Connector } from '../connector.ts';`],
  ['native-bridge/platform/cwr/made-up.ts', `import { m } from '../driver/masked-text.ts';`],
  ['native-bridge/reader/made-up.test.ts', `import { card } from '../practice/card-image.ts';`],
  ['native-bridge/main.ts', `import { s } from './store/database.ts'; import { c } from './face/detect.ts';`],
  ['renderer/client/made-up.ts', `import { c } from '../../native-bridge/rpc/client.ts'; import { z } from 'react';`],
  ['electron/browser-shell/made-up.ts', `import { k } from '../../native-bridge/store/data-key.ts'; import 'ws';`],
  ['electron/browser-shell/made-up.ts', `import { s } from '../supervisor.ts'; import { join } from 'node:path';`],
  ['electron/security.ts', `import { ipcMain } from 'electron';`],
  ['electron/preload.ts', `import { ipcRenderer } from 'electron';`],
  ['electron/window.ts', `import type { IpcMain } from 'electron'; import { BrowserWindow } from 'electron';`],
  ['e2e/made-up.ts', `import { s } from '../native-bridge/store/database.ts';`],
];

describe('the layer rule', () => {
  it.each(refused)('refuses in %s: %s', async (path, code, why) => {
    expect(await complaints(path, code)).toEqual([expect.stringContaining(why)]);
  });

  it.each(accepted)('accepts in %s: %s', async (path, code) => {
    expect(await complaints(path, code)).toEqual([]);
  });

  it('is switched on for every source of the project', async () => {
    const eslint = new ESLint({ cwd: root });
    for (const path of ['native-bridge/rpc/server.ts', 'renderer/main.tsx', 'electron/main.ts']) {
      const config = (await eslint.calculateConfigForFile(join(root, path))) as { rules: Record<string, unknown[]> };
      expect(config.rules['project/layers']?.[0]).toBe(2);
      expect(config.rules['project/raw-messages']?.[0]).toBe(2);
    }
  });
});
