import type { MessagePortMain } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import type { UtilityBridge } from './bridge-process.ts';
import { connectPage } from './station-ports.ts';

const port = (name: string) => ({ name }) as unknown as MessagePortMain;
const pair = { port1: port('for the bridge'), port2: port('for the page') };

function doubles({ isDestroyed = false } = {}) {
  const page = { isDestroyed: () => isDestroyed, postMessage: vi.fn() };
  const bridge = { sendPort: vi.fn() } as unknown as UtilityBridge & { sendPort: ReturnType<typeof vi.fn> };
  return { page, bridge };
}

describe('a page that asks for the station', () => {
  it('gets one end of a line, and the bridge the other', async () => {
    const { page, bridge } = doubles();
    await connectPage(page, { whenServing: () => Promise.resolve(), servingProcess: bridge }, () => pair);
    expect(bridge.sendPort).toHaveBeenCalledExactlyOnceWith(pair.port1);
    expect(page.postMessage).toHaveBeenCalledExactlyOnceWith('station-port', undefined, [pair.port2]);
  });

  it('waits until the bridge serves', async () => {
    const { page, bridge } = doubles();
    const serving = Promise.withResolvers<void>();
    const connected = connectPage(page, { whenServing: () => serving.promise, servingProcess: bridge }, () => pair);
    await Promise.resolve();
    expect(page.postMessage).not.toHaveBeenCalled();
    serving.resolve();
    await connected;
    expect(page.postMessage).toHaveBeenCalledOnce();
  });

  it('gets nothing when it or the bridge went away meanwhile', async () => {
    const { page, bridge } = doubles({ isDestroyed: true });
    await connectPage(page, { whenServing: () => Promise.resolve(), servingProcess: bridge }, () => pair);
    expect(bridge.sendPort).not.toHaveBeenCalled();
    const other = doubles();
    await connectPage(other.page, { whenServing: () => Promise.resolve(), servingProcess: undefined }, () => pair);
    expect(other.page.postMessage).not.toHaveBeenCalled();
  });
});
