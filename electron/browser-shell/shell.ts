import { join } from 'node:path';
import { StationError } from '../../native-bridge/contract/errors.ts';
import { loadOrCreateKeyFile, replaceKeyFile } from '../../native-bridge/store/data-key.ts';
import { openDataFolder } from '../data-folder.ts';
import { readPageFiles } from '../page-files.ts';
import { programFiles, startOptions } from '../program-files.ts';
import { readyLine } from '../ready-line.ts';
import type { ShellOptions } from '../shell-options.ts';
import { Supervisor } from '../supervisor.ts';
import { laidDown } from '../deployment-policy.ts';
import { forkBridge } from './forked-bridge.ts';
import { StationWindow } from './open-window.ts';
import { type PageServer, type PageServerOptions, startPageServer } from './page-server.ts';
import { rememberedPort, rememberPort } from './remembered-port.ts';
import { claimDataFolder } from './single-instance.ts';

/** For the person at the terminal; standard output belongs to the line for programs. */
const say = (line: string) => console.error(line);

type ServerOptions = Omit<PageServerOptions, 'port'>;

/** Another program may have taken the port of last time; then any other will do. */
async function startOnUsualPort(dataFolder: string, options: ServerOptions): Promise<PageServer> {
  const onAnyPort = () => startPageServer({ ...options, port: 0 });
  const server = await startPageServer({ ...options, port: rememberedPort(dataFolder) }).catch(onAnyPort);
  rememberPort(dataFolder, server.port);
  return server;
}

const startServer = (port: number | undefined, dataFolder: string, options: ServerOptions): Promise<PageServer> =>
  port === undefined ? startOnUsualPort(dataFolder, options) : startPageServer({ ...options, port });

/** Undefined for a key file that holds no key: the station asks for the recovery key then. */
function ownKey(keyFile: string): Uint8Array | undefined {
  try {
    return loadOrCreateKeyFile(keyFile);
  } catch (cause) {
    if (cause instanceof StationError && cause.code === 'store.wrong-key') return undefined;
    throw cause;
  }
}

/** Bridge, server and window of one station. */
class BrowserShell {
  readonly ended = Promise.withResolvers<void>();
  readonly #options: ShellOptions;
  readonly #supervisor: Supervisor;
  readonly #server: PageServer;
  readonly #window: StationWindow;
  #wasConnected = false;

  private constructor(options: ShellOptions, dataFolder: string, supervisor: Supervisor, server: PageServer) {
    this.#options = options;
    this.#supervisor = supervisor;
    this.#server = server;
    this.#window = new StationWindow(dataFolder, () => this.#windowClosed());
  }

  static async start(options: ShellOptions, shellFolder: string, dataFolder: string): Promise<BrowserShell> {
    const program = programFiles(shellFolder);
    const keyFile = join(dataFolder, 'store-key');
    const { proxy } = laidDown(say);
    const supervisor = new Supervisor({
      spawn: () => forkBridge(program.bridge, { proxy, compiledCode: join(dataFolder, 'compiled-code') }),
      startOptions: startOptions(program, dataFolder, ownKey(keyFile), options, {
        kind: 'browser',
        keyStore: { now: 'key-file', isProtected: false },
      }),
      keepKey: (key) => replaceKeyFile(keyFile, key),
      log: say,
    });
    const server = await startServer(options.port, dataFolder, {
      readFiles: () => readPageFiles(program.page),
      whenServing: () => supervisor.whenServing(),
      onClient: (channel) => {
        shell.#wasConnected = true;
        supervisor.openClient(channel);
      },
    });
    const shell = new BrowserShell(options, dataFolder, supervisor, server);
    return shell;
  }

  /** Starts the station and makes its page ready, which a browser that has just been opened asks for much later. */
  startStation(): void {
    this.#supervisor.start();
    this.#server.readPage();
  }

  /** Opens the window, or says where the page is when there is none to be opened. */
  show(): void {
    const address = this.#server.issueAddress();
    if (this.#options.isHidden || !this.#window.open(address)) this.#sayAddress(address);
  }

  async printReadyLine(): Promise<void> {
    const service = await this.#supervisor.whenServing();
    console.log(readyLine(service, this.#server.issueAddress()));
  }

  async close(): Promise<void> {
    this.#window.close();
    await this.#server.close();
    await this.#supervisor.stop();
  }

  #sayAddress(address: string): void {
    say(`Open this address in a browser on this machine; it works once, starting the program again gives another one:`);
    say(address);
  }

  /** A browser that ended before its page was there has handed the address on to another one, or could not start. */
  #windowClosed(): void {
    if (this.#wasConnected) this.ended.resolve();
    else this.#sayAddress(this.#server.issueAddress());
  }
}

function endOnSignals(end: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}

async function run(
  options: ShellOptions,
  shellFolder: string,
  dataFolder: string,
  onShell: (shell: BrowserShell) => void,
) {
  const shell = await BrowserShell.start(options, shellFolder, dataFolder);
  endOnSignals(() => shell.ended.resolve());
  onShell(shell);
  // A browser takes longer to be there than the station, so it is the first to begin.
  if (!options.printsAddress || !options.isHidden) shell.show();
  shell.startStation();
  // Stopped before the bridge was there: no line.
  if (options.printsAddress) shell.printReadyLine().catch(() => undefined);
  await shell.ended.promise;
  await shell.close();
}

/**
 * Runs a station until its window is closed or a signal ends it. `shellFolder` is the folder of the built shell. Resolves
 * after the bridge has put everything away; rejects when the station cannot be started at all.
 */
export async function runBrowserShell(options: ShellOptions, shellFolder: string): Promise<void> {
  const dataFolder = openDataFolder(options.dataFolder);
  let running: BrowserShell | undefined;
  const release = await claimDataFolder(dataFolder, () => running?.show());
  if (release === undefined) return say('The station is running already; it was asked to show itself.');
  try {
    await run(options, shellFolder, dataFolder, (shell) => (running = shell));
  } finally {
    release();
  }
}
