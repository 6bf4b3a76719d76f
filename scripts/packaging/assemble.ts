import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isNamed, type PackConfig, type PackPlatform, patternsFor } from './pack-config.ts';
import { installedPackages } from './production-packages.ts';

export interface Assembled {
  /** What would be the archive; what lies outside it is here as well, for a running program sees it here. */
  readonly archive: string;
  /** What a helper's Node and native code see. */
  readonly unpacked: string;
  readonly resources: string;
  readonly files: number;
  /** Of the archive and what lies outside it, each file once, and of the Node for helpers. */
  readonly bytes: number;
}

export interface AssembleOptions {
  readonly root: string;
  readonly target: string;
  readonly config: PackConfig;
  readonly platform?: PackPlatform;
  /** Leaves files out, to see that they are missed. */
  readonly leaveOut?: (path: string) => boolean;
}

export const ownPlatform: PackPlatform = process.platform === 'win32' ? 'win' : 'linux';

/** Files below a folder of the project, with forward slashes; a package's own packages are packages of their own. */
export function filesBelow(root: string, folder: string): string[] {
  const isPackage = folder.startsWith('node_modules/');
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    // Looked at through links: a folder may be one.
    if (!statSync(join(root, path)).isDirectory()) return [path];
    return isPackage && name === 'node_modules' ? [] : filesBelow(root, path);
  });
}

/** A second name for the same file where the disk allows it: half a gigabyte need not be copied. */
export function place(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** What goes into the archive or beside it, as paths from the project's folder. */
export function packedFiles({
  root,
  config,
  platform = ownPlatform,
  leaveOut,
}: Omit<AssembleOptions, 'target'>): string[] {
  const patterns = patternsFor(config.files, platform);
  const own = ['package.json', ...filesBelow(root, 'dist'), ...filesBelow(root, 'assets')];
  const ofPackages = installedPackages(root).flatMap(({ path }) => filesBelow(root, path));
  return [
    ...own.filter((path) => isNamed(path, patterns, false)),
    ...ofPackages.filter((path) => isNamed(path, patterns, true)),
  ].filter((path) => leaveOut?.(path) !== true);
}

function placeResources({ root, config, platform = ownPlatform }: AssembleOptions, resources: string): number {
  return config[platform].extraResources.reduce((bytes, { from, to, filter = [] }) => {
    const folder = join(root, from.replace('${arch}', process.arch));
    for (const name of filter) place(join(folder, name), join(resources, to, name));
    return bytes + filter.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  }, 0);
}

/** Lays out what electron-builder would pack for a system, the archive as a folder of its name. */
export function assemble(options: AssembleOptions): Assembled {
  const { root, target, config } = options;
  if (!existsSync(join(root, 'dist', 'whole'))) throw new Error('The program is not built: npm run build');
  const resources = join(target, 'resources');
  const [archive, unpacked] = [join(resources, 'app.asar'), join(resources, 'app.asar.unpacked')];
  const files = packedFiles(options);
  for (const path of files) {
    place(join(root, path), join(archive, path));
    if (isNamed(path, config.asarUnpack, false)) place(join(root, path), join(unpacked, path));
  }
  const bytes = files.reduce((sum, path) => sum + statSync(join(root, path)).size, 0);
  return { archive, unpacked, resources, files: files.length, bytes: bytes + placeResources(options, resources) };
}
