import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Assembled, filesBelow, place } from './assemble.ts';
import { installedPackages } from './production-packages.ts';

interface ArchiveReader {
  listPackage(archive: string): string[];
  statFile(archive: string, path: string): { readonly size?: number };
  extractAll(archive: string, folder: string): void;
}

const isWindows = process.platform === 'win32';

/** What precedes the fuses in Electron's program, by which they are found; then the wire's version and length. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Electron's own setting of its nine fuses. */
const usualFuses = '101100101';

/** A folder that electron-builder takes for an unpacked Electron. It holds no program, only a place for the fuses. */
export function makeStandIn(folder: string, version: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const fuses = Buffer.concat([Buffer.from(fuseMark), Buffer.from([1, usualFuses.length]), Buffer.from(usualFuses)]);
  writeFileSync(join(folder, isWindows ? 'electron.exe' : 'electron'), fuses, { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', join('locales', 'en-US.pak')])
    writeFileSync(join(folder, name), '');
  writeFileSync(join(folder, 'version'), version);
}

export interface Built extends Assembled {
  /** What is in the archive or beside it, with forward slashes. */
  readonly packed: readonly string[];
  readonly program: string;
}

/**
 * A copy of the project with nothing in it but what a package is made of. Packages lie in it as real folders, whatever
 * they are in the project itself, so that npm tells the same of them everywhere.
 */
function stageProject(root: string, folder: string): void {
  const own = ['package.json', 'package-lock.json', 'electron-builder.yml', 'release/third-party-licences.txt'];
  const below = ['dist', 'assets', 'packaging', ...installedPackages(root).map(({ path }) => path)];
  const files = [...own, ...below.flatMap((path) => filesBelow(root, path))];
  for (const path of files) place(join(root, path), join(folder, path));
}

/** Rejects with the last lines that electron-builder said. */
function runBuilder(root: string, target: string, electronVersion: string): void {
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const settings = [
    `-c.electronDist=${join(target, 'stand-in')}`,
    `-c.electronVersion=${electronVersion}`,
    `-c.directories.output=${target}`,
    '-c.win.signAndEditExecutable=false',
  ];
  const argv = [
    cli,
    isWindows ? '--win' : '--linux',
    '--dir',
    '--publish',
    'never',
    '--config',
    'electron-builder.yml',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...argv, ...settings], {
    cwd: join(target, 'project'),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status === 0) return;
  const said = (stdout + stderr).split('\n').filter((line) => line.includes('⨯'));
  throw new Error(`electron-builder: ${said.join(' ') || 'failed'}`);
}

/**
 * Packs with electron-builder itself around a stand-in for Electron, and unpacks the archive again into a folder of its
 * name, where Node sees what Electron would. Nothing is fetched.
 */
export function packWithBuilder(root: string, target: string, electronVersion: string): Built {
  makeStandIn(join(target, 'stand-in'), electronVersion);
  stageProject(root, join(target, 'project'));
  runBuilder(root, target, electronVersion);
  const folder = join(target, isWindows ? 'win-unpacked' : 'linux-unpacked');
  const resources = join(folder, 'resources');
  const archive = join(resources, 'app.asar');
  const asar = createRequire(join(root, 'node_modules', 'app-builder-lib', 'package.json'))(
    '@electron/asar',
  ) as ArchiveReader;
  const entries = asar.listPackage(archive).map((path) => path.slice(1));
  const sizes = entries.map((path) => asar.statFile(archive, path).size);
  const packed = entries.filter((_, index) => sizes[index] !== undefined).map((path) => path.replaceAll('\\', '/'));
  asar.extractAll(archive, `${archive}.folder`);
  renameSync(archive, `${archive}.file`);
  renameSync(`${archive}.folder`, archive);
  const runtime = join(resources, 'runtime', isWindows ? 'node.exe' : 'node');
  const runtimeBytes = existsSync(runtime) ? statSync(runtime).size : 0;
  const bytes = sizes.reduce<number>((sum, size = 0) => sum + size, runtimeBytes);
  const program = join(folder, isWindows ? 'Enrol Desk.exe' : 'enrol-desk');
  return { archive, unpacked: `${archive}.unpacked`, resources, files: packed.length, bytes, packed, program };
}
