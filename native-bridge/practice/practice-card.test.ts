import { describe, expect, it } from 'vitest';
import {
  assemblePracticeCard,
  encodeNewestAddress,
  encodePracticeText,
  PracticeCardError,
  type MainlandFields,
} from './practice-card.ts';
import { MAINLAND_LAYOUT } from './text-layout.ts';

const FIELDS: MainlandFields = {
  name: '韦试样',
  sexCode: '1',
  ethnicCode: '08',
  birth: '19880317',
  address: '示例省练习市样板区培训路1号',
  number: '459999198803170110',
  authority: '示例市公安局练习分局',
  validFrom: '20200301',
  validTo: '20400301',
};

function textAt(block: Uint8Array, offset: number, bytes: number): string {
  return Buffer.from(block.slice(offset, offset + bytes)).toString('utf16le');
}

function refusal(fields: object): PracticeCardError | undefined {
  try {
    encodePracticeText({ ...FIELDS, ...fields });
    return undefined;
  } catch (error) {
    return error instanceof PracticeCardError ? error : undefined;
  }
}

describe('the text block', () => {
  const block = encodePracticeText(FIELDS);

  // Offsets and sizes of the resident card, from GA 490 as published by reader makers.
  it.each([
    ['name', 0, 30, '韦试样'],
    ['sex', 30, 2, '1'],
    ['ethnic group', 32, 4, '08'],
    ['birth', 36, 16, '19880317'],
    ['address', 52, 70, '示例省练习市样板区培训路1号'],
    ['number', 122, 36, '459999198803170110'],
    ['authority', 158, 30, '示例市公安局练习分局'],
    ['valid from', 188, 16, '20200301'],
    ['valid to', 204, 16, '20400301'],
  ])('%s stands at %i, %i bytes, filled up with spaces', (_, offset, bytes, text) => {
    expect(textAt(block, offset, bytes)).toBe(text.padEnd(bytes / 2, ' '));
  });

  it('is 256 bytes, reserved part and type flag blank', () => {
    expect(block).toHaveLength(256);
    expect(textAt(block, 220, 36)).toBe(' '.repeat(18));
  });

  it('is UTF-16 with the low byte first', () => {
    // 韦 is U+97E6.
    expect([block[0], block[1]]).toEqual([0xe6, 0x97]);
  });

  it('places follow each other without a gap', () => {
    let end = 0;
    for (const { offset, bytes } of MAINLAND_LAYOUT) {
      expect(offset).toBe(end);
      end = offset + bytes;
    }
    expect(end).toBe(220);
  });

  it('holds the long term as it is printed', () => {
    expect(textAt(encodePracticeText({ ...FIELDS, validTo: '长期' }), 204, 16)).toBe('长期      ');
  });

  it('keeps characters beyond the basic plane, which take two places', () => {
    const name = '\u{23C97}'.repeat(7) + '样';
    expect(textAt(encodePracticeText({ ...FIELDS, name }), 0, 30)).toBe(name);
    expect(refusal({ name: '\u{23C97}'.repeat(8) })).toMatchObject({ code: 'too-long', field: 'name' });
  });
});

describe('refused', () => {
  it.each([
    ['a name of 16 characters', { name: '样'.repeat(16) }, 'too-long', 'name'],
    ['an address of 36 characters', { address: '样'.repeat(36) }, 'too-long', 'address'],
    ['an authority of 16 characters', { authority: '局'.repeat(16) }, 'too-long', 'authority'],
    ['an empty name', { name: '' }, 'bad-form', 'name'],
    ['half a surrogate pair', { name: '韦\uD84F' }, 'bad-form', 'name'],
    ['a sex code in words', { sexCode: '男' }, 'bad-form', 'sexCode'],
    ['an ethnic code of one digit', { ethnicCode: '8' }, 'bad-form', 'ethnicCode'],
    ['a birth with dashes', { birth: '1988-03-17' }, 'bad-form', 'birth'],
    ['a number with a small x', { number: '45999919880317011x' }, 'bad-form', 'number'],
    ['a long term at the beginning', { validFrom: '长期' }, 'bad-form', 'validFrom'],
    ['another word at the end', { validTo: '永久' }, 'bad-form', 'validTo'],
    ['a field that no card has', { nickname: '样' }, 'bad-form', ''],
  ])('%s', (_, fields, code, field) => {
    expect(refusal(fields)).toMatchObject({ code, field });
  });

  it('what is wrong only in meaning is let through', () => {
    expect(refusal({ birth: '19881399', number: '459999198803170111' })).toBeUndefined();
  });
});

describe('the newest address', () => {
  it('is 70 bytes filled up with spaces', () => {
    const block = encodeNewestAddress('新迁路9号');
    expect(block).toHaveLength(70);
    expect(textAt(block, 0, 70)).toBe('新迁路9号'.padEnd(35, ' '));
  });

  it('is refused beyond 35 characters', () => {
    expect(() => encodeNewestAddress('路'.repeat(36))).toThrow(PracticeCardError);
  });
});

describe('the body number', () => {
  const photo = new Uint8Array(1024);

  it('belongs to the plastic: the same for the same card, another after a reissue', () => {
    const first = assemblePracticeCard({ fields: FIELDS, photo });
    const again = assemblePracticeCard({ fields: FIELDS, photo });
    const reissued = assemblePracticeCard({ fields: { ...FIELDS, validFrom: '20260301' }, photo });
    expect(again.bodyNumber).toEqual(first.bodyNumber);
    expect(reissued.bodyNumber).not.toEqual(first.bodyNumber);
  });
});
