import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AutomaticSearch } from './automatic-search.ts';
import { TestPorts } from './test-ports.ts';

let ports: TestPorts;
let search: AutomaticSearch;
const never = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers();
  ports = new TestPorts();
  search = new AutomaticSearch(ports);
});
afterEach(() => vi.useRealTimers());

/** One search with the clock running for as long as it needs; its trouble's code, or the port and speed it found. */
async function searchOnce(signal: AbortSignal = never): Promise<string> {
  const ended = search.open(signal).then(
    async (open) => {
      await open.module.close();
      return `${open.link.address}@${open.baudRate}`;
    },
    (error: { code: string }) => error.code,
  );
  let over = false;
  void ended.then(() => (over = true));
  while (!over) await vi.advanceTimersByTimeAsync(10);
  return ended;
}

/** Searches every half second, as the monitor does; the seconds at which ports were opened. */
async function searchFor(seconds: number): Promise<readonly number[]> {
  const times: number[] = [];
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) {
    const [before, at] = [ports.openings.length, performance.now()];
    await searchOnce();
    if (ports.openings.length > before) times.push((at - start) / 1000);
    await vi.advanceTimersByTimeAsync(500);
  }
  return times;
}

describe('a computer without a reader', () => {
  it('has its ports left alone for 5 s, then for longer, up to 30 s', async () => {
    ports.devices.set('modem', 'silent');
    const times = (await searchFor(200)).filter((time) => time > 4);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // A search of five speeds takes 1.5 s, and the list is looked at every half second.
    expect(gaps.length).toBeGreaterThan(4);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(5);
    expect(gaps.at(-1)).toBeGreaterThanOrEqual(30);
    expect(gaps.at(-1)).toBeLessThan(33);
  });

  it('says so, and says when a port is in use by another program', async () => {
    expect(await searchOnce()).toBe('reader.not-found');
    ports.devices.set('modem', 'silent');
    expect(await searchOnce()).toBe('reader.not-found');
    ports.devices.set('taken', 'busy');
    expect(await searchOnce()).toBe('reader.port-busy');
  });

  it('is not held up by a port that takes no bytes', async () => {
    ports.devices.set('wedged', 'wedged');
    expect(await searchOnce()).toBe('reader.not-found');
    expect(ports.held).toEqual([]);
  });
});

describe('a reader that is plugged in', () => {
  it('is found by the next search, without the other ports being opened again', async () => {
    ports.devices.set('modem', 'silent');
    await searchFor(20);
    const before = ports.openings.length;
    ports.devices.set('usb', { moduleAt: 115_200 });
    expect(await searchOnce()).toBe('usb@115200');
    expect(ports.openings.slice(before)).toEqual(['usb@115200']);
  });

  it('is found although it does not answer for the 1.5 s after power on', async () => {
    ports.devices.set('modem', 'silent');
    await searchFor(20);
    ports.devices.set('usb', 'silent');
    const plugged = performance.now();
    setTimeout(() => ports.devices.set('usb', { moduleAt: 115_200 }), 1500);
    let found = await searchOnce();
    while (!found.startsWith('usb')) {
      await vi.advanceTimersByTimeAsync(500);
      found = await searchOnce();
    }
    expect(performance.now() - plugged).toBeLessThanOrEqual(3000);
  });

  it('is looked for first where it was last, at the speed it had', async () => {
    ports.devices.set('modem', 'silent');
    ports.devices.set('usb', { moduleAt: 9600 });
    expect(await searchOnce()).toBe('usb@9600');
    const before = ports.openings.length;
    search.forgetFailures();
    expect(await searchOnce()).toBe('usb@9600');
    expect(ports.openings.slice(before)).toEqual(['usb@9600']);
  });
});

describe('searches beside the one that found the reader', () => {
  it('have given their ports back when it is in service', async () => {
    ports.devices.set('modem', 'silent');
    ports.devices.set('usb', { moduleAt: 115_200 });
    ports.devices.set('second reader', { moduleAt: 115_200 });
    const opened = search.open(never);
    await vi.advanceTimersByTimeAsync(50);
    const { link } = await opened;
    expect(ports.mostHeld).toBe(3);
    expect(ports.held).toEqual([link.address]);
    const before = ports.openings.length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ports.openings).toHaveLength(before);
  });

  it('end when the search is called off', async () => {
    ports.devices.set('modem', 'silent');
    ports.devices.set('wedged', 'wedged');
    const stop = new AbortController();
    const ended = searchOnce(stop.signal);
    await vi.advanceTimersByTimeAsync(100);
    expect(ports.held).toHaveLength(2);
    stop.abort();
    await ended;
    expect(ports.held).toEqual([]);
    expect(ports.openings).toEqual(['modem@115200', 'wedged@115200']);
  });
});
