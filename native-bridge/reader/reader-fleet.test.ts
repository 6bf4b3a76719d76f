import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StationError } from '../contract/errors.ts';
import type { ReaderSettings, ReaderState } from '../contract/reader.ts';
import { ReaderFleet } from './reader-fleet.ts';
import type { ReaderFinder, ReaderPort } from './reader-module.ts';
import { fleetPlan } from './reader-plan.ts';
import { TestPorts } from './test-ports.ts';
import { SerialFinder } from './transport/serial-finder.ts';

let ports: TestPorts;
let fleet: ReaderFleet;
let told: ReaderState[];

const planFor = (settings: Partial<ReaderSettings>, others: readonly ReaderFinder[] = []) =>
  fleetPlan({ automatic: false, addresses: [], excludedPorts: [], ...settings }, others, ports);
const serial = (path: string) => ({ kind: 'serial', path }) as const;

function newFleet(settings: Partial<ReaderSettings>, others: readonly ReaderFinder[] = []): ReaderFleet {
  const listener = {
    onReaders: (_: unknown, foremost: ReaderState) => void told.push(foremost),
    onCard: vi.fn(),
    onCardTrouble: vi.fn(),
  };
  return new ReaderFleet(planFor(settings, others), () => ({}), listener);
}

beforeEach(() => {
  vi.useFakeTimers();
  ports = new TestPorts();
  told = [];
});
afterEach(async () => {
  await ended(fleet.stop());
  expect(ports.held).toEqual([]);
  vi.useRealTimers();
});

async function ended<T>(work: Promise<T>): Promise<T> {
  let over = false;
  void work.finally(() => (over = true)).catch(() => undefined);
  while (!over) await vi.advanceTimersByTimeAsync(10);
  return work;
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

async function begin(settings: Partial<ReaderSettings>, others: readonly ReaderFinder[] = []): Promise<void> {
  fleet = newFleet(settings, others);
  fleet.start();
  await pass(2000);
}

const served = () => fleet.readers.filter(({ state }) => state === 'ready').map(({ address }) => address);

describe('readers that the operator named', () => {
  beforeEach(() => {
    for (const path of ['one', 'two', 'three', 'four', 'five']) ports.devices.set(path, { moduleAt: 115_200 });
  });

  it('are all in service at once, and no other port is opened', async () => {
    await begin({ addresses: ['one', 'two', 'three', 'four'].map(serial) });
    expect(served()).toEqual(['one', 'two', 'three', 'four']);
    expect(fleet.foremost).toMatchObject({ state: 'ready' });
    expect(ports.openings).not.toContain('five@115200');
  });

  it('are changed without two runs holding a port', async () => {
    await begin({ addresses: [serial('one')] });
    await ended(
      Promise.all([
        fleet.use(planFor({ addresses: [serial('two')] })),
        fleet.use(planFor({ addresses: [serial('three')] })),
      ]),
    );
    await pass(2000);
    expect(served()).toEqual(['three']);
    expect(ports.held).toEqual(['three']);
  });

  it('are opened once when service is started twice', async () => {
    await begin({ addresses: [serial('one')] });
    fleet.start();
    await pass(2000);
    expect(ports.held).toEqual(['one']);
  });

  it('stay given back after a stop, whatever else was asked for at the same time', async () => {
    await begin({ addresses: [serial('one')] });
    await ended(Promise.all([fleet.use(planFor({ addresses: [serial('two')] })), fleet.stop()]));
    await pass(2000);
    expect(ports.held).toEqual([]);
    const before = ports.openings.length;
    await ended(fleet.use(planFor({ addresses: [serial('three')] })));
    await pass(2000);
    expect(ports.openings).toHaveLength(before);
    fleet.start();
    await pass(2000);
    expect(ports.held).toEqual(['three']);
  });

  it('show what is wrong with them', async () => {
    ports.devices.set('taken', 'busy');
    ports.devices.set('scale', 'silent');
    await begin({ addresses: [serial('taken'), serial('scale'), serial('absent')] });
    expect(fleet.readers.map(({ id, code }) => [id, code])).toEqual([
      ['serial:taken', 'reader.port-busy'],
      ['serial:scale', 'reader.silent-port'],
      ['serial:absent', 'reader.not-found'],
    ]);
    expect(fleet.foremost.code).toBe('reader.port-busy');
  });

  it('that are another station’s are served with a warning', async () => {
    await begin({ addresses: [serial('one')], boundSamNumber: '05.01-20130101-1234567890-0987654321' });
    expect(fleet.foremost).toMatchObject({ state: 'ready', code: 'reader.other-reader' });
    const { samNumber } = fleet.foremost;
    await ended(fleet.use(planFor({ addresses: [serial('one')], ...(samNumber && { boundSamNumber: samNumber }) })));
    await pass(2000);
    expect(fleet.foremost).toMatchObject({ state: 'ready', samNumber });
    expect(fleet.foremost.code).toBeUndefined();
  });
});

describe('a computer without a reader', () => {
  it('has its silent ports left alone for a minute, then for longer, up to ten', async () => {
    ports.devices.set('modem', 'silent');
    fleet = newFleet({ automatic: true });
    fleet.start();
    const times: number[] = [];
    for (let at = 0; at < 3600; at++) {
      const before = ports.openings.length;
      await pass(1000);
      if (ports.openings.slice(before).includes('modem@115200')) times.push(at);
    }
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(4);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(60);
    expect(gaps.at(-1)).toBeGreaterThanOrEqual(600);
    expect(gaps.at(-1)).toBeLessThan(605);
  });

  it('says so after one search of all ports side by side, and when a port is in use by another program', async () => {
    for (const path of 'abcdefgh') ports.devices.set(path, 'silent');
    fleet = newFleet({ automatic: true });
    fleet.start();
    await pass(1400);
    expect(fleet.foremost).toEqual({ state: 'searching' });
    expect(ports.mostHeld).toBe(8);
    await pass(200);
    expect(fleet.foremost).toEqual({ state: 'trouble', code: 'reader.not-found' });
    ports.devices.set('taken', 'busy');
    await pass(1000);
    expect(fleet.foremost).toMatchObject({ state: 'trouble', code: 'reader.port-busy', address: 'taken' });
  });

  it('sends no more than one status frame for each speed to a port in a minute', async () => {
    ports.devices.set('modem', 'silent');
    fleet = newFleet({ automatic: true });
    fleet.start();
    await pass(59_000);
    expect(ports.openings).toEqual([115_200, 9600, 57_600, 38_400, 19_200].map((speed) => `modem@${speed}`));
    expect(ports.writes).toBe(5);
  });

  it('never opens a port that is excluded', async () => {
    ports.devices.set('scale', 'silent');
    ports.devices.set('usb', { moduleAt: 9600 });
    await begin({ automatic: true, excludedPorts: ['scale'] });
    await pass(60_000);
    expect(ports.openings.filter((opening) => opening.startsWith('scale'))).toEqual([]);
    expect(served()).toEqual(['usb']);
  });

  it('is searched as fast as ever although one transport never answers, which is asked once', async () => {
    const ask = vi.fn(() => new Promise<never>(() => undefined));
    ports.devices.set('usb', { moduleAt: 115_200 });
    await begin({ automatic: true }, [{ ports: ask }]);
    expect(served()).toEqual(['usb']);
    ports.unplug('usb');
    await pass(5000);
    ports.devices.set('usb', 'silent');
    setTimeout(() => ports.devices.set('usb', { moduleAt: 115_200 }), 1500);
    await pass(3000);
    expect(served()).toEqual(['usb']);
    expect(ask).toHaveBeenCalledOnce();
  });
});

describe('a reader that is plugged in', () => {
  it('is in service within 3 s although it does not answer for the 1.5 s after power on', async () => {
    ports.devices.set('modem', 'silent');
    await begin({ automatic: true });
    await pass(60_000);
    const before = ports.openings.filter((opening) => opening.startsWith('modem')).length;
    ports.devices.set('usb', 'silent');
    setTimeout(() => ports.devices.set('usb', { moduleAt: 115_200 }), 1500);
    await pass(3000);
    expect(served()).toEqual(['usb']);
    // One search of five speeds at the most may have fallen into those seconds.
    expect(ports.openings.filter((opening) => opening.startsWith('modem')).length - before).toBeLessThanOrEqual(5);
  });

  it('is not held up by a port that takes no bytes, whose search ends with the stop', async () => {
    ports.devices.set('wedged', 'wedged');
    ports.devices.set('usb', { moduleAt: 57_600 });
    await begin({ automatic: true });
    expect(served()).toEqual(['usb']);
  });

  it('joins those that are in service', async () => {
    ports.devices.set('first', { moduleAt: 115_200 });
    await begin({ automatic: true });
    ports.devices.set('second', { moduleAt: 115_200 });
    await pass(1500);
    expect(served()).toEqual(['first', 'second']);
  });
});

describe('a reader that is lost', () => {
  beforeEach(async () => {
    ports.devices.set('usb', { moduleAt: 9600 });
    await begin({ automatic: true });
  });

  it('is shown as lost within 2 s when it only falls silent', async () => {
    ports.devices.set('usb', 'silent');
    ports.silence('usb');
    await pass(1801);
    expect(fleet.foremost).toMatchObject({ state: 'trouble', address: 'usb' });
  });

  it('is shown with the next look for a card when its port goes, and is back within 3 s of being plugged in', async () => {
    ports.unplug('usb');
    await pass(301);
    expect(fleet.foremost).toMatchObject({ state: 'trouble', code: 'reader.unplugged', address: 'usb' });
    await pass(60_000);
    expect(fleet.foremost).toMatchObject({ state: 'trouble', code: 'reader.unplugged' });
    ports.devices.set('usb', { moduleAt: 9600 });
    await pass(3000);
    expect(fleet.foremost).toMatchObject({ state: 'ready', address: 'usb' });
    expect(fleet.readers).toHaveLength(1);
  });

  it('is the same reader when it comes back on another port', async () => {
    ports.unplug('usb');
    await pass(1000);
    ports.devices.set('usb-2', { moduleAt: 9600, named: 'usb' });
    await pass(3000);
    expect(fleet.readers).toMatchObject([{ state: 'ready', address: 'usb-2' }]);
  });

  it('leaves its port alone like any other when it was found on another one', async () => {
    ports.unplug('usb');
    await pass(1000);
    ports.devices.set('usb-2', { moduleAt: 9600, named: 'usb' });
    await pass(3000);
    ports.devices.set('usb', 'silent');
    await pass(30_000);
    const before = ports.openings.length;
    await pass(60_000);
    expect(ports.openings.slice(before).filter((opening) => opening.startsWith('usb@')).length).toBeLessThanOrEqual(5);
  });

  it('is shown as lost although its finder forgot its port while it was being opened', async () => {
    await ended(fleet.stop());
    let lists = 0;
    const slow: ReaderPort = {
      key: 'sdtapi:1001',
      isKnownReader: true,
      open: async (signal) => {
        await new Promise((resolve) => setTimeout(resolve, 1200));
        return new SerialFinder(() => false, ports).port({ path: 'usb' }).open(signal);
      },
    };
    await begin({ automatic: true, excludedPorts: ['usb'] }, [{ ports: async () => (++lists === 1 ? [slow] : []) }]);
    expect(served()).toEqual(['usb']);
    ports.unplug('usb');
    await pass(500);
    expect(fleet.foremost).toMatchObject({ state: 'trouble', code: 'reader.unplugged' });
  });

  it('is told before a driver has let go of its port', async () => {
    ports.closesSlowly('usb');
    ports.silence('usb');
    await pass(1801);
    expect(fleet.foremost).toMatchObject({ state: 'trouble', address: 'usb' });
  });

  it('is looked for at its speed, and at every speed now and then', async () => {
    ports.devices.set('usb', 'silent');
    ports.silence('usb');
    await pass(2000);
    const before = ports.openings.length;
    await pass(10_000);
    const tried = ports.openings.slice(before);
    expect(tried.filter((opening) => opening === 'usb@9600').length).toBeGreaterThan(
      tried.filter((opening) => opening === 'usb@115200').length,
    );
    expect(tried).toContain('usb@115200');
  });
});

describe('one device with two interfaces', () => {
  /** A second way to the module behind `path`, as a reader that shows itself as USB device and as serial port. */
  function secondInterface(path: string): { finder: ReaderFinder; opened: () => number } {
    let opened = 0;
    const port: ReaderPort = {
      key: 'usb:second interface',
      isKnownReader: true,
      open: async (signal) => {
        opened++;
        return new SerialFinder(() => false, ports).port({ path }).open(signal);
      },
    };
    return { finder: { ports: async () => [port] }, opened: () => opened };
  }

  it('is served on one of them, and on the other when that one is lost', async () => {
    ports.devices.set('usb', { moduleAt: 115_200 });
    ports.devices.set('also', { moduleAt: 115_200, named: 'usb' });
    const { finder, opened } = secondInterface('also');
    fleet = newFleet({ addresses: [serial('usb')], automatic: true, excludedPorts: ['also'] }, [finder]);
    fleet.start();
    await pass(10_000);
    expect(fleet.readers).toHaveLength(1);
    expect(served()).toHaveLength(1);
    expect(opened()).toBe(1);
    ports.unplug(served()[0] ?? '');
    await pass(3000);
    expect(served()).toHaveLength(1);
  });
});

describe('a device that the maker’s driver holds', () => {
  it('is not shown as in trouble while the library serves it, and not tried all the time', async () => {
    const open = vi.fn(() => Promise.reject(new StationError('reader.driver-missing')));
    const native: ReaderPort = { key: 'usb:0400:C35A 1-4', isKnownReader: true, open };
    const library: ReaderPort = {
      key: 'sdtapi:1001',
      isKnownReader: true,
      open: async (signal) => {
        const reader = await new SerialFinder(() => false, ports).port({ path: 'usb' }).open(signal);
        return { ...reader, transport: 'sdtapi' };
      },
    };
    ports.devices.set('usb', { moduleAt: 115_200 });
    await begin({ automatic: true, excludedPorts: ['usb'] }, [{ ports: async () => [native, library] }]);
    expect(fleet.readers).toMatchObject([{ state: 'ready', transport: 'sdtapi' }]);
    open.mockClear();
    await pass(60_000);
    expect(open.mock.calls.length).toBeLessThanOrEqual(12);
    expect(fleet.readers).toHaveLength(1);
  });
});

describe('a port whose opening fails in a way nobody foresaw', () => {
  it('is a state, not the end of the search', async () => {
    const port: ReaderPort = {
      key: 'usb:odd',
      isKnownReader: true,
      open: () => Promise.reject(new StationError('reader.driver-missing')),
    };
    ports.devices.set('usb', { moduleAt: 115_200 });
    await begin({ automatic: true }, [{ ports: async () => [port] }]);
    expect(served()).toEqual(['usb']);
    expect(fleet.readers).toContainEqual({
      id: 'usb:odd',
      transport: 'usb',
      address: 'odd',
      state: 'trouble',
      code: 'reader.driver-missing',
    });
  });
});
