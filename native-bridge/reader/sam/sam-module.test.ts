import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import type { ByteLink } from '../transport/byte-link.ts';
import { samCommands } from './commands.ts';
import { SamModule } from './sam-module.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const endless = () => new Promise<never>(() => undefined);

const linkThat = (write: ByteLink['write'], close: ByteLink['close'] = async () => undefined): ByteLink => ({
  kind: 'serial',
  address: 'test',
  write,
  close,
  onBytes: () => undefined,
  onClose: () => undefined,
});

/** What became of a promise so far. */
function watched(promise: Promise<unknown>): { outcome: unknown } {
  const seen: { outcome: unknown } = { outcome: 'waiting' };
  promise.then(
    (value) => (seen.outcome = value),
    (error: unknown) => (seen.outcome = error instanceof StationError ? error.code : error),
  );
  return seen;
}

describe('a port that takes bytes but never lets a write end', () => {
  it('fails a probe when its time is over', async () => {
    const probe = watched(new SamModule(linkThat(endless)).probe(300));
    await vi.advanceTimersByTimeAsync(299);
    expect(probe.outcome).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(probe.outcome).toBe(false);
  });

  it('fails an exchange with no answer', async () => {
    const exchange = watched(new SamModule(linkThat(endless)).exchange(samCommands.status));
    await vi.advanceTimersByTimeAsync(4 * samCommands.status.waitMs);
    expect(exchange.outcome).toBe('reader.no-answer');
  });

  it('lets go of an exchange at once when it is closed, even if closing never ends', async () => {
    const module = new SamModule(linkThat(endless, endless));
    const exchange = watched(module.exchange(samCommands.status));
    await vi.advanceTimersByTimeAsync(1);
    void module.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(exchange.outcome).toBe('reader.unplugged');
  });
});

describe('a write that fails', () => {
  it('fails the exchange at once', async () => {
    const refused = () => Promise.reject(new StationError('reader.unplugged'));
    const exchange = watched(new SamModule(linkThat(refused)).exchange(samCommands.status));
    await vi.advanceTimersByTimeAsync(0);
    expect(exchange.outcome).toBe('reader.unplugged');
  });

  it('does not fail a later exchange', async () => {
    let failFirst: (error: StationError) => void = () => undefined;
    const first = new Promise<never>((_, reject) => (failFirst = reject));
    const writes = [first, endless()];
    const module = new SamModule(linkThat(() => writes.shift() ?? endless()));
    await Promise.all([module.probe(300), vi.advanceTimersByTimeAsync(300)]);
    const probe = watched(module.probe(300));
    failFirst(new StationError('reader.unplugged'));
    await vi.advanceTimersByTimeAsync(299);
    expect(probe.outcome).toBe('waiting');
  });
});

describe('closing', () => {
  it('closes the line once and lets every caller wait for it', async () => {
    const close = vi.fn(endless);
    const module = new SamModule(linkThat(endless, close));
    const [one, other] = [watched(module.close()), watched(module.close())];
    await vi.advanceTimersByTimeAsync(0);
    expect(close).toHaveBeenCalledOnce();
    expect([one.outcome, other.outcome]).toEqual(['waiting', 'waiting']);
  });
});

describe('the wait for an answer at 9600 baud', () => {
  it('is longer by the answer’s time on the wire', async () => {
    const exchange = watched(new SamModule(linkThat(endless), 9600).exchange(samCommands.readTextAndPhoto));
    // Four attempts of 3000 ms and 1237 ms: 1295 bytes of ten bits take 1349 ms, of which 112 ms are in the 3000 ms.
    await vi.advanceTimersByTimeAsync(4 * 4237 - 1);
    expect(exchange.outcome).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(exchange.outcome).toBe('reader.no-answer');
  });
});
