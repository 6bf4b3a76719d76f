import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import type { ByteLink } from '../transport/byte-link.ts';
import { samCommands } from './commands.ts';
import { encodeRequest } from './frames.ts';
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
    // 3000 ms and 1237 ms: 1295 bytes of ten bits take 1349 ms, of which 112 ms are in the 3000 ms. Then a status call
    // of 500 ms and 11 ms shows that the module does not live.
    await vi.advanceTimersByTimeAsync(4237 + 511 - 1);
    expect(exchange.outcome).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(exchange.outcome).toBe('reader.no-answer');
  });
});

const reply = (status: number, ...data: number[]) => encodeRequest(0, 0, Uint8Array.of(status, ...data));

/** A module on a line that answers the requests one after another with what the test hands it. */
function scripted(answers: readonly (Uint8Array | undefined)[]) {
  const requests: number[] = [];
  let hear: (bytes: Uint8Array) => void = () => undefined;
  const module = new SamModule({
    ...linkThat(async (bytes) => {
      const answer = answers[requests.length];
      requests.push(bytes[7] ?? 0);
      if (answer !== undefined) queueMicrotask(() => hear(answer));
    }),
    onBytes: (listener) => void (hear = listener),
  });
  return { module, requests, late: (bytes: Uint8Array) => hear(bytes) };
}

const damaged = () => {
  const bytes = reply(0x90);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0xff;
  return bytes;
};

describe('a damaged answer', () => {
  it.each([
    ['whose check byte is wrong', damaged()],
    ['that says the module got bad data (10)', reply(0x10)],
    ['that says the module got a bad length (11)', reply(0x11)],
  ])('%s is asked for again', async (_, bad) => {
    const { module, requests } = scripted([bad, bad, bad, reply(0x90)]);
    const exchange = watched(module.exchange(samCommands.status));
    await vi.advanceTimersByTimeAsync(2000);
    expect(exchange.outcome).toMatchObject({ status: 0x90 });
    expect(requests).toEqual([0x11, 0x11, 0x11, 0x11]);
    expect(module.figures.resends).toBe(3);
  });

  it('is followed by a reset after three resends, then by one more attempt, then reported', async () => {
    const { module, requests } = scripted([...Array<Uint8Array>(4).fill(reply(0x10)), reply(0x90), reply(0x10)]);
    const exchange = watched(module.exchange(samCommands.find));
    await vi.advanceTimersByTimeAsync(3000);
    expect(exchange.outcome).toBe('reader.link-fault');
    expect(requests).toEqual([0x20, 0x20, 0x20, 0x20, 0x10, 0x20]);
  });

  it('costs a tenth of a second of silence, not the whole wait for an answer', async () => {
    const { module } = scripted([damaged(), reply(0x90)]);
    const exchange = watched(module.exchange(samCommands.readTextAndPhoto));
    await vi.advanceTimersByTimeAsync(250);
    expect(exchange.outcome).toMatchObject({ status: 0x90 });
  });

  it('does not hide the true one that follows it', async () => {
    const { module, requests } = scripted([Uint8Array.of(...damaged(), ...reply(0x80))]);
    const exchange = watched(module.exchange(samCommands.find));
    await vi.advanceTimersByTimeAsync(0);
    expect(exchange.outcome).toMatchObject({ status: 0x80 });
    expect(requests).toHaveLength(1);
  });
});

describe('what the module says against a card', () => {
  it.each([0x32, 0x33])('(%i) is an answer and never asked for again', async (status) => {
    const { module, requests } = scripted([reply(status)]);
    const exchange = watched(module.exchange(samCommands.readTextAndPhoto));
    await vi.advanceTimersByTimeAsync(0);
    expect(exchange.outcome).toMatchObject({ status });
    expect(requests).toHaveLength(1);
  });
});

describe('an answer that comes after its request was given up', () => {
  it('is not taken for the next command’s', async () => {
    const { module, late, requests } = scripted([undefined, reply(0x90), reply(0x9f, 0, 0, 0, 0)]);
    const status = watched(module.exchange(samCommands.status));
    await vi.advanceTimersByTimeAsync(500);
    expect(status.outcome).toMatchObject({ status: 0x90 });
    const find = watched(module.exchange(samCommands.find));
    setTimeout(() => late(reply(0x90)), 20);
    await vi.advanceTimersByTimeAsync(400);
    expect(find.outcome).toMatchObject({ status: 0x9f });
    expect(requests).toEqual([0x11, 0x11, 0x20]);
  });
});

describe('a module that takes longer than it is given', () => {
  it('answers each command all the same, later', async () => {
    let hear: (bytes: Uint8Array) => void = () => undefined;
    let working: Promise<void> = Promise.resolve();
    // One request after another, each in 600 ms; the answer's status tells which command it belongs to.
    const module = new SamModule({
      ...linkThat(async (bytes) => {
        working = working.then(async () => {
          await new Promise((resolve) => setTimeout(resolve, 600));
          hear(reply(bytes[8] === 0x01 ? 0x9f : 0x90));
        });
      }),
      onBytes: (listener) => void (hear = listener),
    });
    for (const [command, status] of [
      [samCommands.find, 0x9f],
      [samCommands.select, 0x90],
      [samCommands.find, 0x9f],
    ] as const) {
      const exchange = watched(module.exchange(command));
      await vi.advanceTimersByTimeAsync(5000);
      expect(exchange.outcome).toMatchObject({ status });
    }
  });
});

describe('a reader that falls silent', () => {
  it('is given up within 1.5 s while it is only looked for cards', async () => {
    const exchange = watched(scripted([]).module.exchange(samCommands.find));
    await vi.advanceTimersByTimeAsync(1499);
    expect(exchange.outcome).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(exchange.outcome).toBe('reader.no-answer');
  });
});
