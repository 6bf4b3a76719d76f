import { join } from 'node:path';
import { build, type InlineConfig, type Plugin } from 'vite';

interface NodeBundle {
  readonly source: string;
  readonly folder: string;
  readonly file: string;
  readonly format: 'es' | 'cjs';
}

/**
 * What stays outside the bundles: packages with native parts, which find them beside themselves, and what belongs to
 * Electron. Everything else goes in, since a program that begins with one file is there sooner than one that looks for
 * two hundred; and the helpers run where of all packages only the native ones can be seen.
 */
const packagesOutside = [
  'better-sqlite3-multiple-ciphers',
  'electron',
  'electron-updater',
  'koffi',
  'node-hid',
  'onnxruntime-node',
  'pcsc-mini',
  'serialport',
  'sharp',
  'usb',
];

const nodeBundles: readonly NodeBundle[] = [
  { source: 'native-bridge/main.ts', folder: 'bridge', file: 'main.js', format: 'es' },
  // Beside the bridge, where the bridge looks for the program of the process that runs makers' libraries.
  {
    source: 'native-bridge/reader/vendor/helper-main.ts',
    folder: 'bridge',
    file: 'vendor-helper.js',
    format: 'es',
  },
  // The same for the process that works on whole data files.
  {
    source: 'native-bridge/store/file-job-main.ts',
    folder: 'bridge',
    file: 'file-job.js',
    format: 'es',
  },
  // And for the one that takes spreadsheets apart.
  {
    source: 'native-bridge/spreadsheet/workbook-main.ts',
    folder: 'bridge',
    file: 'workbook.js',
    format: 'es',
  },
  { source: 'electron/browser-shell/main.ts', folder: 'browser-shell', file: 'main.js', format: 'es' },
  { source: 'electron/main.ts', folder: 'electron', file: 'main.js', format: 'es' },
  { source: 'electron/preload.ts', folder: 'electron', file: 'preload.cjs', format: 'cjs' },
];

const builtinImport = /^import \{ ([^}]+) \} from "(node:[^"]+)";$/gm;

/**
 * Takes what it needs of Node's own modules from the modules themselves. An `import` reads everything that they offer,
 * and some of it loads what this program has no use for at its start: `node:http` all of the runtime's fetch, which is
 * 70 of its 80 ms.
 */
function builtinsAsTheyAre(): Plugin {
  return {
    name: 'builtins-as-they-are',
    renderChunk(code) {
      const taken = code.replace(builtinImport, (_, names: string, builtin: string) => {
        return `const { ${names.replaceAll(' as ', ': ')} } = process.getBuiltinModule("${builtin}");`;
      });
      // Every line stays where it was, so the map does as well.
      return { code: taken, map: null };
    },
  };
}

function nodeBuild({ source, folder, file, format }: NodeBundle, root: string, dist: string): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    // The page's public files and environment variables have no place on Node's side.
    publicDir: false,
    plugins: format === 'es' ? [builtinsAsTheyAre()] : [],
    ssr: { noExternal: true, external: packagesOutside },
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
