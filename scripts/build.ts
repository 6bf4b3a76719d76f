/**
 * Builds everything that runs: the page, the bridge process and both shells, into dist/.
 *
 * On Node's side every package stays outside the bundles: some are native and cannot go in, the others gain nothing from
 * it, and so there is no list to keep. The preload is the exception: a sandboxed one can load nothing but Electron.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Written last, so that a build that broke off is known as one. */
const wholeMark = join(dist, 'whole');

interface NodeBundle {
  readonly source: string;
  readonly folder: string;
  readonly file: string;
  readonly format: 'es' | 'cjs';
}

const nodeBundles: readonly NodeBundle[] = [
  { source: 'native-bridge/main.ts', folder: 'bridge', file: 'main.js', format: 'es' },
  // Beside the bridge, where the bridge looks for the program of the process that runs makers' libraries.
  { source: 'native-bridge/reader/vendor/helper-main.ts', folder: 'bridge', file: 'vendor-helper.js', format: 'es' },
  // The same for the process that works on whole data files.
  { source: 'native-bridge/store/file-job-main.ts', folder: 'bridge', file: 'file-job.js', format: 'es' },
  // And for the one that takes spreadsheets apart.
  { source: 'native-bridge/spreadsheet/workbook-main.ts', folder: 'bridge', file: 'workbook.js', format: 'es' },
  { source: 'electron/browser-shell/main.ts', folder: 'browser-shell', file: 'main.js', format: 'es' },
  { source: 'electron/main.ts', folder: 'electron', file: 'main.js', format: 'es' },
  { source: 'electron/preload.ts', folder: 'electron', file: 'preload.cjs', format: 'cjs' },
];

function nodeBuild({ source, folder, file, format }: NodeBundle): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    // The page's public files and environment variables have no place on Node's side.
    publicDir: false,
    ssr: format === 'cjs' ? { noExternal: true, external: ['electron'] } : { external: true },
    build: {
      ssr: join(root, source),
      outDir: join(dist, folder),
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      sourcemap: true,
      rolldownOptions: { output: { format, entryFileNames: file, chunkFileNames: '[name]-[hash].js' } },
    },
  };
}

async function buildAll(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  for (const bundle of nodeBundles) await build(nodeBuild(bundle));
  writeFileSync(wholeMark, '');
}

try {
  await buildAll();
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
}
