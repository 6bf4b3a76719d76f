import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  Menu,
  Protocol,
  SafeStorage,
  Session,
  Tray,
  UtilityProcess,
  WebContents,
  WebRequest,
} from 'electron';
import { EventEmitter } from 'node:events';

/*
 * For tests: a double of as much of Electron as the shell uses. Every member is declared by Electron's own types, so that
 * a double which has grown apart from them does not compile; what is not here the shell cannot use in a test at all.
 */

type Handler<Setter extends (...given: never[]) => unknown> = NonNullable<Parameters<Setter>[0]>;

export class SessionDouble
  extends EventEmitter
  implements
    Pick<
      Session,
      | 'setPermissionRequestHandler'
      | 'setPermissionCheckHandler'
      | 'setDevicePermissionHandler'
      | 'setDisplayMediaRequestHandler'
    >
{
  request: Handler<Session['setPermissionRequestHandler']> | undefined;
  check: Handler<Session['setPermissionCheckHandler']> | undefined;
  device: Handler<Session['setDevicePermissionHandler']> | undefined;
  display: Handler<Session['setDisplayMediaRequestHandler']> | undefined;
  beforeRequest: Handler<WebRequest['onBeforeRequest']> | undefined;

  readonly webRequest = {
    onBeforeRequest: (handler: Handler<WebRequest['onBeforeRequest']>) => void (this.beforeRequest = handler),
  };
  setPermissionRequestHandler(handler: Parameters<Session['setPermissionRequestHandler']>[0]): void {
    this.request = handler ?? undefined;
  }
  setPermissionCheckHandler(handler: Parameters<Session['setPermissionCheckHandler']>[0]): void {
    this.check = handler ?? undefined;
  }
  setDevicePermissionHandler(handler: Parameters<Session['setDevicePermissionHandler']>[0]): void {
    this.device = handler ?? undefined;
  }
  setDisplayMediaRequestHandler(handler: Parameters<Session['setDisplayMediaRequestHandler']>[0]): void {
    this.display = handler ?? undefined;
  }
}

export class WebContentsDouble
  extends EventEmitter
  implements Pick<WebContents, 'setWindowOpenHandler' | 'reload' | 'isDestroyed' | 'postMessage'>
{
  windowOpen: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined;
  reloads = 0;
  readonly posted: Parameters<WebContents['postMessage']>[] = [];
  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.windowOpen = handler;
  }
  reload(): void {
    this.reloads++;
  }
  isDestroyed(): boolean {
    return false;
  }
  postMessage(...message: Parameters<WebContents['postMessage']>): void {
    this.posted.push(message);
  }
}

export class WindowDouble
  extends EventEmitter
  implements Pick<BrowserWindow, 'loadURL' | 'maximize' | 'isMinimized' | 'restore' | 'focus'>
{
  static opened: WindowDouble[] = [];
  readonly options: BrowserWindowConstructorOptions;
  readonly loaded: string[] = [];
  readonly webContents = new WebContentsDouble();
  focused = 0;
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    WindowDouble.opened.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
  }
  maximize(): void {}
  isMinimized(): boolean {
    return false;
  }
  restore(): void {}
  focus(): void {
    this.focused++;
  }
}

class AppDouble
  extends EventEmitter
  implements
    Pick<
      App,
      'enableSandbox' | 'setPath' | 'whenReady' | 'isPackaged' | 'requestSingleInstanceLock' | 'exit' | 'getLocale'
    >
{
  /** What was called, in its order. */
  calls: string[] = [];
  isPackaged = true;
  isFirst = true;
  locale = 'zh-CN';
  readonly commandLine = { appendSwitch: (name: string) => void this.calls.push(`switch ${name}`) };
  enableSandbox(): void {
    this.calls.push('enableSandbox');
  }
  setPath(name: string): void {
    this.calls.push(`setPath ${name}`);
  }
  async whenReady(): Promise<void> {
    this.calls.push('whenReady');
  }
  getLocale(): string {
    return this.locale;
  }
  requestSingleInstanceLock(): boolean {
    return this.isFirst;
  }
  /** Electron asks with `before-quit` first; whoever prevents it goes on. */
  quit(): void {
    let isPrevented = false;
    this.emit('before-quit', { preventDefault: () => (isPrevented = true) });
    this.calls.push(isPrevented ? 'quit put off' : 'quit');
  }
  exit(): void {
    this.calls.push('exit');
  }
}

class BridgeDouble extends EventEmitter implements Pick<UtilityProcess, 'postMessage' | 'pid'> {
  static forked: BridgeDouble[] = [];
  readonly pid = undefined;
  readonly received: { readonly kind: string }[] = [];
  readonly environment: NodeJS.ProcessEnv | undefined;
  constructor(environment: NodeJS.ProcessEnv | undefined) {
    super();
    this.environment = environment;
    BridgeDouble.forked.push(this);
  }
  postMessage(message: { readonly kind: string }): void {
    this.received.push(message);
    if (message.kind === 'stop') {
      this.emit('message', { kind: 'stopped' });
      this.emit('exit', 0);
    }
  }
}

export const app = new AppDouble();
export const sessionDouble = new SessionDouble();
export const bridges = BridgeDouble.forked;

const keyStore: Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
> = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: async (text) => Buffer.from(text).reverse(),
  decryptStringAsync: async (bytes) => ({ result: Buffer.from(bytes).reverse().toString(), shouldReEncrypt: false }),
};

type ProtocolUsed = Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

export const schemes = {
  registered: [] as Parameters<ProtocolUsed['registerSchemesAsPrivileged']>[0],
  handlers: new Map<string, Parameters<ProtocolUsed['handle']>[1]>(),
};

const protocol: ProtocolUsed = {
  registerSchemesAsPrivileged: (given) => {
    app.calls.push('registerSchemes');
    schemes.registered = given;
  },
  handle: (scheme, handler) => void schemes.handlers.set(scheme, handler),
};

const dialog: Pick<Dialog, 'showErrorBox'> = { showErrorBox: (title) => void app.calls.push(`error ${title}`) };
/** A menu as its template. */
class MenuDouble {
  readonly template: Parameters<typeof Menu.buildFromTemplate>[0];
  constructor(template: Parameters<typeof Menu.buildFromTemplate>[0]) {
    this.template = template;
  }
  static readonly setApplicationMenu: (typeof Menu)['setApplicationMenu'] = (given) =>
    void (given === null && app.calls.push('no menu'));
  static readonly buildFromTemplate = (template: Parameters<typeof Menu.buildFromTemplate>[0]): MenuDouble =>
    new MenuDouble(template);
}

export class TrayDouble extends EventEmitter implements Pick<Tray, 'setToolTip' | 'displayBalloon'> {
  static placed: TrayDouble[] = [];
  readonly icon: string;
  toolTip = '';
  menu: MenuDouble | undefined;
  readonly balloons: Parameters<Tray['displayBalloon']>[0][] = [];
  constructor(icon: string) {
    super();
    this.icon = icon;
    TrayDouble.placed.push(this);
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setContextMenu(menu: MenuDouble): void {
    this.menu = menu;
  }
  displayBalloon(balloon: Parameters<Tray['displayBalloon']>[0]): void {
    this.balloons.push(balloon);
  }
  /** As a click on the entry of that name does. */
  choose(label: string): void {
    const entry = this.menu?.template.find((item) => item.label === label);
    // The entries are our own and use nothing that a click hands over.
    (entry?.click as (() => void) | undefined)?.();
  }
}

/** Stands for a port; the shell only hands ports on. */
class PortDouble extends EventEmitter {}

/** What `import … from 'electron'` gives in a test. */
export const electronDouble = {
  app,
  session: { defaultSession: sessionDouble },
  BrowserWindow: WindowDouble,
  dialog,
  Menu: MenuDouble,
  Tray: TrayDouble,
  protocol,
  safeStorage: keyStore,
  powerMonitor: new EventEmitter(),
  ipcMain: new EventEmitter() as EventEmitter & Pick<IpcMain, 'on'>,
  utilityProcess: {
    fork: (_script: string, _argv: string[], options: { readonly env?: NodeJS.ProcessEnv }) =>
      new BridgeDouble(options.env),
  },
  MessageChannelMain: class {
    readonly port1 = new PortDouble();
    readonly port2 = new PortDouble();
  },
};
