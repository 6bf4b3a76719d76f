import { readShellOptions } from '../shell-options.ts';
import { startFailure } from '../start-failure.ts';
import { runBrowserShell } from './shell.ts';

/* Entry of the browser shell: the station in an installed browser, where Electron's own program cannot be had. */

try {
  await runBrowserShell(readShellOptions(process.argv.slice(2)), import.meta.dirname);
  process.exit(0);
} catch (cause) {
  console.error(startFailure(cause));
  process.exit(1);
}
