import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runProgram, runScript } from './run-program.ts';

/** Path of Electron's own program when it has been fetched (`npx install-electron`); it does not come with the packages. */
export function findElectron(): string | undefined {
  const folder = join(root, 'node_modules', 'electron');
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

// Electron refuses to run its sandbox as root, and this project never switches the sandbox off for it.
const isRoot = () => process.getuid?.() === 0;

/** Starts the station in Electron where its program is present, else in the browser shell. `--browser` asks for that one. */
export function startProgram(argv: readonly string[]): Promise<number> {
  const electron = argv.includes('--browser') || isRoot() ? undefined : findElectron();
  const passed = argv.filter((argument) => argument !== '--browser');
  if (electron !== undefined) return runProgram(electron, [root, ...passed]);
  return runScript('dist/browser-shell/main.js', passed);
}
