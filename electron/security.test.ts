import type { IpcMainEvent } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isFromPage, keepAtHome, mayUse, onPageMessage } from './security.ts';

const { ipc } = await vi.hoisted(async () => {
  const events = await import('node:events');
  return { ipc: new events.EventEmitter() };
});
vi.mock('electron', () => ({ ipcMain: ipc }));

const page = 'enrol-desk://app/';
const foreign = [
  'https://evil.example/',
  'enrol-desk://app.evil/',
  'enrol-desk://evil/app/',
  'enrol-desk://user@app/',
  'file:///etc/passwd',
  'about:blank',
  'data:text/html,x',
  'javascript:alert(1)',
  'not an address',
  '',
];

beforeEach(() => void ipc.removeAllListeners());

describe('a message', () => {
  const from = (url: string, parent: unknown = null) => ({ senderFrame: { url, parent } });

  it('is heard from the top frame of the page', () => {
    expect(isFromPage(from(page))).toBe(true);
    expect(isFromPage(from(`${page}index.html?x#y`))).toBe(true);
  });

  it('is not heard from a frame inside it, nor from one that is gone', () => {
    expect(isFromPage(from(page, from(page)))).toBe(false);
    expect(isFromPage({ senderFrame: null })).toBe(false);
  });

  it.each(foreign)('is not heard from %j', (url) => {
    expect(isFromPage(from(url))).toBe(false);
  });

  it('reaches its listener only after that check', () => {
    const heard: unknown[] = [];
    onPageMessage('station-port', (event) => heard.push(event));
    const good = from(page) as unknown as IpcMainEvent;
    ipc.emit('station-port', from('https://evil.example/'));
    ipc.emit('station-port', good);
    expect(heard).toEqual([good]);
  });
});

describe('a permission', () => {
  const camera = { isMainFrame: true, requestingUrl: page, mediaTypes: ['video'] };

  it('is given for the camera, asked or checked', () => {
    expect(mayUse('media', page, camera)).toBe(true);
    expect(mayUse('media', page, { isMainFrame: true, mediaType: 'video' })).toBe(true);
  });

  it.each([['audio'], ['video', 'audio'], []])('is not given for the media %j', (...mediaTypes) => {
    expect(mayUse('media', page, { ...camera, mediaTypes })).toBe(false);
  });

  it('is not given for sound that is only checked, nor for nothing in particular', () => {
    expect(mayUse('media', page, { isMainFrame: true, mediaType: 'audio' })).toBe(false);
    expect(mayUse('media', page, { isMainFrame: true })).toBe(false);
  });

  it.each(['geolocation', 'notifications', 'hid', 'serial', 'usb', 'clipboard-read', 'display-capture', 'fileSystem'])(
    'is not given for %s',
    (permission) => {
      expect(mayUse(permission, page, camera)).toBe(false);
    },
  );

  it.each(foreign)('is not given to %j', (url) => {
    expect(mayUse('media', url, camera)).toBe(false);
  });

  it('is not given to a frame inside the page', () => {
    expect(mayUse('media', page, { ...camera, isMainFrame: false })).toBe(false);
  });
});

describe('a page', () => {
  it('stays at home', () => {
    const attempts = [page, ...foreign].map((url) => ({ url, preventDefault: vi.fn() }));
    for (const attempt of attempts) keepAtHome(attempt);
    const prevented = attempts.filter((attempt) => attempt.preventDefault.mock.calls.length > 0);
    expect(prevented.map(({ url }) => url)).toEqual(foreign);
  });
});
