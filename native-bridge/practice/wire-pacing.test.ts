import { describe, expect, it } from 'vitest';
import { TestClock } from './test-clock.ts';
import { byteTime, irregularChunks, sendPaced } from './wire-pacing.ts';

async function sendOver(baud: number, bytes: number, isOpen: () => boolean = () => true) {
  const clock = new TestClock();
  const pieces: { at: number; length: number }[] = [];
  await sendPaced(new Uint8Array(bytes), {
    clock,
    byteMilliseconds: byteTime(baud),
    chunkSizes: irregularChunks(),
    write: (piece) => pieces.push({ at: clock.now(), length: piece.length }),
    isOpen,
  });
  return { clock, pieces };
}

describe('pacing', () => {
  // Ten bits a byte: the 1295 bytes of text and photo take 112.4 ms at 115200 and 1.35 s at 9600.
  it.each([
    [115_200, 112.41],
    [9_600, 1348.96],
  ])('text and photo at %i baud take %f ms', async (baud, milliseconds) => {
    const { clock } = await sendOver(baud, 1295);
    expect(clock.now()).toBeCloseTo(milliseconds, 1);
  });

  it('no piece arrives before the line could have carried it', async () => {
    const { pieces } = await sendOver(9_600, 1295);
    let sent = 0;
    for (const { at, length } of pieces) {
      sent += length;
      expect(at).toBeGreaterThanOrEqual(sent * byteTime(9_600) - 1e-6);
    }
    expect(sent).toBe(1295);
  });

  it('pieces differ in size and none is larger than a USB packet', async () => {
    const { pieces } = await sendOver(115_200, 1295);
    const sizes = pieces.map((piece) => piece.length);
    expect(new Set(sizes).size).toBeGreaterThan(5);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(62);
  });

  it('stops when the line is gone', async () => {
    let writes = 0;
    const { pieces } = await sendOver(115_200, 1295, () => (writes += 1) <= 3);
    expect(pieces).toHaveLength(3);
  });
});
