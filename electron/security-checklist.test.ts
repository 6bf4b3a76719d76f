import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  app,
  bridges,
  electronDouble,
  schemes,
  sessionDouble,
  WebContentsDouble,
  WindowDouble,
} from './electron-double.ts';
import { startElectronShell } from './electron-shell.ts';
import { electronItem, shellItem } from './security-items.ts';
import { isOwnRequest } from './security.ts';

vi.mock('electron', async () => (await import('./electron-double.ts')).electronDouble);

const page = 'enrol-desk://app/';
const foreign = [
  'https://evil.example/',
  'http://127.0.0.1:8080/',
  'enrol-desk://app.evil/',
  'enrol-desk://user@app/',
  'file:///etc/passwd',
  'about:blank',
  'data:text/html,x',
  'javascript:alert(1)',
  'not an address',
  '',
];

const sources = globSync('*.ts', { cwd: import.meta.dirname })
  .filter((name) => !/\.test\.ts$|-double\.ts$|security-items/.test(name))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, name), 'utf8') }));

const pageSources = globSync(['renderer/**/*.{ts,tsx,html,css}'], { cwd: join(import.meta.dirname, '..') })
  .filter((name) => !/\.test\.tsx?$|rehearsal/.test(name))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, '..', name), 'utf8') }));

/** Names of the sources that hold a text; comments count as well, which errs on the strict side. */
const withText = (pattern: RegExp, files = sources) =>
  files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

let folder = '';

/** A built program in a folder of its own, as far as the shell looks at it. */
function placeProgram(): string {
  const shell = join(folder, 'dist', 'electron');
  mkdirSync(shell, { recursive: true });
  mkdirSync(join(folder, 'dist', 'renderer'));
  writeFileSync(join(folder, 'dist', 'renderer', 'index.html'), '<meta content="__CSP_NONCE__">');
  writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.3" }');
  return shell;
}

const startShell = (...argv: string[]) =>
  startElectronShell(['program', '--data-folder', join(folder, 'data'), ...argv], placeProgram());

const openedWindow = () => WindowDouble.opened.at(-1) ?? expect.fail('no window');
const ownPage = () => openedWindow().webContents;
const forkedBridge = () => bridges.at(-1) ?? expect.fail('no bridge');

function attempt(url: string) {
  return { url, preventDefault: vi.fn() };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checklist-'));
  for (const emitter of [app, sessionDouble, electronDouble.powerMonitor, electronDouble.ipcMain])
    emitter.removeAllListeners();
  Object.assign(app, { calls: [], isFirst: true, isPackaged: true });
  Object.defineProperty(process, 'resourcesPath', { value: folder, configurable: true });
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('has sources to look at', () => {
  expect(sources.map(({ name }) => name)).toEqual(expect.arrayContaining(['electron-shell.ts', 'window.ts']));
  expect(pageSources.length).toBeGreaterThan(50);
});

describe(electronItem(1), () => {
  it('source: the page names no address outside itself', () => {
    // Names of XML namespaces are no addresses that anything is loaded from.
    const named = pageSources.flatMap(({ text }) => text.match(/\b(?:http|ws)s?:\/\/[^\s'"`)>]*/g) ?? []);
    const loaded = named.filter((url) => !url.startsWith('http://www.w3.org/'));
    // Samples shown in empty inputs and the page's own socket; nothing of them is loaded.
    expect(loaded.filter((url) => !/^(?:https:\/\/…?$|https?:\/\/$|ws:\/\/\$\{)/.test(url))).toEqual([]);
  });

  it('double: the window loads the page’s own scheme', async () => {
    await startShell();
    expect(openedWindow().loaded).toEqual([page]);
  });
});

describe(electronItem(2), () => {
  it('source: nothing switches it on', () => expect(withText(/nodeIntegration\w*: true/)).toEqual([]));

  it('double: off in the page, its workers and its frames', async () => {
    await startShell();
    expect(openedWindow().options.webPreferences).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
  });
});

describe(electronItem(3), () => {
  it('source: nothing switches it off', () => expect(withText(/contextIsolation: false/)).toEqual([]));

  it('double: on in the window', async () => {
    await startShell();
    expect(openedWindow().options.webPreferences?.contextIsolation).toBe(true);
  });
});

describe(electronItem(4), () => {
  it('source: nothing switches it off', () => expect(withText(/sandbox: false|no-sandbox/)).toEqual([]));

  it('double: on for every page before Electron is ready, and in the window', async () => {
    await startShell();
    expect(app.calls.indexOf('enableSandbox')).toBeGreaterThanOrEqual(0);
    expect(app.calls.indexOf('enableSandbox')).toBeLessThan(app.calls.indexOf('whenReady'));
    expect(openedWindow().options.webPreferences?.sandbox).toBe(true);
  });
});

describe(electronItem(5), () => {
  const asked = (permission: string, details: object): boolean => {
    const answers: boolean[] = [];
    // Given as a page would, with whatever it likes: the types are Electron's business, not an attacker's.
    sessionDouble.request?.(null as never, permission as never, (given) => answers.push(given), details as never);
    expect(answers).toHaveLength(1);
    return answers[0] === true;
  };
  const checked = (permission: string, origin: string, details: object) =>
    sessionDouble.check?.(null, permission as never, origin, details as never);
  const camera = { isMainFrame: true, requestingUrl: page, mediaTypes: ['video'] };
  const everyPermission =
    'clipboard-read clipboard-sanitized-write display-capture fullscreen geolocation idle-detection mediaKeySystem midi midiSysex notifications pointerLock keyboardLock openExternal speaker-selection storage-access top-level-storage-access window-management unknown fileSystem hid serial usb deprecated-sync-clipboard-read accessibility-events'.split(
      ' ',
    );

  it('double: the camera is given to our page, asked or checked', async () => {
    await startShell();
    expect(asked('media', camera)).toBe(true);
    expect(checked('media', page, { isMainFrame: true, mediaType: 'video' })).toBe(true);
  });

  it.each(everyPermission)('double: refused, asked or checked: %s', async (permission) => {
    await startShell();
    expect(asked(permission, camera)).toBe(false);
    expect(checked(permission, page, { isMainFrame: true })).toBe(false);
  });

  it.each(foreign)('double: the camera is refused to %j', async (url) => {
    await startShell();
    expect(asked('media', { ...camera, requestingUrl: url })).toBe(false);
    expect(checked('media', url, { isMainFrame: true, mediaType: 'video' })).toBe(false);
  });

  it('double: sound, frames, devices and the screen are refused', async () => {
    await startShell();
    expect(asked('media', { ...camera, mediaTypes: ['audio', 'video'] })).toBe(false);
    expect(asked('media', { ...camera, isMainFrame: false })).toBe(false);
    for (const deviceType of ['hid', 'serial', 'usb'] as const) {
      expect(sessionDouble.device?.({ deviceType, origin: page } as never)).toBe(false);
    }
    const shown: unknown[] = [];
    sessionDouble.display?.({} as never, (streams) => shown.push(streams));
    expect(shown).toEqual([{}]);
  });
});

describe(electronItem(6), () => {
  it('source: nothing switches it off', () => expect(withText(/webSecurity: false/)).toEqual([]));

  it('double: on in the window', async () => {
    await startShell();
    expect(openedWindow().options.webPreferences?.webSecurity).toBe(true);
  });
});

describe(electronItem(7), () => {
  const answerTo = async (url: string, method = 'GET') => {
    const handler = schemes.handlers.get('enrol-desk') ?? expect.fail('no handler');
    return handler(new Request(url, { method }));
  };

  it('double: every answer of the scheme carries it, without anything unsafe', async () => {
    await startShell();
    for (const url of [page, `${page}missing`]) {
      const policy = (await answerTo(url)).headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/);
      expect(policy).toContain(`frame-ancestors 'none'`);
      expect(policy).not.toMatch(/unsafe|\*/);
    }
  });
});

describe(electronItem(8), () => {
  it('source: nowhere named', () => expect(withText(/allowRunningInsecureContent/)).toEqual([]));
});

describe(electronItem(9), () => {
  it('source: nowhere named', () => expect(withText(/experimentalFeatures/)).toEqual([]));
});

describe(electronItem(10), () => {
  it('source: nowhere named', () => expect(withText(/enableBlinkFeatures|enable-blink-features/)).toEqual([]));
});

describe(electronItem(11), () => {
  it('source: nowhere named', () => {
    expect(withText(/allowpopups|<webview/i, [...sources, ...pageSources])).toEqual([]);
  });
});

describe(electronItem(12), () => {
  it('double: the tag is off, and attaching one is prevented all the same', async () => {
    await startShell();
    expect(openedWindow().options.webPreferences?.webviewTag).toBe(false);
    const attaching = attempt(page);
    ownPage().emit('will-attach-webview', attaching);
    expect(attaching.preventDefault).toHaveBeenCalledOnce();
  });
});

describe(electronItem(13), () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('double: %s stays at home', async (event) => {
    await startShell();
    const attempts = [page, ...foreign].map(attempt);
    for (const each of attempts) ownPage().emit(event, each);
    const stopped = attempts.filter(({ preventDefault }) => preventDefault.mock.calls.length > 0);
    expect(stopped.map(({ url }) => url)).toEqual(foreign);
  });
});

describe(electronItem(14), () => {
  it.each([page, ...foreign])('double: denied for %j', async (url) => {
    await startShell();
    expect(ownPage().windowOpen?.({ url } as never)).toEqual({ action: 'deny' });
  });

  it('double: a page that something else made is confined as well', async () => {
    await startShell();
    const other = new WebContentsDouble();
    app.emit('web-contents-created', {}, other);
    expect(other.windowOpen?.({ url: page } as never)).toEqual({ action: 'deny' });
  });
});

describe(electronItem(15), () => {
  it('source: nothing is opened outside at all', () => {
    expect(withText(/openExternal\(|openPath\(|showItemInFolder|\bshell\b.*from 'electron'/)).toEqual([]);
  });
});

describe(electronItem(17), () => {
  it('source: one place listens, and it checks', () => {
    expect(withText(/\bipcMain\b/)).toEqual(['security.ts']);
    expect(sources.find(({ name }) => name === 'security.ts')?.text).not.toMatch(/ipcMain\.(?:handle|once)/);
  });

  it('double: only the top frame of our page gets a port', async () => {
    await startShell();
    forkedBridge().emit('message', { kind: 'ready' });
    const from = (url: string, parent: unknown = null) => {
      const sender = new WebContentsDouble();
      electronDouble.ipcMain.emit('station-port', { sender, senderFrame: { url, parent } });
      return sender;
    };
    const refused = [...foreign.map((url) => from(url)), from(page, {})];
    const own = from(page);
    await vi.waitFor(() => expect(own.posted).toHaveLength(1));
    expect(refused.flatMap(({ posted }) => posted)).toEqual([]);
  });
});

describe(electronItem(18), () => {
  it('source: no file is loaded', () => expect(withText(/file:\/\/|loadFile/)).toEqual([]));

  it('double: the scheme is registered before Electron is ready, without bypassing anything', async () => {
    await startShell();
    expect(schemes.registered).toEqual([
      { scheme: 'enrol-desk', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect(app.calls.indexOf('registerSchemes')).toBeLessThan(app.calls.indexOf('whenReady'));
  });

  it.each([
    'enrol-desk://app/../package.json',
    'enrol-desk://app/..%2f..%2fpackage.json',
    'enrol-desk://app/%2e%2e/%2e%2e/etc/passwd',
    'enrol-desk://app/..\\..\\package.json',
    'enrol-desk://app//etc/passwd',
    'enrol-desk://app/index.html%00.js',
  ])('double: no way out of the page’s files: %s', async (url) => {
    await startShell();
    const handler = schemes.handlers.get('enrol-desk') ?? expect.fail('no handler');
    const answer = await handler(new Request(url));
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('Not found');
  });

  it('double: neither another host nor another method', async () => {
    await startShell();
    const handler = schemes.handlers.get('enrol-desk') ?? expect.fail('no handler');
    const ask = async (url: string, method: string) => (await handler(new Request(url, { method }))).status;
    expect(await ask('enrol-desk://evil/', 'GET')).toBe(421);
    expect(await ask(page, 'POST')).toBe(405);
  });
});

describe(electronItem(20), () => {
  it('source: the preload hands on a port and nothing of Electron', () => {
    expect(withText(/exposeInMainWorld|contextBridge\.|executeJavaScript/)).toEqual([]);
    const preload = sources.find(({ name }) => name === 'preload.ts')?.text ?? expect.fail('no preload');
    expect(preload.match(/^import .*$/gm)).toEqual([`import { ipcRenderer } from 'electron';`]);
    expect(preload.match(/ipcRenderer\.\w+\([^,)]*/g)).toEqual([
      `ipcRenderer.send('station-port'`,
      `ipcRenderer.on('station-port'`,
    ]);
  });
});

describe(shellItem('one instance for one data folder'), () => {
  it('double: a second start ends without opening anything', async () => {
    app.isFirst = false;
    const before = WindowDouble.opened.length;
    await startShell();
    expect(app.calls).toContain('quit');
    expect(WindowDouble.opened).toHaveLength(before);
  });

  it('double: the first one shows itself then', async () => {
    await startShell();
    app.emit('second-instance');
    expect(openedWindow().focused).toBe(1);
  });
});

describe(shellItem('no request leaves the program'), () => {
  it.each(['https://evil.example/x', 'http://127.0.0.1:1/', 'ws://127.0.0.1:1/', 'file:///etc/passwd', 'ftp://x/'])(
    'double: stopped: %s',
    async (url) => {
      await startShell();
      const answers: unknown[] = [];
      sessionDouble.beforeRequest?.({ url, resourceType: 'image' } as never, (answer) => answers.push(answer));
      expect(answers).toEqual([{ cancel: true }]);
    },
  );

  it('double: the page’s own go through', () => {
    for (const url of [page, `${page}assets/a.js`, 'blob:enrol-desk://app/1', 'data:image/png;base64,'])
      expect(isOwnRequest(url), url).toBe(true);
  });
});

describe(shellItem('downloads are files of our own page'), () => {
  const download = (url: string, name: string) => {
    const event = attempt(url);
    sessionDouble.emit('will-download', event, {
      getURL: () => url,
      getFilename: () => name,
      setSaveDialogOptions: () => undefined,
    });
    return event.preventDefault.mock.calls.length === 0;
  };

  it('double: the page’s reports are kept', async () => {
    await startShell();
    expect(download('blob:enrol-desk://app/0b1f', 'reader-self-test.json')).toBe(true);
  });

  it.each([
    ['https://evil.example/report.json', 'report.json'],
    ['blob:https://evil.example/1', 'report.json'],
    ['blob:enrol-desk://app.evil/1', 'report.json'],
    ['blob:enrol-desk://app/1', 'report.exe'],
    ['blob:enrol-desk://app/1', 'report.json.bat'],
    ['blob:enrol-desk://app/1', 'report.html'],
    ['data:application/json,1', 'report.json'],
    ['file:///etc/passwd', 'passwd.txt'],
  ])('double: %s as %s is not', async (url, name) => {
    await startShell();
    expect(download(url, name)).toBe(false);
  });

  it('source: nothing is printed without the system’s dialog', () => {
    expect(withText(/\.print\(|printToPDF|silent: true/)).toEqual([]);
  });
});

describe(shellItem('no developer tools in a package'), () => {
  it.each([true, false])('double: packaged %s', async (isPackaged) => {
    app.isPackaged = isPackaged;
    await startShell();
    expect(openedWindow().options.webPreferences?.devTools).toBe(!isPackaged);
    expect(app.calls).toContain('no menu');
  });

  it('source: nothing opens them', () => expect(withText(/openDevTools|remote-debugging/)).toEqual([]));
});

describe(shellItem('the key store is recorded and its change told'), () => {
  it('double: the station is started with its name', async () => {
    await startShell();
    const name = { linux: 'gnome_libsecret', win32: 'dpapi' }[process.platform as 'linux'];
    expect(forkedBridge().received[0]).toMatchObject({
      kind: 'start',
      options: { shell: { kind: 'electron', keyStore: { now: name, isProtected: true } } },
    });
  });

  it('double: and with what it was before', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'key-store'), 'kwallet6\n');
    await startShell();
    expect(forkedBridge().received[0]).toMatchObject({ options: { shell: { keyStore: { before: 'kwallet6' } } } });
    expect(readFileSync(join(folder, 'data', 'key-store'), 'utf8')).not.toContain('kwallet6');
  });
});

describe(shellItem('the station learns of sleep and of a locked screen'), () => {
  it('double: each event reaches the bridge that serves', async () => {
    await startShell();
    const events = ['suspend', 'resume', 'lock-screen', 'unlock-screen'];
    electronDouble.powerMonitor.emit('suspend');
    forkedBridge().emit('message', { kind: 'ready' });
    for (const event of events) electronDouble.powerMonitor.emit(event);
    const told = forkedBridge().received.filter(({ kind }) => kind === 'system');
    expect(told).toEqual(events.map((event) => ({ kind: 'system', event })));
  });
});

describe(shellItem('the end waits until everything is put away'), () => {
  const stopsAsked = () => forkedBridge().received.filter(({ kind }) => kind === 'stop').length;

  it('double: quitting is put off until the bridge has stopped', async () => {
    await startShell();
    forkedBridge().emit('message', { kind: 'ready' });
    app.emit('window-all-closed');
    expect(app.calls).toContain('quit put off');
    await vi.waitFor(() => expect(app.calls).toContain('quit'));
    expect(stopsAsked()).toBe(1);
  });

  it('double: a machine that shuts down is asked to wait', async () => {
    await startShell();
    const shutdown = { preventDefault: vi.fn() };
    electronDouble.powerMonitor.emit('shutdown', shutdown);
    expect(shutdown.preventDefault).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(app.calls).toContain('quit'));
    expect(stopsAsked()).toBe(1);
  });

  it('double: a user who is signed out by Windows has the station stopped at once', async () => {
    await startShell();
    openedWindow().emit('session-end');
    await vi.waitFor(() => expect(stopsAsked()).toBe(1));
  });
});

describe(shellItem('a crashed page or bridge begins anew'), () => {
  it('double: a page is loaded again, but not for ever', async () => {
    await startShell();
    for (let crash = 0; crash < 10; crash++) ownPage().emit('render-process-gone', {}, { reason: 'crashed' });
    expect(ownPage().reloads).toBe(3);
  });

  it('double: a page that ended by itself is left', async () => {
    await startShell();
    ownPage().emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(ownPage().reloads).toBe(0);
  });

  it('double: a bridge is forked again', async () => {
    await startShell();
    const first = forkedBridge();
    vi.useFakeTimers();
    first.emit('exit', 1);
    vi.runOnlyPendingTimers();
    vi.useRealTimers();
    expect(forkedBridge()).not.toBe(first);
  });
});
