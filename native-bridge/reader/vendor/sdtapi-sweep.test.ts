import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SdtApiSweep } from './sdtapi-sweep.ts';
import { TestSdtHelper } from './test-sdt-helper.ts';

const ports = Array.from({ length: 16 }, (_, index) => 1001 + index);
const restMs = 10_000;

let helper: TestSdtHelper;
let inUse: Set<number>;
let sweep: SdtApiSweep;

beforeEach(() => {
  vi.useFakeTimers();
  helper = new TestSdtHelper(new Set());
  inUse = new Set();
  const library = { helper, library: 'sdtapi', spareMs: 100 };
  sweep = new SdtApiSweep({ library, ports, restMs, isInUse: (port) => inUse.has(port) });
});
afterEach(() => vi.useRealTimers());

/** Sweeps whenever one is due, as a search every 500 ms does. */
async function look(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 500) {
    void sweep.sweep();
    await vi.advanceTimersByTimeAsync(500);
  }
}

const opened = () => helper.calls.filter((call) => call.startsWith('OpenPort')).map((call) => Number(call.slice(9)));

describe('a sweep over the library’s ports', () => {
  it('finds the ports that can be opened and gives each back', async () => {
    helper.present.add(1001).add(1016);
    await sweep.sweep();
    expect([...sweep.found]).toEqual([1001, 1016]);
    expect(helper.calls.filter((call) => call.startsWith('ClosePort'))).toEqual(['ClosePort 1001', 'ClosePort 1016']);
  });

  it('goes on where the last one ended, so that every port has its turn with a slow library', async () => {
    helper.openMs = 300;
    helper.present.add(1012);
    await look(2500);
    expect(opened()).not.toContain(1012);
    await look(3500);
    expect([...sweep.found]).toEqual([1012]);
    expect(opened().slice(0, 16)).toEqual(ports);
  });

  it('is one at a time, whoever asks for it', async () => {
    helper.openMs = 10;
    const all = Promise.all([sweep.sweep(), sweep.sweep(), sweep.sweep()]);
    await vi.advanceTimersByTimeAsync(500);
    await all;
    expect(opened()).toEqual(ports);
    expect(helper.mostCalls).toBe(1);
  });

  it('keeps what it found when the library hangs on another port, and leaves that one alone for a while', async () => {
    helper.present.add(1001).add(1007);
    helper.hanging.add(1005);
    await look(4000);
    expect([...sweep.found]).toEqual([1001, 1007]);
    await look(restMs - 3000);
    expect([helper.kills, opened().filter((port) => port === 1005).length]).toEqual([1, 1]);
    await look(4000);
    expect(helper.kills).toBe(2);
  });

  it('leaves a port alone for longer each time the library hangs on it', async () => {
    helper.hanging.add(1005);
    await look(35_000);
    expect(helper.kills).toBe(2);
    await look(20_000);
    expect(helper.kills).toBe(3);
  });

  it('does not ask ports that are in use', async () => {
    helper.present.add(1001);
    inUse.add(1001).add(1004);
    await sweep.sweep();
    expect(opened()).toEqual(ports.filter((port) => port !== 1001 && port !== 1004));
  });

  it('lets go of a port before it is opened for a reader', async () => {
    helper.openMs = 100;
    helper.present.add(1001);
    void sweep.sweep();
    let isLeft = false;
    void sweep.leave(1001).then(() => (isLeft = true));
    await vi.advanceTimersByTimeAsync(99);
    expect(isLeft).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect([isLeft, helper.calls.includes('ClosePort 1001')]).toEqual([true, true]);
  });

  it('ends with its process and asks nothing more', async () => {
    helper.openMs = 100;
    void sweep.sweep();
    await sweep.stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect([helper.stops, opened()]).toEqual([1, [1001]]);
  });
});
