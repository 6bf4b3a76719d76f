import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardClass, historicalBytes } from './answer-to-reset.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

describe('cardClass', () => {
  it.each([
    ['identity-pages', '3B 8F 80 01 80 4F 0C A0 00 00 03 06 11 90 00 00 00 00 00 96'],
    ['identity-card', '3B 86 80 01 80 4F 03 F0 01 00 3A'],
    ['identity-card', '3B 88 80 01 D1 03 86 05 00 80 80 00 58'],
    ['identity-card', '3B 8F 80 01 80 4F 0C A0 00 00 03 06 07 FF B0 00 00 00 00 20'],
    // The same historical bytes behind other interface bytes.
    ['identity-card', '3B F6 11 00 00 81 01 80 4F 03 F0 01 00 3A'],
    ['storage', '3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 01 00 00 00 00 6A'],
    ['storage', '3B 8F 80 01 80 4F 0C A0 00 00 03 06 FF 00 00 00 00'],
    ['processor', '3B 6D 00 00 00 81 54 44 4D 86 60 9E 12 34 56 78 90'],
    ['processor', '3B 8A 80 01 00 31 C1 73 C8 40 00 00 90 00 90'],
    // A residence permit that is no identity card.
    ['processor', '3B 8B 80 01 20 70 01 00 00 00 00 07 1C 61 51 70'],
    ['processor', ''],
  ] as const)('is %s for %s', (expected, atr) => {
    expect(cardClass(bytes(atr))).toBe(expected);
  });
});

describe('historicalBytes', () => {
  it('skips the interface bytes of every group', () => {
    expect(historicalBytes(bytes('3B F2 11 22 33 81 31 FE 45 AA BB 00'))).toEqual(bytes('AA BB'));
  });

  it('never throws and never finds more than fifteen bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (atr) => {
        expect(historicalBytes(atr).length).toBeLessThanOrEqual(15);
        expect(cardClass(atr)).toBeTypeOf('string');
      }),
    );
  });
});
