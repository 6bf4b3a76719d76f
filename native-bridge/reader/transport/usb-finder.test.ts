import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startVirtualReader, type VirtualReader } from '../../practice/virtual-reader.ts';
import { ReaderFleet } from '../reader-fleet.ts';
import { UsbFinder } from './usb-finder.ts';

/*
 * How long a reader is away after it was plugged in, on a faked clock: with the fleet's interval of searching, a module
 * that takes 1.5 s to boot, and at any moment of the search at which the plug may come.
 */

const bootMs = 1500;
const targetMs = 3000;
const stepMs = 10;

let fleet: ReaderFleet;
let reader: VirtualReader;

function serve(): void {
  const finder = new UsbFinder(
    async () => (reader.usbDevice?.isPlugged === true ? [reader.usbDevice] : []),
    async () => undefined,
  );
  const listener = { onReaders: () => undefined, onCard: () => undefined, onCardTrouble: () => undefined };
  fleet = new ReaderFleet({ chosen: [], finders: [finder] }, () => ({}), listener);
  fleet.start();
}

/** Milliseconds until the reader is ready, or more than `targetMs`. */
async function msUntilReady(): Promise<number> {
  let passed = 0;
  for (; fleet.foremost.state !== 'ready' && passed <= targetMs; passed += stepMs)
    await vi.advanceTimersByTimeAsync(stepMs);
  return passed;
}

async function msUntilBack(awayMs: number): Promise<number> {
  await reader.unplug();
  await vi.advanceTimersByTimeAsync(awayMs);
  await reader.plug();
  return msUntilReady();
}

beforeEach(() => vi.useFakeTimers());
afterEach(async () => {
  const stopped = fleet.stop();
  await vi.advanceTimersByTimeAsync(5000);
  await stopped;
  await reader.close();
  vi.useRealTimers();
});

const forms = [
  ['split form', { split: true, endpoints: 4 }],
  ['whole form on four endpoints', { split: false, endpoints: 4 }],
  ['whole form on two endpoints', { endpoints: 2 }],
] as const;

describe.each(forms)('a reader that takes the %s and needs 1.5 s after power on', (_, usb) => {
  beforeEach(async () => {
    reader = await startVirtualReader({ usb, delays: { powerUp: bootMs } });
  });

  it('is back within 3 s of being plugged in', async () => {
    serve();
    expect(await msUntilReady()).toBeLessThanOrEqual(targetMs);
    const times: number[] = [];
    for (const awayMs of [2000, 2130, 2260, 2390]) {
      times.push(await msUntilBack(awayMs));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(Math.max(...times), times.join()).toBeLessThanOrEqual(targetMs);
  });

  it.each([2000, 2130, 2260, 2390])(
    'is found within 3 s when it is plugged in first, %i ms after the start',
    async (awayMs) => {
      await reader.unplug();
      serve();
      await vi.advanceTimersByTimeAsync(awayMs);
      await reader.plug();
      expect(await msUntilReady()).toBeLessThanOrEqual(targetMs);
    },
  );
});

describe('a reader of another form at the place of one that is known', () => {
  it('is found', async () => {
    reader = await startVirtualReader({ usb: { split: true } });
    serve();
    await msUntilReady();
    await reader.unplug();
    await vi.advanceTimersByTimeAsync(2000);
    reader = await startVirtualReader({ usb: { split: false } });
    await vi.advanceTimersByTimeAsync(6000);
    expect(fleet.foremost.state).toBe('ready');
  });
});
