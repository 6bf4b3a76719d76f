import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const { ipc, sent } = await vi.hoisted(async () => {
  const events = await import('node:events');
  const sent: string[] = [];
  return { sent, ipc: Object.assign(new events.EventEmitter(), { send: (channel: string) => sent.push(channel) }) };
});
vi.mock('electron', () => ({ ipcRenderer: ipc }));

/** The page's window, as much of it as the preload touches. */
class FakeWindow extends EventEmitter {
  readonly location = { origin: 'enrol-desk://app' };
  readonly postMessage = vi.fn();
  addEventListener(name: string, listener: (event: unknown) => void): void {
    this.on(name, listener);
  }
}

let page: FakeWindow;

beforeEach(async () => {
  page = new FakeWindow();
  sent.length = 0;
  ipc.removeAllListeners();
  vi.resetModules();
  vi.stubGlobal('window', page);
  // By its path, since the preload belongs to the page's types and not to this test's.
  await import(join(import.meta.dirname, 'preload.ts'));
});
afterEach(() => void vi.unstubAllGlobals());

describe('the preload', () => {
  it('asks for a port when the page asks it', () => {
    page.emit('message', { source: page, data: { kind: 'station-port-please' } });
    expect(sent).toEqual(['station-port']);
  });

  it('does not listen to other windows or other messages', () => {
    page.emit('message', { source: new FakeWindow(), data: { kind: 'station-port-please' } });
    for (const data of [undefined, null, 'station-port-please', 7, {}, { kind: 'station-port' }, []]) {
      page.emit('message', { source: page, data });
    }
    expect(sent).toEqual([]);
  });

  it('hands the port to the page of its own origin only', () => {
    const port = { a: 'port' };
    ipc.emit('station-port', { ports: [port] });
    expect(page.postMessage).toHaveBeenCalledExactlyOnceWith({ kind: 'station-port' }, 'enrol-desk://app', [port]);
  });
});
