import { afterEach, describe, expect, it } from 'vitest';
import { bytesOf, GOLDEN_ANSWERS, GOLDEN_REQUESTS, hexOf } from './golden-frames.ts';
import type { LineTrouble } from './line-trouble.ts';
import { ModuleLine } from './module-line.ts';
import { DEFAULT_DELAYS } from './module-delays.ts';
import { SecurityModule } from './security-module.ts';
import { TestClock } from './test-clock.ts';
import { byteTime } from './wire-pacing.ts';

const { done } = GOLDEN_ANSWERS;
const WRONG_CHECK = 'AA AA AA 96 69 00 04 00 00 90 6B';

let unplugs = 0;
afterEach(() => void (unplugs = 0));

/** A line with this trouble, and the pieces that each of some status calls brings. */
function troubled(trouble: LineTrouble) {
  const pieces: Uint8Array[] = [];
  const clock = new TestClock();
  const line = new ModuleLine({
    module: new SecurityModule(new Uint8Array(16)),
    clock,
    baud: 115_200,
    delays: DEFAULT_DELAYS,
    delayScale: 1,
    chunkSizes: (remaining) => Math.min(remaining, 7),
    onCommand: () => undefined,
    unplug: () => (unplugs += 1),
  });
  line.setTrouble(trouble);
  line.attach((piece) => pieces.push(piece));
  const ask = async () => {
    pieces.length = 0;
    line.receive(bytesOf(GOLDEN_REQUESTS.status));
    await new Promise((resolve) => setImmediate(resolve));
    return hexOf(Buffer.concat(pieces));
  };
  return { line, clock, pieces, ask };
}

async function answers(trouble: LineTrouble, count: number): Promise<string[]> {
  const { ask } = troubled(trouble);
  const heard = [];
  for (let asked = 0; asked < count; asked++) heard.push(await ask());
  return heard;
}

describe('what a host hears', () => {
  it.each<[string, LineTrouble, string[]]>([
    ['nothing wrong', {}, [done, done]],
    ['a wrong check byte on the next two', { badChecks: 2 }, [WRONG_CHECK, WRONG_CHECK, done]],
    ['nothing of the next two', { swallow: 2 }, ['', '', done]],
    ['an answer together with the next one', { glue: 1 }, ['', `${done} ${done}`, done]],
    [
      'garbage before and after the next one',
      { before: bytesOf('00 AA'), after: bytesOf('96'), garbledAnswers: 1 },
      [`00 AA ${done} 96`, done],
    ],
    ['garbage between all of them', { after: bytesOf('AA 00') }, [`${done} AA 00`, `${done} AA 00`]],
    ['a clipped preamble and stray zeros at first', { firstClip: 3, firstZeros: 2 }, [`00 00 ${done.slice(9)}`, done]],
  ])('%s', async (_, trouble, expected) => {
    expect(await answers(trouble, expected.length)).toEqual(expected);
  });

  it('a clipped preamble again after it has opened the line again', async () => {
    const { line, pieces, ask } = troubled({ firstClip: 3 });
    await ask();
    expect(await ask()).toBe(done);
    line.attach((piece) => pieces.push(piece));
    expect(await ask()).toBe(done.slice(9));
  });

  it.each([
    ['single-bytes', 11 + 2],
    ['whole', 1],
    [undefined, 2],
  ] as const)('pieces: %s', async (pieces, count) => {
    const line = troubled({ pieces, before: bytesOf('00 00') });
    await line.ask();
    expect(line.pieces).toHaveLength(count);
  });

  it('an answer later than usual', async () => {
    const { ask, clock } = troubled({ slowMs: 700 });
    await ask();
    const wire = (10 + 11) * byteTime(115_200);
    expect(clock.now()).toBeCloseTo(wire + DEFAULT_DELAYS.status + 700, 3);
  });

  it('half an answer, and then the reader is gone', async () => {
    expect(await answers({ unplugInAnswer: true }, 1)).toEqual([done.slice(0, 14)]);
    expect(unplugs).toBe(1);
  });
});
