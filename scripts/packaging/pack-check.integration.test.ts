import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildNodeBundles } from '../node-bundles.ts';
import { root } from '../set-up/run-program.ts';
import { assemble } from './assemble.ts';
import { checkPacked } from './check-packed.ts';
import { makeTrayIcons } from './icons.ts';
import { readPackConfig } from './pack-config.ts';

let folder = '';
let project = '';

/** The project with freshly built bundles and, since it takes long to build, a page that is made up. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-desk-pack-test-'));
  project = join(folder, 'project');
  mkdirSync(join(project, 'dist', 'renderer'), { recursive: true });
  for (const name of ['package.json', 'package-lock.json', 'electron-builder.yml'])
    cpSync(join(root, name), join(project, name));
  for (const name of ['node_modules', 'assets']) symlinkSync(join(root, name), join(project, name), 'junction');
  await buildNodeBundles(root, join(project, 'dist'));
  await makeTrayIcons(root, join(project, 'dist', 'electron'));
  writeFileSync(join(project, 'dist', 'renderer', 'index.html'), '<script src="./page.js"></script>');
  writeFileSync(join(project, 'dist', 'renderer', 'page.js'), '');
  writeFileSync(join(project, 'dist', 'whole'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let packs = 0;

/** The steps that failed on a package without some of its files. */
async function failedWithout(isLeftOut: (path: string) => boolean): Promise<string[]> {
  const target = join(folder, `pack-${packs++}`);
  const dataFolder = join(target, 'data');
  mkdirSync(dataFolder, { recursive: true });
  const config = readPackConfig(project);
  const steps = await checkPacked(assemble({ root: project, target, config, leaveOut: isLeftOut }), dataFolder);
  return steps.filter(({ fault }) => fault !== undefined).map(({ step, fault }) => `${step}: ${fault}`);
}

describe('what would be packed', () => {
  it('is enough for the first steps of an enrolment', async () => {
    expect(await failedWithout(() => false)).toEqual([]);
  });

  it.each([
    ['a face model', 'assets/models/blazeface.onnx', 'the face engine is off'],
    [
      'what reads pictures for the models',
      'assets/kernel/sampler.wasm',
      'the face engine is off: face.models-unavailable',
    ],
    ['a table of codes', 'assets/codes/ethnic-groups.json', 'the station opens'],
    ['the picture of the tray', 'dist/electron/tray.png', 'the tray has its pictures'],
    ['a package of the bridge', 'node_modules/serialport/', 'the bundles have their packages'],
    ['a package that another one needs', 'node_modules/node-gyp-build/', 'the bridge’s packages load: serialport'],
    ['the native part of a helper', 'node_modules/better-sqlite3-multiple-ciphers/', 'data files starts'],
  ])('is not enough without %s', async (_what, path, step) => {
    const failed = await failedWithout((packed) => packed.startsWith(path));
    expect(failed.join('\n')).toContain(step);
  });

  it('holds neither sources, nor tests, nor what only the page was made of', () => {
    const target = join(folder, `pack-${packs++}`);
    const named: string[] = [];
    assemble({ root: project, target, config: readPackConfig(project), leaveOut: (path) => !named.push(path) });
    const unwanted = /\.tsx?$|\.map$|^node_modules\/(?:antd|vitest|typescript|electron)\/|^dist\/browser-shell/;
    expect(named.length).toBeGreaterThan(500);
    expect(named.filter((path) => unwanted.test(path))).toEqual([]);
  });
});
