import { EventEmitter } from 'node:events';
import { CancellationToken } from 'electron-updater';
import { describe, expect, it, vi } from 'vitest';
import type { UpdateState } from '../native-bridge/contract/update-calls.ts';
import { UpdateWatch } from './update-watch.ts';

/** As `electron-updater` does it: a look finds a newer version and begins to fetch it, until it is cancelled. */
class UpdaterDouble extends EventEmitter {
  readonly token = new CancellationToken();
  readonly #newer: string | undefined;

  constructor(newer: string | undefined) {
    super();
    this.#newer = newer;
  }

  readonly checkForUpdates = vi.fn(async () => {
    this.emit('checking-for-update');
    if (this.#newer === undefined) {
      this.emit('update-not-available', { version: '1.0.0' });
      return { isUpdateAvailable: false };
    }
    this.emit('update-available', { version: this.#newer });
    const downloadPromise = new Promise<string[]>((_resolve, reject) =>
      this.token.once('cancel', () => {
        this.emit('update-cancelled', { version: this.#newer });
        reject(new Error('cancelled'));
      }),
    );
    return { isUpdateAvailable: true, cancellationToken: this.token, downloadPromise };
  });
}

function watching(newer?: string) {
  const updater = new UpdaterDouble(newer);
  const told: UpdateState[] = [];
  const listeners = { log: () => undefined, tell: (state: UpdateState) => void told.push(state) };
  const watch = new UpdateWatch(updater as never, { kind: 'server', channel: 'latest' }, listeners);
  return { updater, watch, told, latest: () => told.at(-1) ?? expect.fail('nothing told') };
}

describe('what the station is told of updates', () => {
  it('is at first only whence they come', () => {
    expect(watching().told).toEqual([{ source: { kind: 'server', channel: 'latest' }, work: { kind: 'resting' } }]);
  });

  it('says that there is none newer, and when that was seen', async () => {
    const { watch, told, latest } = watching();
    await watch.look();
    expect(told.map(({ work }) => work.kind)).toEqual(['resting', 'looking', 'resting']);
    expect(latest().lastLook).toMatchObject({ outcome: 'none-newer', at: expect.stringMatching(/Z$/) as string });
  });

  it('says how far the fetching is, and what then waits', async () => {
    const { updater, watch, latest } = watching('1.2.0');
    void watch.look();
    await vi.waitFor(() => expect(latest().work.kind).toBe('fetching'));
    updater.emit('download-progress', { transferred: 25, total: 100, bytesPerSecond: 5, percent: 25, delta: 5 });
    expect(latest().work).toEqual({
      ...{ kind: 'fetching', version: '1.2.0' },
      ...{ doneBytes: 25, totalBytes: 100, bytesPerSecond: 5 },
    });
    updater.emit('update-downloaded', { version: '1.2.0' });
    expect(latest()).toMatchObject({ work: { kind: 'resting' }, waiting: { version: '1.2.0' } });
  });

  it('looks on order, once at a time, and stops fetching on order', async () => {
    const { updater, watch, latest } = watching('1.2.0');
    watch.obey('cancel');
    watch.obey('look');
    watch.obey('look');
    await vi.waitFor(() => expect(latest().work.kind).toBe('fetching'));
    await Promise.resolve();
    watch.obey('look');
    watch.obey('cancel');
    expect(updater.checkForUpdates).toHaveBeenCalledOnce();
    expect(updater.token.cancelled).toBe(true);
    expect(latest()).toMatchObject({
      work: { kind: 'resting' },
      lastLook: { outcome: 'cancelled', version: '1.2.0' },
    });
    expect(latest().waiting).toBeUndefined();
  });

  it('tells a failure by its code alone', () => {
    const { updater, latest } = watching();
    updater.emit('error', Object.assign(new Error('https://updates.example/ secret'), { code: 'ERR_UPDATER' }));
    expect(latest().lastLook).toMatchObject({ outcome: 'failed', code: 'ERR_UPDATER' });
    expect(JSON.stringify(latest())).not.toContain('secret');
  });
});
