import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrowser } from './installed-browser.ts';
import { planWindow, type WindowSurroundings } from './open-window.ts';

const onLinux: WindowSurroundings = {
  platform: 'linux',
  environment: { DISPLAY: ':0' },
  isRoot: false,
  browser: '/usr/bin/chromium',
  home: '/home/operator',
};
const url = 'http://127.0.0.1:8123/start?token=abc';
const plan = (given: Partial<WindowSurroundings>) => planWindow(url, '/data', { ...onLinux, ...given });

describe('the window', () => {
  it('is an app window with a profile of its own that talks to nobody', () => {
    const { program, argv } = plan({}) ?? expect.fail('no window');
    expect(program).toBe('/usr/bin/chromium');
    expect(argv).toEqual(
      expect.arrayContaining([
        `--app=${url}`,
        `--user-data-dir=${join('/data', 'browser-profile')}`,
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
        '--autoplay-policy=no-user-gesture-required',
      ]),
    );
  });

  it('keeps its sandbox, except for root on Linux who cannot have one', () => {
    expect(plan({})?.argv).not.toContain('--no-sandbox');
    expect(plan({ isRoot: true })?.argv).toContain('--no-sandbox');
    expect(plan({ isRoot: true, platform: 'win32' })?.argv).not.toContain('--no-sandbox');
  });

  it('is not there without a display or a browser', () => {
    expect(plan({ environment: {} })).toBeUndefined();
    expect(plan({ browser: undefined })).toBeUndefined();
    expect(plan({ environment: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeDefined();
    expect(plan({ environment: {}, platform: 'win32' })).toBeDefined();
  });

  it('keeps its profile where a snap may write', () => {
    const { argv } = plan({ browser: '/snap/bin/chromium' }) ?? expect.fail('no window');
    expect(argv).toContain('--user-data-dir=/home/operator/snap/chromium/common/enrol-desk');
  });
});

describe('the browser', () => {
  const found = (platform: NodeJS.Platform, environment: Record<string, string>, installed: readonly string[]) =>
    findBrowser({ platform, environment, isProgram: (path) => installed.includes(path) });

  it('is looked for in the path on Linux', () => {
    expect(found('linux', { PATH: '/bin:/usr/bin' }, ['/usr/bin/google-chrome'])).toBe('/usr/bin/google-chrome');
    expect(found('linux', { PATH: '/bin' }, ['/usr/bin/google-chrome'])).toBeUndefined();
  });

  it('is Edge on Windows when there is nothing else', () => {
    const environment = { 'ProgramFiles(x86)': 'C:', LOCALAPPDATA: 'L:' };
    const edge = join('C:', 'Microsoft', 'Edge', 'Application', 'msedge.exe');
    const chrome = join('L:', 'Google', 'Chrome', 'Application', 'chrome.exe');
    expect(found('win32', environment, [edge])).toBe(edge);
    expect(found('win32', environment, [edge, chrome])).toBe(chrome);
  });

  it('can be named', () => {
    const environment = { PATH: '/usr/bin', ENROL_DESK_BROWSER: '/opt/browser' };
    expect(found('linux', environment, ['/opt/browser', '/usr/bin/chromium'])).toBe('/opt/browser');
    expect(found('linux', environment, ['/usr/bin/chromium'])).toBe('/usr/bin/chromium');
  });
});
