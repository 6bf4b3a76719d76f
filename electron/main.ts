import { app, type BrowserWindow, dialog, Menu, MessageChannelMain, protocol, safeStorage, session } from 'electron';
import { join } from 'node:path';
import { forkUtilityBridge, type UtilityBridge } from './bridge-process.ts';
import { defaultDataFolder, openDataFolder } from './data-folder.ts';
import { answerPageRequest, pageScheme } from './page-address.ts';
import { readPageFiles } from './page-files.ts';
import { programFiles, startOptions } from './program-files.ts';
import { readyLine } from './ready-line.ts';
import { keepStoreKey, loadStoreKey } from './secrets.ts';
import { confine, onPageMessage, restrictPermissions } from './security.ts';
import { ownArguments, readShellOptions } from './shell-options.ts';
import { startFailure } from './start-failure.ts';
import { connectPage, stationPort } from './station-ports.ts';
import { Supervisor } from './supervisor.ts';
import { openWindow } from './window.ts';

/* Entry of the Electron shell. It opens the window and looks after the bridge; what the station does is not known here. */

/** The station talks to its platform only, through the bridge; Chromium's own errands are switched off. */
const quietSwitches = ['disable-background-networking', 'disable-component-update', 'disable-quic'];

const options = readShellOptions(ownArguments(process.argv));
// A folder of its own beside the browser shell's: the two keep their store keys in different ways.
const dataFolder = openDataFolder(options.dataFolder ?? join(defaultDataFolder(), 'electron'));
const program = programFiles(import.meta.dirname);
const preload = join(import.meta.dirname, 'preload.cjs');

/** These take effect before Electron is ready only. */
function prepare(): void {
  app.enableSandbox();
  app.setPath('userData', dataFolder);
  for (const name of quietSwitches) app.commandLine.appendSwitch(name);
  // A card that is read sounds before anybody has clicked anything.
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  app.on('web-contents-created', (_event, page) => confine(page));
}

async function superviseBridge(): Promise<Supervisor<UtilityBridge>> {
  const { key, isProtected } = await loadStoreKey(dataFolder, safeStorage);
  if (!isProtected) console.error('shell: this system has no key store, the data key lies in a file of its own');
  const supervisor = new Supervisor({
    spawn: () => forkUtilityBridge(program.bridge),
    startOptions: startOptions(program, dataFolder, key, options),
    keepKey: (newKey) => keepStoreKey(dataFolder, safeStorage, newKey),
    log: (line) => console.error(line),
  });
  supervisor.start();
  return supervisor;
}

/** The first request to quit is put off until the bridge has put everything away. */
function stopBeforeQuit(supervisor: Supervisor<UtilityBridge>): void {
  let isStopped = false;
  app.on('before-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    void supervisor.stop().then(() => {
      isStopped = true;
      app.quit();
    });
  });
}

function focus(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

async function run(): Promise<void> {
  await app.whenReady();
  const files = readPageFiles(program.page);
  Menu.setApplicationMenu(null);
  restrictPermissions(session.defaultSession);
  protocol.handle(pageScheme, (request) => answerPageRequest(files, request));
  const supervisor = await superviseBridge();
  stopBeforeQuit(supervisor);
  // While it ends nobody is served any more.
  onPageMessage(stationPort, ({ sender }) => {
    connectPage(sender, supervisor, () => new MessageChannelMain()).catch(() => undefined);
  });
  const window = openWindow(preload, options.isHidden);
  app.on('second-instance', () => focus(window));
  app.on('window-all-closed', () => app.quit());
  if (options.printsAddress) console.log(readyLine(await supervisor.whenServing()));
}

prepare();
if (app.requestSingleInstanceLock()) {
  run().catch((cause: unknown) => {
    dialog.showErrorBox('实名采集台', startFailure(cause));
    app.exit(1);
  });
} else app.quit();
