import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { app, electronDouble, schemes, sessionDouble, WebContentsDouble } from './electron-double.ts';
import { electronItem } from './security-items.ts';
import {
  attempt,
  forkedBridge,
  openedWindow,
  ownPage,
  sources,
  startShell,
  useDouble,
  withText,
} from './shell-on-double.ts';

vi.mock('electron', async () => (await import('./electron-double.ts')).electronDouble);

useDouble();

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

const pageSources = globSync(['renderer/**/*.{ts,tsx,html,css}'], { cwd: join(import.meta.dirname, '..') })
  .filter((name) => !/\.test\.tsx?$|rehearsal/.test(name))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, '..', name), 'utf8') }));

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
      { scheme: 'enrol-desk', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
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
