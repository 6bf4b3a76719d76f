import { app, dialog } from 'electron';
import { startElectronShell } from './electron-shell.ts';
import { startFailure } from './start-failure.ts';

/* Entry of the Electron shell. */

startElectronShell(process.argv, import.meta.dirname).catch((cause: unknown) => {
  dialog.showErrorBox('实名采集台', startFailure(cause));
  app.exit(1);
});
