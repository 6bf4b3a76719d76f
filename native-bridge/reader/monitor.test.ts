import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReaderState } from '../contract/card.ts';
import { ReaderMonitor } from './monitor.ts';
import { TestPorts } from './test-ports.ts';

let ports: TestPorts;
let states: ReaderState[];
let monitor: ReaderMonitor;

beforeEach(() => {
  vi.useFakeTimers();
  ports = new TestPorts();
  for (const path of ['one', 'two', 'three']) ports.devices.set(path, { moduleAt: 115_200 });
  states = [];
  const listener = { onState: (state: ReaderState) => states.push(state), onCard: vi.fn(), onCardTrouble: vi.fn() };
  monitor = new ReaderMonitor({ kind: 'serial', path: 'one' }, {}, listener, ports);
});
afterEach(async () => {
  await ended(monitor.stop());
  vi.useRealTimers();
});

async function ended<T>(work: Promise<T>): Promise<T> {
  let over = false;
  void work.finally(() => (over = true)).catch(() => undefined);
  while (!over) await vi.advanceTimersByTimeAsync(10);
  return work;
}

const inService = () => vi.advanceTimersByTimeAsync(2000);

describe('one reader at a time', () => {
  it('is served when the address is changed twice at once', async () => {
    monitor.start();
    await inService();
    await ended(
      Promise.all([
        monitor.useAddress({ kind: 'serial', path: 'two' }),
        monitor.useAddress({ kind: 'serial', path: 'three' }),
      ]),
    );
    await inService();
    expect(monitor.state).toMatchObject({ state: 'ready', address: 'three' });
    expect(ports.held).toEqual(['three']);
    await ended(monitor.stop());
    expect(ports.held).toEqual([]);
  });

  it('is served when it is started twice', async () => {
    monitor.start();
    monitor.start();
    await inService();
    expect(ports.held).toEqual(['one']);
  });
});

describe('a stopped monitor', () => {
  it('stays stopped when it was just going over to another reader', async () => {
    monitor.start();
    await inService();
    await ended(Promise.all([monitor.useAddress({ kind: 'serial', path: 'two' }), monitor.stop()]));
    await inService();
    expect(ports.held).toEqual([]);
  });

  it('stays stopped when it gets another address, and uses that when it is started', async () => {
    monitor.start();
    await inService();
    await ended(monitor.stop());
    const before = ports.openings.length;
    await ended(monitor.useAddress({ kind: 'serial', path: 'two' }));
    await inService();
    expect(ports.openings).toHaveLength(before);
    monitor.start();
    await inService();
    expect(ports.held).toEqual(['two']);
  });

  it('has given back a port that takes no bytes', async () => {
    ports.devices.clear();
    ports.devices.set('wedged', 'wedged');
    await ended(monitor.useAddress({ kind: 'automatic' }));
    monitor.start();
    await vi.advanceTimersByTimeAsync(100);
    expect(ports.held).toEqual(['wedged']);
    await ended(monitor.stop());
    expect(ports.held).toEqual([]);
  });
});

describe('the automatic search', () => {
  it('puts a reader that is plugged in into service within 3 s and leaves other ports alone before', async () => {
    ports.devices.clear();
    ports.devices.set('modem', 'silent');
    await ended(monitor.useAddress({ kind: 'automatic' }));
    monitor.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(monitor.state).toEqual({ state: 'trouble', code: 'reader.not-found' });
    // Five openings a search; searching without a break would be over a hundred.
    expect(ports.openings.length).toBeLessThan(50);
    ports.devices.set('usb', 'silent');
    setTimeout(() => ports.devices.set('usb', { moduleAt: 115_200 }), 1500);
    await vi.advanceTimersByTimeAsync(3000);
    expect(monitor.state).toMatchObject({ state: 'ready', address: 'usb' });
    expect(ports.held).toEqual(['usb']);
  });
});
