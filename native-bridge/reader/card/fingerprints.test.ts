import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFingerprints } from './fingerprints.ts';

/** A record of GA 1012: `C`, …, registration at 4, position at 5, quality at 6, then the template. */
function record(registration: number, position: number, mark = 'C'): readonly number[] {
  const bytes = new Array<number>(512).fill(0xa5);
  bytes.splice(0, 1, mark.charCodeAt(0));
  bytes.splice(4, 3, registration, position, 80);
  return bytes;
}

describe('fingerprint records', () => {
  it('of a card without any are none', () => {
    expect(readFingerprints(new Uint8Array(0))).toEqual([]);
  });

  it('tell the finger and the registration, and nothing of the template', () => {
    const block = Uint8Array.from([...record(1, 11), ...record(2, 16)]);
    expect(readFingerprints(block)).toEqual([
      { position: 11, registration: 'registered' },
      { position: 16, registration: 'failed' },
    ]);
  });

  it.each([
    [1, 'registered'],
    [2, 'failed'],
    [3, 'not-registered'],
    [9, 'unknown'],
    [0, 'unknown'],
    [77, 'unknown'],
  ])('registration %i is %s', (code, registration) => {
    expect(readFingerprints(Uint8Array.from(record(code, 97)))).toEqual([{ position: 97, registration }]);
  });

  it('that do not begin with their mark are not there', () => {
    expect(readFingerprints(new Uint8Array(1024))).toEqual([]);
    const second = Uint8Array.from([...record(1, 11, 'D'), ...record(1, 18)]);
    expect(readFingerprints(second)).toEqual([{ position: 18, registration: 'registered' }]);
  });

  it('of any other length are refused', () => {
    fc.assert(
      fc.property(
        fc.nat(2000).filter((length) => ![0, 512, 1024].includes(length)),
        (length) => {
          const reading = () => readFingerprints(new Uint8Array(length));
          expect(reading).toThrow(expect.objectContaining({ code: 'card.length-wrong' }) as Error);
        },
      ),
    );
  });
});
