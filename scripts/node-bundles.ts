import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';

interface NodeBundle {
  readonly source: string;
  readonly folder: string;
  readonly file: string;
  readonly format: 'es' | 'cjs';
  /** Runs outside the program's archive, where of all packages only the native ones lie. */
  readonly isAlone?: boolean;
}

/** What cannot go into a bundle, of the packages that a helper uses. */
const nativeHelperPackages = ['koffi', 'better-sqlite3-multiple-ciphers', 'sharp'];

const nodeBundles: readonly NodeBundle[] = [
  { source: 'native-bridge/main.ts', folder: 'bridge', file: 'main.js', format: 'es' },
  // Beside the bridge, where the bridge looks for the program of the process that runs makers' libraries.
  {
    source: 'native-bridge/reader/vendor/helper-main.ts',
    folder: 'bridge',
    file: 'vendor-helper.js',
    format: 'es',
    isAlone: true,
  },
  // The same for the process that works on whole data files.
  {
    source: 'native-bridge/store/file-job-main.ts',
    folder: 'bridge',
    file: 'file-job.js',
    format: 'es',
    isAlone: true,
  },
  // And for the one that takes spreadsheets apart.
  {
    source: 'native-bridge/spreadsheet/workbook-main.ts',
    folder: 'bridge',
    file: 'workbook.js',
    format: 'es',
    isAlone: true,
  },
  { source: 'electron/browser-shell/main.ts', folder: 'browser-shell', file: 'main.js', format: 'es' },
  { source: 'electron/main.ts', folder: 'electron', file: 'main.js', format: 'es' },
  { source: 'electron/preload.ts', folder: 'electron', file: 'preload.cjs', format: 'cjs' },
];

function packagesOf({ format, isAlone = false }: NodeBundle): NonNullable<InlineConfig['ssr']> {
  if (format === 'cjs') return { noExternal: true, external: ['electron'] };
  return isAlone ? { noExternal: true, external: nativeHelperPackages } : { external: true };
}

function nodeBuild(bundle: NodeBundle, root: string, dist: string): InlineConfig {
  const { source, folder, file, format } = bundle;
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    // The page's public files and environment variables have no place on Node's side.
    publicDir: false,
    ssr: packagesOf(bundle),
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

/** Bundles what runs on Node's side, of the project in `root`, into the folder `dist`. */
export async function buildNodeBundles(root: string, dist: string): Promise<void> {
  for (const bundle of nodeBundles) await build(nodeBuild(bundle, root, dist));
}
