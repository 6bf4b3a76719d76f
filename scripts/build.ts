/** Builds everything that runs: the page, the bridge process and both shells, into dist/. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { buildNodeBundles } from './node-bundles.ts';
import { makeTrayIcons } from './packaging/icons.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Written last, so that a build that broke off is known as one. */
const wholeMark = join(dist, 'whole');

async function buildAll(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  await buildNodeBundles(root, dist);
  await makeTrayIcons(root, join(dist, 'electron'));
  writeFileSync(wholeMark, '');
}

try {
  await buildAll();
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
}
