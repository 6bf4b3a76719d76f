import { app, Menu, MessageChannelMain, powerMonitor, protocol, safeStorage, session } from 'electron';
import { join } from 'node:path';
import type { UpdateOrder } from '../native-bridge/contract/update-calls.ts';
import { forkUtilityBridge, type UtilityBridge } from './bridge-process.ts';
import { defaultDataFolder, openDataFolder } from './data-folder.ts';
import { laidDown, type Policy } from './deployment-policy.ts';
import { helperProgram } from './helper-program.ts';
import { noteKeyStore } from './key-store-note.ts';
import { answerPageRequest, pageScheme } from './page-address.ts';
import { readPageFiles } from './page-files.ts';
import { type ProgramFiles, programFiles, startOptions } from './program-files.ts';
import { readyLine } from './ready-line.ts';
import { keepStoreKey, loadStoreKey } from './secrets.ts';
import { confine, onPageMessage, restrictSession } from './security.ts';
import { ownArguments, readShellOptions, type ShellOptions } from './shell-options.ts';
import { connectPage, stationPort } from './station-ports.ts';
import { Supervisor } from './supervisor.ts';
import { relaySystemEvents } from './system-events.ts';
import { placeTray, type StationTray } from './tray.ts';
import { startUpdates } from './updates.ts';
import { StationWindow } from './window.ts';

/* It opens the window and looks after the bridge; what the station does is not known here. */

/** The station talks to its platform only, through the bridge; Chromium's own errands are switched off. */
const quietSwitches = ['disable-background-networking', 'disable-component-update', 'disable-quic'];

type ElectronSupervisor = Supervisor<UtilityBridge>;

interface Place {
  readonly options: ShellOptions;
  readonly dataFolder: string;
  readonly program: ProgramFiles;
  readonly preload: string;
  readonly trayIcon: string;
}

type ObeyUpdateOrder = (order: UpdateOrder) => void;

const log = (line: string) => console.error(line);

function placeOf(argv: readonly string[], shellFolder: string): Place {
  const options = readShellOptions(ownArguments(argv));
  return {
    options,
    // A folder of its own beside the browser shell's: the two keep their store keys in different ways.
    dataFolder: openDataFolder(options.dataFolder ?? join(defaultDataFolder(), 'electron')),
    program: programFiles(shellFolder),
    preload: join(shellFolder, 'preload.cjs'),
    trayIcon: join(shellFolder, 'tray.png'),
  };
}

/** These take effect before Electron is ready only. */
function prepare(dataFolder: string): void {
  app.enableSandbox();
  app.setPath('userData', dataFolder);
  for (const name of quietSwitches) app.commandLine.appendSwitch(name);
  // A card that is read sounds before anybody has clicked anything.
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  app.on('web-contents-created', (_event, page) => confine(page, log));
}

async function superviseBridge(
  { dataFolder, program, options }: Place,
  { proxy }: Policy,
  onUpdateOrder: (order: UpdateOrder) => void,
): Promise<ElectronSupervisor> {
  const { key, isProtected } = await loadStoreKey(dataFolder, safeStorage);
  if (!isProtected) log('shell: this system has no key store, the data key lies in a file of its own');
  const keyStore = noteKeyStore(dataFolder, safeStorage, isProtected);
  if (keyStore.before !== undefined) log(`shell: the key store was ${keyStore.before} and is ${keyStore.now}`);
  const helper = helperProgram(app.isPackaged ? process.resourcesPath : undefined, process.execPath);
  const supervisor = new Supervisor({
    spawn: () => forkUtilityBridge(program.bridge, { helper, proxy }),
    startOptions: startOptions(program, dataFolder, key, options, { kind: 'electron', keyStore }),
    keepKey: (newKey) => keepStoreKey(dataFolder, safeStorage, newKey),
    onUpdateOrder,
    log,
  });
  supervisor.start();
  return supervisor;
}

/** The first request to quit is put off until the bridge has put everything away. */
function stopBeforeQuit(supervisor: ElectronSupervisor): void {
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

/** While the supervisor ends nobody is served any more. */
function servePage(supervisor: ElectronSupervisor): void {
  onPageMessage(stationPort, ({ sender }) => {
    connectPage(sender, supervisor, () => new MessageChannelMain()).catch(() => undefined);
  });
}

async function offerUpdates(policy: Policy, supervisor: ElectronSupervisor): Promise<ObeyUpdateOrder> {
  const facts = { platform: process.platform, isPackaged: app.isPackaged, resources: process.resourcesPath, policy };
  try {
    return await startUpdates(facts, { log, tell: (state) => supervisor.tellUpdates(state) });
  } catch {
    log('updates: could not be started');
    return () => undefined;
  }
}

/**
 * What a closed window means. Windows shows a tray for certain: there the station goes on sending, with the desk locked, and
 * the camera is off because its page is gone. Elsewhere a tray may be invisible, and a program that nobody can reach is
 * worse than one that has ended.
 */
function stayOrEnd(supervisor: ElectronSupervisor, tray: StationTray): void {
  if (process.platform !== 'win32') return app.quit();
  supervisor.tellSystemEvent('lock-screen');
  tray.tellOfGoingOn();
}

function showTray(supervisor: ElectronSupervisor, icon: string, window: StationWindow): void {
  const tray = placeTray(icon, app.getLocale(), {
    open: () => window.show(),
    lock: () => supervisor.tellSystemEvent('lock-screen'),
    quit: () => app.quit(),
  });
  app.on('window-all-closed', () => stayOrEnd(supervisor, tray));
}

async function run(place: Place): Promise<void> {
  await app.whenReady();
  const files = readPageFiles(place.program.page);
  Menu.setApplicationMenu(null);
  restrictSession(session.defaultSession, log);
  protocol.handle(pageScheme, (request) => answerPageRequest(files, request));
  const policy = laidDown(log);
  let obey: ObeyUpdateOrder = () => undefined;
  const supervisor = await superviseBridge(place, policy, (order) => obey(order));
  stopBeforeQuit(supervisor);
  relaySystemEvents(
    powerMonitor,
    (event) => supervisor.tellSystemEvent(event),
    () => app.quit(),
  );
  servePage(supervisor);
  const window = new StationWindow(place.preload, {
    hasDevTools: !app.isPackaged,
    onSessionEnd: () => void supervisor.stop(),
  });
  window.open(place.options.isHidden);
  app.on('second-instance', () => window.show());
  showTray(supervisor, place.trayIcon, window);
  void offerUpdates(policy, supervisor).then((obeyed) => (obey = obeyed));
  if (place.options.printsAddress) console.log(readyLine(await supervisor.whenServing()));
}

/** Runs the station in Electron. `shellFolder` is the folder of the built shell. A second start shows the first one. */
export async function startElectronShell(argv: readonly string[], shellFolder: string): Promise<void> {
  const place = placeOf(argv, shellFolder);
  prepare(place.dataFolder);
  if (app.requestSingleInstanceLock()) await run(place);
  else app.quit();
}
