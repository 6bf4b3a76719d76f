import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inProcessChannelPair } from '../native-bridge/rpc/in-process-channel.ts';
import type { BridgeMessage, ShellMessage } from '../native-bridge/rpc/shell-link.ts';
import { type BridgeProcess, Supervisor } from './supervisor.ts';

/** A bridge process that does what the test says. */
class FakeBridge implements BridgeProcess {
  readonly sent: ShellMessage[] = [];
  killed = false;
  answersBeats = true;
  #listeners: ((message: unknown) => void)[] = [];
  #exits: (() => void)[] = [];

  send(message: ShellMessage): void {
    this.sent.push(message);
    if (message.kind === 'ping' && this.answersBeats) this.say({ kind: 'pong', beat: message.beat });
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#listeners.push(listener);
  }
  onExit(listener: () => void): void {
    this.#exits.push(listener);
  }
  kill(): void {
    this.killed = true;
    this.exit();
  }
  exit(): void {
    for (const listener of this.#exits.splice(0)) listener();
  }
  say(message: BridgeMessage): void {
    this.sayAnything(message);
  }
  sayAnything(message: unknown): void {
    for (const listener of this.#listeners) listener(message);
  }
  kinds(): string[] {
    return this.sent.map(({ kind }) => kind);
  }
}

const startOptions = {
  version: '0.0.0',
  dataFolder: '/data',
  assetsFolder: '/assets',
  storeKey: new Uint8Array(32),
  operator: 'operator',
};

function supervised(keepKey: (key: Uint8Array) => void = () => undefined) {
  const bridges: FakeBridge[] = [];
  const spawn = () => {
    const bridge = new FakeBridge();
    bridges.push(bridge);
    return bridge;
  };
  const supervisor = new Supervisor({ spawn, startOptions, keepKey });
  supervisor.start();
  const latest = () => bridges.at(-1) ?? expect.fail('no bridge was started');
  return { supervisor, bridges, latest };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('updates', () => {
  const state = { source: { kind: 'server', channel: 'latest' }, work: { kind: 'looking' } } as const;

  it('are told to the bridge that serves, and to the one that comes after it', () => {
    const { supervisor, latest } = supervised();
    supervisor.tellUpdates(state);
    expect(latest().kinds()).toEqual(['start']);
    latest().say({ kind: 'ready' });
    expect(latest().sent.at(-1)).toEqual({ kind: 'updates', state });
    latest().exit();
    vi.advanceTimersByTime(200);
    latest().say({ kind: 'ready' });
    expect(latest().sent.at(-1)).toEqual({ kind: 'updates', state });
  });

  it('are asked for by the bridge', () => {
    const orders: string[] = [];
    const bridge = new FakeBridge();
    const onUpdateOrder = (order: string) => void orders.push(order);
    new Supervisor({ spawn: () => bridge, startOptions, onUpdateOrder }).start();
    bridge.say({ kind: 'update-order', order: 'look' });
    bridge.say({ kind: 'update-order', order: 'cancel' });
    expect(orders).toEqual(['look', 'cancel']);
  });
});

describe('the start', () => {
  it('tells the bridge where its files are and hands on what it is ready with', async () => {
    const { supervisor, latest } = supervised();
    const ready = supervisor.whenServing();
    expect(latest().sent).toEqual([{ kind: 'start', options: startOptions }]);
    latest().say({ kind: 'ready', sandbox: 'http://127.0.0.1:1' });
    expect(await ready).toMatchObject({ sandbox: 'http://127.0.0.1:1' });
  });

  it('starts another bridge when one never gets ready', () => {
    const { bridges } = supervised();
    vi.advanceTimersByTime(59_999);
    expect(bridges[0]?.killed).toBe(false);
    vi.advanceTimersByTime(1 + 200);
    expect(bridges[0]?.killed).toBe(true);
    expect(bridges).toHaveLength(2);
  });

  it('lets clients in to hear why there is no station', async () => {
    const { supervisor, bridges, latest } = supervised();
    latest().say({ kind: 'fatal', error: { code: 'store.wrong-key' } });
    expect(await supervisor.whenServing()).toEqual({ fault: { code: 'store.wrong-key' } });
    const [, shell] = inProcessChannelPair();
    supervisor.openClient(shell);
    expect(latest().sent.at(-1)).toEqual({ kind: 'client-open', client: 0 });
    vi.advanceTimersByTime(60_000);
    expect(bridges).toHaveLength(1);
  });

  it('starts again what ends after it has said why', () => {
    const { bridges, latest } = supervised();
    latest().say({ kind: 'fatal', error: { code: 'internal' } });
    latest().exit();
    vi.advanceTimersByTime(200);
    expect(bridges).toHaveLength(2);
  });

  it('keeps a new key, and gives it to the next bridge as well', () => {
    const kept: Uint8Array[] = [];
    const { latest } = supervised((key) => void kept.push(key));
    const key = new Uint8Array(32).fill(5);
    latest().say({ kind: 'keep-key', key });
    latest().exit();
    vi.advanceTimersByTime(200);
    expect(kept).toEqual([key]);
    expect(latest().sent).toEqual([{ kind: 'start', options: { ...startOptions, storeKey: key } }]);
  });

  it('goes on when the new key cannot be kept', () => {
    const { bridges, latest } = supervised(() => {
      throw new Error('disk full');
    });
    latest().say({ kind: 'keep-key', key: new Uint8Array(32) });
    latest().say({ kind: 'ready' });
    vi.advanceTimersByTime(1000);
    expect(bridges).toHaveLength(1);
  });

  it('survives messages that are not of the link', () => {
    const { latest, supervisor } = supervised();
    for (const message of [undefined, 'ready', { kind: 'no-such' }, { kind: 'ready', sandbox: 7 }]) {
      latest().sayAnything(message);
    }
    expect(supervisor.servingProcess).toBeUndefined();
  });
});

describe('the heartbeat', () => {
  it('leaves a bridge alone that answers', () => {
    const { bridges, latest } = supervised();
    latest().say({ kind: 'ready' });
    vi.advanceTimersByTime(60_000);
    expect(
      latest()
        .kinds()
        .filter((kind) => kind === 'ping'),
    ).toHaveLength(30);
    expect(bridges).toHaveLength(1);
  });

  it('declares a bridge dead after three missed beats and starts another', () => {
    const { bridges, latest } = supervised();
    latest().say({ kind: 'ready' });
    latest().answersBeats = false;
    vi.advanceTimersByTime(3 * 2000);
    expect(bridges[0]?.killed).toBe(false);
    vi.advanceTimersByTime(2000);
    expect(bridges[0]?.killed).toBe(true);
    vi.advanceTimersByTime(200);
    expect(bridges).toHaveLength(2);
  });

  it('forgives two missed beats', () => {
    const { bridges, latest } = supervised();
    latest().say({ kind: 'ready' });
    latest().answersBeats = false;
    vi.advanceTimersByTime(2 * 2000);
    latest().answersBeats = true;
    vi.advanceTimersByTime(60_000);
    expect(bridges).toHaveLength(1);
    expect(latest().killed).toBe(false);
  });
});

describe('the restart', () => {
  it('waits 0.2, 0.5, 1, 2 and then always 5 s', () => {
    const { bridges, latest } = supervised();
    for (const [index, wait] of [200, 500, 1000, 2000, 5000, 5000].entries()) {
      latest().exit();
      vi.advanceTimersByTime(wait - 1);
      expect(bridges).toHaveLength(index + 1);
      vi.advanceTimersByTime(1);
      expect(bridges).toHaveLength(index + 2);
    }
  });

  it('does not take a bridge for sound that dies right after it was ready', () => {
    const { bridges, latest } = supervised();
    for (let life = 0; life < 3; life++) {
      latest().say({ kind: 'ready' });
      latest().exit();
      vi.advanceTimersByTime(1000);
    }
    expect(bridges).toHaveLength(4);
    latest().exit();
    vi.advanceTimersByTime(1999);
    expect(bridges).toHaveLength(4);
  });

  it('begins the waits anew after a bridge was sound', () => {
    const { bridges, latest } = supervised();
    for (let life = 0; life < 4; life++) {
      latest().exit();
      vi.advanceTimersByTime(5000);
    }
    latest().say({ kind: 'ready' });
    vi.advanceTimersByTime(30_000);
    latest().exit();
    vi.advanceTimersByTime(200);
    expect(bridges).toHaveLength(6);
  });

  it('resolves what waits for a bridge with the next one', async () => {
    const { supervisor, latest } = supervised();
    latest().say({ kind: 'ready' });
    latest().exit();
    const ready = supervisor.whenServing();
    vi.advanceTimersByTime(200);
    latest().say({ kind: 'ready', sandbox: 'second' });
    expect(await ready).toMatchObject({ sandbox: 'second' });
  });
});

describe('the clients', () => {
  function withClient() {
    const given = supervised();
    given.latest().say({ kind: 'ready' });
    const [page, shell] = inProcessChannelPair();
    given.supervisor.openClient(shell);
    return { ...given, page };
  }

  it('are relayed in both directions', async () => {
    const { latest, page } = withClient();
    const answer = new Promise((resolve) => page.onMessage(resolve));
    page.send({ jpeg: new Uint8Array([1, 2]) });
    await vi.waitFor(() => {
      expect(latest().sent.slice(1)).toEqual([
        { kind: 'client-open', client: 0 },
        { kind: 'client-message', client: 0, message: { jpeg: new Uint8Array([1, 2]) } },
      ]);
    });
    latest().say({ kind: 'client-message', client: 0, message: 'answer' });
    expect(await answer).toBe('answer');
  });

  it('are told apart', async () => {
    const { supervisor, latest, page } = withClient();
    const [other, shell] = inProcessChannelPair();
    supervisor.openClient(shell);
    const heard: unknown[] = [];
    page.onMessage((message) => heard.push(message));
    const answer = new Promise((resolve) => other.onMessage(resolve));
    latest().say({ kind: 'client-message', client: 1, message: 'for the other' });
    expect(await answer).toBe('for the other');
    expect(heard).toEqual([]);
  });

  it('are reported when they leave', () => {
    const { latest, page } = withClient();
    page.close();
    expect(latest().sent.at(-1)).toEqual({ kind: 'client-close', client: 0 });
  });

  it('are closed when the bridge dies, so that they connect anew', async () => {
    const { latest, page } = withClient();
    const closed = new Promise<void>((resolve) => page.onClose(resolve));
    latest().exit();
    await closed;
  });

  it('are closed at once while there is no bridge', async () => {
    const { supervisor } = supervised();
    const [page, shell] = inProcessChannelPair();
    supervisor.openClient(shell);
    await new Promise<void>((resolve) => page.onClose(resolve));
  });

  it('hear nothing from a bridge that was replaced', async () => {
    const { bridges, latest, supervisor } = withClient();
    const [page, shell] = inProcessChannelPair();
    bridges[0]?.exit();
    vi.advanceTimersByTime(200);
    latest().say({ kind: 'ready' });
    supervisor.openClient(shell);
    const first = new Promise((resolve) => page.onMessage(resolve));
    bridges[0]?.say({ kind: 'client-message', client: 1, message: 'too late' });
    latest().say({ kind: 'client-message', client: 1, message: 'in time' });
    expect(await first).toBe('in time');
  });
});

describe('the end', () => {
  it('waits until the bridge has put everything away', async () => {
    const { supervisor, latest } = supervised();
    latest().say({ kind: 'ready' });
    const stop = supervisor.stop();
    expect(latest().sent.at(-1)).toEqual({ kind: 'stop' });
    expect(latest().killed).toBe(false);
    latest().say({ kind: 'stopped' });
    await stop;
  });

  it('kills a bridge that does not end within 5 s', async () => {
    const { supervisor, latest } = supervised();
    latest().say({ kind: 'ready' });
    const stop = supervisor.stop();
    vi.advanceTimersByTime(4999);
    expect(latest().killed).toBe(false);
    vi.advanceTimersByTime(1);
    await stop;
    expect(latest().killed).toBe(true);
  });

  it('is told to whatever still waits for a bridge', async () => {
    const { supervisor } = supervised();
    const waiting = supervisor.whenServing();
    const refused = expect(waiting).rejects.toThrow('stopped');
    const stop = supervisor.stop();
    await refused;
    await expect(supervisor.whenServing()).rejects.toThrow('stopped');
    vi.advanceTimersByTime(5000);
    await stop;
  });

  it('starts nothing any more, not even what was waiting for its restart', async () => {
    const { supervisor, bridges, latest } = supervised();
    latest().exit();
    await Promise.all([supervisor.stop(), supervisor.stop()]);
    vi.advanceTimersByTime(60_000);
    expect(bridges).toHaveLength(1);
  });
});
