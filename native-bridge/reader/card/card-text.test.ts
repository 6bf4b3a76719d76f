import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../contract/errors.ts';
import { cardText, readCardText } from './card-text.ts';
import {
  foreigner2017Layout,
  foreigner2023Layout,
  mainlandLayout,
  permitLayout,
  type TextPlace,
} from './text-layouts.ts';

/** A 256-byte block with texts at byte offsets, as GA 490 lays them out; written here by hand, apart from the parser. */
function block(texts: Readonly<Record<number, string>>): Uint8Array {
  const bytes = Buffer.alloc(256, ' \0', 'latin1');
  for (const [offset, text] of Object.entries(texts)) bytes.write(text, Number(offset), 'utf16le');
  return new Uint8Array(bytes);
}

// Offsets from the card makers' publications of GA 490 and of the cards of 2017, 2018 and 2023.
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
const permit = {
  ...mainland,
  32: '  ',
  122: '810000199003070008',
  220: 'H01234567',
  238: '02',
  248: 'J',
};
const foreigner2017 = {
  0: 'SAMPLE, TEST ANNA',
  120: '2',
  122: 'KAZ110090123105',
  152: 'KAZ',
  158: '安娜',
  188: '20180501',
  204: '20280501',
  220: '19901231',
  236: '01',
  240: '1100',
  248: 'I',
};
// The number is the sample that the maker's and the administration's notices of the 2023 card print.
const foreigner2023 = {
  0: '萨示例',
  30: '1',
  32: '01',
  36: '19850101',
  52: 'SAMPLE, TEST'.padEnd(34, 'A'),
  122: '932682198501010017',
  188: '20231201',
  204: '20331130',
  220: 'SECOND',
  242: 'SAU',
  248: 'Y',
  250: '   ',
};

const groups = { '08': '壮' };
const refusing = (code: ErrorCode, detail?: string) =>
  expect.objectContaining(detail === undefined ? { code } : { code, detail }) as Error;

describe('the layouts', () => {
  it.each([
    ['mainland', mainlandLayout],
    ['residence permit', permitLayout],
    ['foreigner 2017', foreigner2017Layout],
    ['foreigner 2023', foreigner2023Layout],
  ] as readonly [string, readonly TextPlace[]][])('%s: places follow each other and fill 256 bytes', (_, layout) => {
    let end = 0;
    for (const [, offset, bytes] of layout) {
      expect(offset).toBe(end);
      end = offset + bytes;
    }
    expect(end).toBe(256);
  });
});

describe('a mainland card', () => {
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
    expect(cardText(Buffer.from('\uFEFF甲', 'utf16le'))).toBe('\uFEFF甲');
  });

  it('keeps an ethnic code that the table does not have, without a name', () => {
    const fields = readCardText(block({ ...mainland, 32: '58' }), groups);
    expect(fields).toMatchObject({ ethnicCode: '58' });
    expect(fields).not.toHaveProperty('ethnicGroup');
  });

  it('takes NULs as padding, in the flag as well', () => {
    const bytes = block(mainland);
    bytes.fill(0, 6, 30);
    bytes.fill(0, 220);
    expect(readCardText(bytes, groups)).toMatchObject({ kind: 'mainland', name: '覃示例' });
  });
});

describe('a residence permit', () => {
  it('gives what the mainland card has, and its own fields, but no ethnic group', () => {
    expect(readCardText(block(permit), groups)).toEqual({
      kind: 'residence-permit',
      name: '覃示例',
      sexCode: '2',
      birth: '1990-01-01',
      address: '广西测试县样本镇示例村7号',
      number: '810000199003070008',
      authority: '测试县公安局',
      validFrom: '2020-01-02',
      validTo: { kind: 'long-term' },
      travelPassNumber: 'H01234567',
      issueCount: '02',
    });
  });
});

describe("a foreigner's card of 2017", () => {
  it('gives each field from its place', () => {
    expect(readCardText(block(foreigner2017), groups)).toEqual({
      kind: 'foreigner-2017',
      name: '安娜',
      chineseName: '安娜',
      englishName: 'SAMPLE, TEST ANNA',
      sexCode: '2',
      birth: '1990-12-31',
      nationality: 'KAZ',
      number: 'KAZ110090123105',
      validFrom: '2018-05-01',
      validTo: { kind: 'date', date: '2028-05-01' },
      cardVersion: '01',
      acceptingAuthorityCode: '1100',
    });
  });

  it('names who has no Chinese name in English', () => {
    expect(readCardText(block({ ...foreigner2017, 158: '' }), groups)).toMatchObject({ name: 'SAMPLE, TEST ANNA' });
    expect(readCardText(block({ ...foreigner2017, 158: '  ' }), groups)).toMatchObject({ chineseName: '' });
  });
});

describe("a foreigner's card of 2023", () => {
  it('gives each field from its place, joining the English name over its two', () => {
    expect(readCardText(block(foreigner2023), groups)).toEqual({
      kind: 'foreigner-2023',
      name: '萨示例',
      chineseName: '萨示例',
      // The space at the end of the first part stands between two names.
      englishName: `${'SAMPLE, TEST'.padEnd(34, 'A')} SECOND`,
      sexCode: '1',
      renewals: '01',
      birth: '1985-01-01',
      nationality: 'SAU',
      number: '932682198501010017',
      validFrom: '2023-12-01',
      validTo: { kind: 'date', date: '2033-11-30' },
    });
  });

  // The maker's worked example of the former number: KAZ 1100 901231 0, check 5.
  it('derives the number of the card before it', () => {
    const number = '911398199012310012';
    const card = { ...foreigner2023, 122: number, 242: 'KAZ', 250: '000' };
    expect(readCardText(block(card), groups)).toMatchObject({ formerNumber: 'KAZ110090123105' });
  });

  it.each(['', '00', '0 0', 'A00'])('derives none from the link %j', (link) => {
    expect(readCardText(block({ ...foreigner2023, 250: link }), groups)).not.toHaveProperty('formerNumber');
  });
});

describe('refused', () => {
  it.each(['A', 'Q', 'j', '1', '永', '\uE001'])('the layout %j that nobody knows', (flag) => {
    expect(() => readCardText(block({ ...mainland, 248: flag }), groups)).toThrow(refusing('card.unknown-layout'));
  });

  it.each([
    ['birth', { ...mainland, 36: '19901332' }],
    ['birth', { ...permit, 36: '1990 101' }],
    ['name', { ...mainland, 0: '   ' }],
    ['sexCode', { ...mainland, 30: '3' }],
    ['number', { ...mainland, 122: ' '.repeat(18) }],
    ['validFrom', { ...mainland, 188: '长期    ' }],
    ['validTo', { ...permit, 204: '永久    ' }],
    ['birth', { ...foreigner2017, 220: '20230229' }],
    ['englishName', { ...foreigner2017, 0: ' '.repeat(20) }],
    ['nationality', { ...foreigner2017, 152: 'K1Z' }],
    ['nationality', { ...foreigner2023, 242: '   ' }],
    ['validTo', { ...foreigner2023, 204: '20331301' }],
  ])('a %s that makes no sense, without repeating it', (field, texts) => {
    expect(() => readCardText(block(texts), groups)).toThrow(refusing('card.unreadable-text', field));
  });

  it('a block of any other length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 600 }).filter(({ length }) => length !== 256),
        (bytes) => {
          expect(() => readCardText(bytes, groups)).toThrow(refusing('card.length-wrong'));
        },
      ),
    );
  });

  it('any bytes that are no card, with an error of its own', () => {
    const flag = fc.constantFrom(0x20, 0x49, 0x4a, 0x59);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), flag, (bytes, letter) => {
        bytes.set([letter, 0], 248);
        expect(() => readCardText(bytes, groups)).toThrow(refusing('card.unreadable-text'));
      }),
    );
  });
});

describe('every layout, whatever stands in it,', () => {
  const day = fc
    .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
    .map((moment) => moment.toISOString().slice(0, 10));
  const eight = (date: string) => date.replaceAll('-', '');
  /** Text of at most so many UTF-16 units that does not end in padding. */
  const text = (units: number, minLength = 1) =>
    fc
      .string({ unit: fc.constantFrom('张', '·', 'A', ' ', '7', '\u{20BB7}', '\uE123'), minLength, maxLength: units })
      .filter((value) => value.length <= units && !value.endsWith(' ') && (minLength === 0 || value.trim() !== ''));
  const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
  const letters = fc.stringMatching(/^[A-Z]{3}$/);
  const end = fc.option(day);
  const holder = { sexCode: fc.constantFrom('0', '1', '2', '9'), birth: day, from: day, to: end };
  const toText = (to: string | null) => (to === null ? '长期' : eight(to));
  const shared = (given: { sexCode: string; birth: string; from: string; to: string | null }) => ({
    sexCode: given.sexCode,
    birth: given.birth,
    validFrom: given.from,
    validTo: given.to === null ? { kind: 'long-term' } : { kind: 'date', date: given.to },
  });

  it('is read as it was written: residents', () => {
    const people = fc.record({
      ...holder,
      name: text(15),
      address: text(35, 0),
      number: digits(18),
      authority: text(15, 0),
      ethnicCode: digits(2),
      pass: fc.option(text(9)),
      count: digits(2),
    });
    fc.assert(
      fc.property(people, (given) => {
        const { name, address, number, authority, ethnicCode, pass, count } = given;
        const common = { 0: name, 30: given.sexCode, 36: eight(given.birth), 52: address, 122: number, 158: authority };
        const term = { 188: eight(given.from), 204: toText(given.to) };
        const own = pass === null ? { 32: ethnicCode } : { 220: pass, 238: count, 248: 'J' };
        expect(readCardText(block({ ...common, ...term, ...own }), groups)).toEqual({
          ...shared(given),
          ...{ name, address, number, authority },
          ...(pass === null
            ? { kind: 'mainland', ethnicCode, ...(ethnicCode === '08' && { ethnicGroup: '壮' }) }
            : { kind: 'residence-permit', travelPassNumber: pass, issueCount: count }),
        });
      }),
    );
  });

  it('is read as it was written: foreigners, 2017', () => {
    const people = fc.record({
      ...holder,
      englishName: text(60),
      chineseName: text(15, 0),
      number: digits(15),
      nationality: letters,
      cardVersion: digits(2),
      acceptingAuthorityCode: digits(4),
    });
    fc.assert(
      fc.property(people, ({ sexCode, birth, from, to, ...own }) => {
        const written = block({
          ...{ 0: own.englishName, 120: sexCode, 122: own.number, 152: own.nationality, 158: own.chineseName },
          ...{ 188: eight(from), 204: toText(to), 220: eight(birth), 236: own.cardVersion },
          ...{ 240: own.acceptingAuthorityCode, 248: 'I' },
        });
        const name = own.chineseName === '' ? own.englishName : own.chineseName;
        const read = { kind: 'foreigner-2017', ...shared({ sexCode, birth, from, to }), ...own, name };
        expect(readCardText(written, groups)).toEqual(read);
      }),
    );
  });

  it('is read as it was written: foreigners, 2023', () => {
    const people = fc.record({
      ...holder,
      // ASCII, as the place ends in the middle of the name and must not cut a pair.
      englishName: fc.stringMatching(/^[A-Z][A-Z ,]{0,44}[A-Z]$/),
      chineseName: text(15, 0),
      number: digits(18),
      nationality: letters,
      renewals: digits(2),
    });
    fc.assert(
      fc.property(people, ({ sexCode, birth, from, to, ...own }) => {
        const { englishName } = own;
        const written = block({
          ...{ 0: own.chineseName, 30: sexCode, 32: own.renewals, 36: eight(birth), 52: englishName.slice(0, 35) },
          ...{ 122: own.number, 188: eight(from), 204: toText(to), 220: englishName.slice(35), 242: own.nationality },
          248: 'Y',
        });
        const name = own.chineseName === '' ? englishName : own.chineseName;
        const read = { kind: 'foreigner-2023', ...shared({ sexCode, birth, from, to }), ...own, name };
        expect(readCardText(written, groups)).toEqual(read);
      }),
    );
  });
});
