import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardText, readCardText } from './card-text.ts';

/** A 256-byte block with texts at byte offsets, as GA 490 lays them out; written here by hand, apart from the parser. */
function block(texts: Readonly<Record<number, string>>): Uint8Array {
  const bytes = Buffer.alloc(256, ' \0', 'latin1');
  for (const [offset, text] of Object.entries(texts)) bytes.write(text, Number(offset), 'utf16le');
  return new Uint8Array(bytes);
}

const mainland = {
  0: '覃示例',
  30: '2',
  32: '08',
  36: '19900101',
  52: '广西测试县样本镇示例村7号',
  122: '45999919900101002x',
  158: '测试县公安局',
  188: '20200102',
  204: '长期',
};

const groups = { '08': '壮' };

describe('the text block of a mainland card', () => {
  it('gives each field from its place', () => {
    expect(readCardText(block(mainland), groups)).toEqual({
      kind: 'mainland',
      name: '覃示例',
      sexCode: '2',
      ethnicCode: '08',
      ethnicGroup: '壮',
      birth: '1990-01-01',
      address: '广西测试县样本镇示例村7号',
      number: '45999919900101002X',
      authority: '测试县公安局',
      validFrom: '2020-01-02',
      validTo: { kind: 'long-term' },
    });
  });

  it('keeps rare and private-use characters and strips only the padding', () => {
    expect(readCardText(block({ ...mainland, 0: '\u{20BB7}\uE123' }), groups).name).toBe('\u{20BB7}\uE123');
    expect(cardText(Buffer.from('甲 乙 \0\0', 'utf16le'))).toBe('甲 乙');
  });

  it('shows an unknown ethnic code instead of dropping it', () => {
    expect(readCardText(block({ ...mainland, 32: '58' }), groups)).toMatchObject({
      ethnicCode: '58',
      ethnicGroup: '未知(58)',
    });
  });

  it.each(['I', 'J', 'Y', 'Q'])('refuses the layout %s that it does not know', (flag) => {
    expect(() => readCardText(block({ ...mainland, 248: flag }), groups)).toThrow(
      expect.objectContaining({ code: 'card.unknown-layout' }) as Error,
    );
  });

  it('refuses fields that make no sense without repeating them', () => {
    expect(() => readCardText(block({ ...mainland, 36: '19901332' }), groups)).toThrow(
      expect.objectContaining({ code: 'card.unreadable-text', detail: 'birth' }) as Error,
    );
  });

  it('refuses any other bytes with a code of its own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 300 }), (bytes) => {
        expect(() => readCardText(bytes, groups)).toThrow(expect.objectContaining({ name: 'StationError' }) as Error);
      }),
    );
  });
});
