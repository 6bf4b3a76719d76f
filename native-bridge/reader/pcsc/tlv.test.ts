import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import { dataObjects, valuesOfTag } from './tlv.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

/** Runs it; only the error of malformed data may come out. */
function outcome<T>(run: () => T): T | 'refused' {
  try {
    return run();
  } catch (error) {
    expect(error).toBeInstanceOf(StationError);
    expect((error as StationError).code).toBe('other-card.unreadable');
    return 'refused';
  }
}

describe('dataObjects', () => {
  it('reads tags of one to three bytes and lengths of one to three', () => {
    const long = new Uint8Array(200).fill(7);
    const longer = new Uint8Array(300).fill(8);
    const objects = dataObjects(Uint8Array.from(Buffer.concat([bytes('5A 02 99 12 9F38 01 AA 90 81 C8'), long])));
    expect(objects.map(({ tag, value }) => [tag, value.length])).toEqual([
      ['5A', 2],
      ['9F38', 1],
      ['90', 200],
    ]);
    expect(dataObjects(Uint8Array.from(Buffer.concat([bytes('DF8101 82 012C'), longer])))).toEqual([
      { tag: 'DF8101', value: longer },
    ]);
  });

  it('skips fillers between objects', () => {
    expect(dataObjects(bytes('00 00 5A 01 99 FF 00 57 01 11 00')).map(({ tag }) => tag)).toEqual(['5A', '57']);
  });

  it.each([
    ['value beyond the end', '5A 08 99'],
    ['no length', '5A'],
    ['tag cut short', '9F'],
    ['tag without end', '9F 81 81 81 01'],
    ['indefinite length', '70 80 5A 01 99 00 00'],
    ['length of three bytes', '70 83 00 00 01 99'],
    ['length cut short', '70 82 01'],
  ])('refuses: %s', (_, hex) => {
    expect(() => dataObjects(bytes(hex))).toThrow(expect.objectContaining({ code: 'other-card.unreadable' }));
  });
});

describe('valuesOfTag', () => {
  it('finds a tag at any depth, in order', () => {
    const answer = bytes('6F 17 84 02 AA BB A5 11 BF0C 0E 61 04 4F 02 01 02 61 06 4F 04 03 04 05 06');
    expect(valuesOfTag(answer, '4F')).toEqual([bytes('01 02'), bytes('03 04 05 06')]);
  });

  it('does not look inside values that are no template', () => {
    expect(valuesOfTag(bytes('84 03 5A 01 99'), '5A')).toEqual([]);
  });

  it('refuses templates that lie too deep', () => {
    const deep = Array.from({ length: 20 }).reduce<Uint8Array>(
      (inner) => Uint8Array.of(0x70, inner.length, ...inner),
      bytes('5A 01 99'),
    );
    expect(outcome(() => valuesOfTag(deep, '5A'))).toBe('refused');
  });

  it('gives back what was put in, whatever the values', () => {
    const value = fc.uint8Array({ maxLength: 100 });
    fc.assert(
      fc.property(value, value, (first, second) => {
        const inner = [0x5a, first.length, ...first, 0x9f, 0x38, second.length, ...second];
        const outer = Uint8Array.of(0x70, 0x82, inner.length >> 8, inner.length & 0xff, ...inner);
        expect(valuesOfTag(outer, '5A')).toEqual([first]);
        expect(valuesOfTag(outer, '9F38')).toEqual([second]);
      }),
    );
  });

  it('refuses or reads any bytes, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
        const values = outcome(() => valuesOfTag(any, '5A'));
        if (values !== 'refused') for (const value of values) expect(value.length).toBeLessThan(any.length);
      }),
      { numRuns: 5000 },
    );
  });
});
