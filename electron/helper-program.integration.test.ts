import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bridgeEnvironment } from './bridge-environment.ts';
import { helperProgram } from './helper-program.ts';

const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'helper-program-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function place(...path: string[]): string {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  return file;
}

it('is the Node that the package brings', () => {
  const node = place('resources', 'runtime', nodeName);
  expect(helperProgram(join(folder, 'resources'), '/elsewhere')).toBe(node);
});

it('is the project’s own Node in its folder', () => {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const node = place('node_modules', `node-${system}-${process.arch}`, 'bin', nodeName);
  expect(helperProgram(undefined, join(folder, 'node_modules', 'electron', 'dist', 'electron'))).toBe(node);
});

it('is named to the bridge, and not at all where there is none', () => {
  expect(helperProgram(join(folder, 'resources'), '/elsewhere')).toBeUndefined();
  expect(bridgeEnvironment({ helper: '/opt/node' })).toMatchObject({ ENROL_DESK_NODE: '/opt/node' });
  expect(bridgeEnvironment()).not.toHaveProperty('ENROL_DESK_NODE');
});
