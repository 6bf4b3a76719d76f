import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { app, electronDouble, sessionDouble, TrayDouble, WindowDouble } from './electron-double.ts';
import { shellItem } from './security-items.ts';
import { isOwnRequest } from './security.ts';
import {
  attempt,
  forkedBridge,
  openedWindow,
  ownPage,
  placedTray,
  startShell,
  testFolder,
  useDouble,
  withText,
} from './shell-on-double.ts';

vi.mock('electron', async () => (await import('./electron-double.ts')).electronDouble);

useDouble();

const page = 'enrol-desk://app/';

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
    mkdirSync(join(testFolder(), 'data'));
    writeFileSync(join(testFolder(), 'data', 'key-store'), 'kwallet6\n');
    await startShell();
    expect(forkedBridge().received[0]).toMatchObject({ options: { shell: { keyStore: { before: 'kwallet6' } } } });
    expect(readFileSync(join(testFolder(), 'data', 'key-store'), 'utf8')).not.toContain('kwallet6');
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

describe(shellItem('a closed window locks the desk, or ends the program'), () => {
  const { platform } = process;
  const on = (name: NodeJS.Platform) => Object.defineProperty(process, 'platform', { value: name });
  afterEach(() => Object.defineProperty(process, 'platform', { value: platform }));

  const closeWindow = () => {
    openedWindow().emit('closed');
    app.emit('window-all-closed');
  };
  const locks = () =>
    forkedBridge().received.filter((message) => 'event' in message && message.event === 'lock-screen');

  it('double: on Windows the station goes on, locked, and says so once', async () => {
    await startShell();
    forkedBridge().emit('message', { kind: 'ready' });
    on('win32');
    closeWindow();
    expect(app.calls).not.toContain('quit put off');
    expect(locks()).toHaveLength(1);
    placedTray().emit('click');
    closeWindow();
    expect(locks()).toHaveLength(2);
    expect(placedTray().balloons).toHaveLength(1);
  });

  it.each(['linux', 'darwin'] as const)('double: on %s the program ends', async (name) => {
    await startShell();
    on(name);
    closeWindow();
    expect(app.calls).toContain('quit put off');
    expect(placedTray().balloons).toEqual([]);
  });

  it('double: the tray opens a new window for a closed one, and shows an open one', async () => {
    await startShell();
    const first = openedWindow();
    placedTray().choose('打开采集台');
    expect(openedWindow()).toBe(first);
    expect(first.focused).toBe(1);
    first.emit('closed');
    placedTray().emit('click');
    expect(openedWindow()).not.toBe(first);
    expect(openedWindow().options.webPreferences).toEqual(first.options.webPreferences);
  });

  it('double: the tray locks the desk, and ends the program when all is put away', async () => {
    await startShell();
    forkedBridge().emit('message', { kind: 'ready' });
    placedTray().choose('锁定');
    expect(locks()).toHaveLength(1);
    placedTray().choose('退出');
    await vi.waitFor(() => expect(app.calls).toContain('quit'));
  });

  it.each([
    ['zh-CN', '打开采集台'],
    ['zh-TW', '打开采集台'],
    ['en-GB', 'Open Enrol Desk'],
    ['de', 'Open Enrol Desk'],
  ])('double: the tray speaks the system’s language: %s', async (locale, first) => {
    app.locale = locale;
    await startShell();
    expect(placedTray().menu?.template[0]?.label).toBe(first);
  });

  it('double: the icon lies beside the shell', async () => {
    await startShell();
    expect(placedTray().icon).toBe(join(testFolder(), 'dist', 'electron', 'tray.png'));
    expect(TrayDouble.placed.length).toBeGreaterThan(0);
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
