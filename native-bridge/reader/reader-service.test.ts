import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asStationError, type ErrorCode } from '../contract/errors.ts';
import { textBytes } from './card/card-text.ts';
import type { ReaderModule } from './reader-module.ts';
import { ordinaryPace, ReaderService } from './reader-service.ts';
import type { SamCommand } from './sam/commands.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** Text block of an invented person; the division 459999 does not exist. */
function textBlock(): Uint8Array {
  const block = Buffer.alloc(textBytes);
  const put = (offset: number, bytes: number, text: string) =>
    block.write(text.padEnd(bytes / 2, ' '), offset, 'utf16le');
  put(0, textBytes, '');
  put(0, 30, '韦试样');
  put(30, 2, '1');
  put(32, 4, '08');
  put(36, 16, '19880317');
  put(52, 70, '示例省练习市样板区培训路1号');
  put(122, 36, '459999198803170110');
  put(158, 30, '示例市公安局练习分局');
  put(188, 16, '20200301');
  put(204, 16, '长期');
  return Uint8Array.from(block);
}

/** An answer with text, photo and no fingerprint. */
const content = () => Uint8Array.of(1, 0, 4, 0, 0, 0, ...textBlock(), ...new Uint8Array(1024));

/** What a module answers to each command, by the command's name; a card lies on it from the beginning. */
type Answers = Readonly<Record<string, () => number>>;
const ordinary: Answers = {
  find: () => 0x9f,
  select: () => 0x90,
  'read-fingerprint': () => 0x90,
  'newest-address': () => 0x91,
  status: () => 0x90,
  number: () => 0x90,
  reset: () => 0x90,
};

function served(answers: Answers, tookMs: (command: string) => number = () => 5) {
  const asked: string[] = [];
  const module: ReaderModule = {
    figures: { droppedBytes: 0, badChecks: 0, resends: 0 },
    exchange: async ({ name }: SamCommand) => {
      asked.push(name);
      await new Promise((resolve) => setTimeout(resolve, tookMs(name)));
      const status = (answers[name] ?? ordinary[name])?.() ?? 0x21;
      const hasContent = status === 0x90 && name.startsWith('read');
      return { status, data: hasContent ? content() : new Uint8Array(name === 'number' ? 16 : 0) };
    },
    close: async () => undefined,
  };
  const cards: string[] = [];
  const troubles: { code: ErrorCode; at: number }[] = [];
  const service = new ReaderService(
    { module, transport: 'serial', address: 'COM3', samNumber: 'test' },
    {
      ethnicGroups: () => ({ '08': '壮' }),
      onState: () => undefined,
      pace: ordinaryPace,
      listener: {
        onCard: ({ fields }) => void cards.push(fields.name),
        onCardTrouble: (code) => void troubles.push({ code, at: performance.now() }),
      },
    },
  );
  const run = service.run().then(
    () => 'stopped',
    (cause: unknown) => asStationError(cause).code,
  );
  const end = async () => {
    void service.stop();
    await pass(5000);
    return run;
  };
  return { service, asked, cards, troubles, end };
}

describe('a card that lies on the reader', () => {
  it.each([
    ['does not know the newest address (21)', 0x21],
    ['answers it with a fault (24)', 0x24],
    ['answers it with an unknown status', 0xa7],
    ['answers it out of order (23)', 0x23],
  ])('is read once by a module that hides nothing and %s', async (_, status) => {
    const { cards, end } = served({ 'newest-address': () => status });
    await pass(20_000);
    expect(cards).toEqual(['韦试样']);
    expect(await end()).toBe('stopped');
  });

  it('is not waited for for ever by a module that goes on answering the cheap read', async () => {
    let lies = true;
    const { service, end } = served({
      find: () => (lies ? 0x9f : 0x80),
      select: () => (lies ? 0x90 : 0x81),
      'newest-address': () => 0x91,
    });
    await pass(2000);
    expect(service.state).toBe('lift-card');
    lies = false;
    await pass(10_000);
    expect(service.state).toBe('ready');
    await end();
  });

  it('that moved (41) is told within 200 ms of the answer, once, and read as soon as it lies still', async () => {
    let moves = true;
    let answeredAt = 0;
    const { cards, troubles, end } = served(
      {
        'read-fingerprint': () => {
          answeredAt ||= performance.now();
          return moves ? 0x41 : 0x90;
        },
      },
      (name) => (name === 'read-fingerprint' ? 500 : 5),
    );
    await pass(5000);
    expect(troubles.map(({ code }) => code)).toEqual(['card.moved']);
    expect((troubles[0]?.at ?? Infinity) - answeredAt).toBeLessThanOrEqual(200);
    moves = false;
    await pass(2000);
    expect(cards).toHaveLength(1);
    await end();
  });
});

describe('a module with odd answers', () => {
  it('that does not know how to look for a card is lost with a reason', async () => {
    const { end } = served({ find: () => 0x21 });
    await pass(1000);
    expect(await end()).toBe('reader.command-refused');
  });

  it.each([0x31, 0x33, 0xa7])('that answers find with %i never passes in silence', async (status) => {
    const { troubles, cards, end } = served({ find: () => status });
    await pass(5000);
    const code = await end();
    expect(cards).toEqual([]);
    expect(troubles.length + (code === 'stopped' ? 0 : 1)).toBeGreaterThan(0);
  });

  it('that refuses to select one card goes on with the next', async () => {
    let refuses = true;
    const { cards, troubles, end } = served({ select: () => (refuses ? 0x21 : 0x90) });
    await pass(2000);
    expect(troubles.map(({ code }) => code)).toEqual(['reader.command-refused']);
    refuses = false;
    await pass(3000);
    expect(cards).toHaveLength(1);
    expect(await end()).toBe('stopped');
  });
});

describe('a self-test', () => {
  it('that is asked for while the module looks for a card is told that the reader is busy when it finds one', async () => {
    let lies = false;
    const { service, end } = served({ find: () => (lies ? 0x9f : 0x80) }, (name) => (name === 'find' ? 60 : 5));
    await pass(400);
    lies = true;
    const outcome = service.selfTest().then(
      () => 'tested',
      (cause: unknown) => asStationError(cause).code,
    );
    await pass(500);
    expect(await outcome).toBe('reader.busy');
    await end();
  });
});
