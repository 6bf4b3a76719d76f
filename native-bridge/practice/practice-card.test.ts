import { describe, expect, it } from 'vitest';
import { assemblePracticeCard, encodeNewestAddress, encodePracticeText, PracticeCardError } from './practice-card.ts';
import type {
  Foreigner2017Fields,
  Foreigner2023Fields,
  MainlandFields,
  PermitFields,
  PracticeFields,
} from './practice-fields.ts';
import { checkCardImage } from './card-image.ts';
import {
  FOREIGNER_2017_LAYOUT,
  FOREIGNER_2023_LAYOUT,
  MAINLAND_LAYOUT,
  PERMIT_LAYOUT,
  type TextField,
} from './text-layout.ts';

const FIELDS: MainlandFields = {
  kind: 'mainland',
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

  it('places of every kind follow each other inside the block', () => {
    const layouts: readonly (readonly TextField<string>[])[] = [
      MAINLAND_LAYOUT,
      PERMIT_LAYOUT,
      FOREIGNER_2017_LAYOUT,
      FOREIGNER_2023_LAYOUT,
    ];
    for (const layout of layouts) {
      let end = 0;
      for (const { offset, bytes } of layout) {
        expect(offset).toBeGreaterThanOrEqual(end);
        end = offset + bytes;
      }
      expect(end).toBeLessThanOrEqual(256);
    }
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

const TERM = { validFrom: '20240301', validTo: '20340301' };

const PERMIT: PermitFields = {
  kind: 'residence-permit',
  ...{ name: '陈居住', sexCode: '2', birth: '19900307', address: '示例路1号', number: '810000199003070007' },
  ...{ authority: '示例市公安局', travelPassNumber: 'H00000000', issueCount: '02', ...TERM },
};
const OF_2017: Foreigner2017Fields = {
  kind: 'foreigner-2017',
  ...{ name: '安样本', englishName: 'PRACTICE, ANNA', sexCode: '2', birth: '19901231', nationality: 'KAZ' },
  ...{ number: 'KAZ459990123100', cardVersion: '01', acceptingAuthorityCode: '4599', ...TERM },
};
const OF_2023: Foreigner2023Fields = {
  kind: 'foreigner-2023',
  ...{ name: '安样本', englishName: `${'A'.repeat(34)} BCDE`, sexCode: '2', birth: '19901231', nationality: 'KAZ' },
  ...{ number: '945398199012310004', renewals: '03', formerNumberLink: '990', ...TERM },
};

// Offsets and sizes from reader makers' publications of the cards of 2017, 2018 and 2023.
describe.each([
  [
    'residence permit',
    PERMIT,
    [
      [0, 30, '陈居住'],
      [32, 4, ''],
      [122, 36, '810000199003070007'],
      [220, 18, 'H00000000'],
      [238, 4, '02'],
      [248, 2, 'J'],
    ],
  ],
  [
    'foreigner 2017',
    OF_2017,
    [
      [0, 120, 'PRACTICE, ANNA'],
      [120, 2, '2'],
      [122, 30, 'KAZ459990123100'],
      [152, 6, 'KAZ'],
      [158, 30, '安样本'],
      [188, 16, '20240301'],
      [204, 16, '20340301'],
      [220, 16, '19901231'],
      [236, 4, '01'],
      [240, 8, '4599'],
      [248, 2, 'I'],
    ],
  ],
  [
    'foreigner 2023',
    OF_2023,
    [
      [0, 30, '安样本'],
      [32, 4, '03'],
      [36, 16, '19901231'],
      [52, 70, `${'A'.repeat(34)} `],
      [122, 36, '945398199012310004'],
      [158, 30, ''],
      [220, 22, 'BCDE'],
      [242, 6, 'KAZ'],
      [248, 2, 'Y'],
      [250, 6, '990'],
    ],
  ],
] as readonly [string, PracticeFields, readonly (readonly [number, number, string])[]][])(
  'the text block of a %s',
  (_, fields, places) => {
    it.each(places)('has at %i, in %i bytes, %j', (offset, bytes, text) => {
      const block = encodePracticeText(fields);
      expect(block).toHaveLength(256);
      expect(textAt(block, offset, bytes)).toBe(text.padEnd(bytes / 2, ' '));
    });
  },
);

describe('a card of a kind that nobody knows', () => {
  it('has another letter where the kind stands', () => {
    expect(textAt(encodePracticeText(FIELDS, 'Q'), 248, 2)).toBe('Q');
  });

  it('cannot have two letters there', () => {
    expect(() => encodePracticeText(FIELDS, 'QQ')).toThrow(PracticeCardError);
  });
});

describe('fingerprints', () => {
  const photo = new Uint8Array(1024);
  const thumb = { position: 11, registration: 1, quality: 77 } as const;
  const other = { position: 18, registration: 2, quality: 0 } as const;

  it.each([
    [[], 0],
    [[thumb], 512],
    [[thumb, other], 1024],
  ])('%o take %i bytes', (fingerprints, bytes) => {
    const card = assemblePracticeCard({ fields: FIELDS, photo, fingerprints });
    expect(card.fingerprint).toHaveLength(bytes);
    expect(() => checkCardImage(card)).not.toThrow();
  });

  // Head of a record as in GA 1012: 0 mark, 4 registration, 5 position, 6 quality.
  it('have their heads in place, and a content that nothing repeats in', () => {
    const { fingerprint } = assemblePracticeCard({ fields: FIELDS, photo, fingerprints: [thumb, other] });
    expect([...fingerprint.slice(0, 7)]).toEqual([0x43, 0, 0, 0, 1, 11, 77]);
    expect([...fingerprint.slice(512, 519)]).toEqual([0x43, 0, 0, 0, 2, 18, 0]);
    expect(new Set(fingerprint.slice(7, 512)).size).toBeGreaterThan(150);
    expect(fingerprint.slice(7, 512)).not.toEqual(fingerprint.slice(519));
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
