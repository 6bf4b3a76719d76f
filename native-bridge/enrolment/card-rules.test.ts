import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../contract/card.ts';
import { chinaDay, startOfChinaDay } from './china-day.ts';
import { cardFindings, defaultAgeRules, fullYears } from './findings.ts';
import { checkCharacter, maskNumber, numberParts } from './id-number.ts';
import { type DivisionTable, nativePlace } from './native-place.ts';
import { testFields } from './test-draft.ts';

const divisions: DivisionTable = {
  '450000': ['广西壮族自治区', 1],
  '450100': ['南宁市', 1],
  '450103': ['青秀区', 1],
  '450121': ['邕宁县', 0],
  '110000': ['北京市', 1],
  '110100': ['市辖区', 1],
  '110101': ['东城区', 1],
};

describe('the citizen number (GB 11643)', () => {
  it('accepts the published sample and refuses any other check digit', () => {
    expect(numberParts('11010519491231002X')).toEqual({
      division: '110105',
      birth: '1949-12-31',
      sex: 'female',
      checkDigitRight: true,
    });
    expect(numberParts('110105194912310021')?.checkDigitRight).toBe(false);
  });

  it('computes the published sample of a Hong Kong resident permit', () => {
    expect(checkCharacter('81000019900307001')).toBe('5');
  });

  it('finds every single wrong digit', () => {
    const digits = fc.stringMatching(/^\d{17}$/);
    fc.assert(
      fc.property(digits, fc.nat(16), fc.integer({ min: 1, max: 9 }), (first, index, change) => {
        const wrong = (Number(first[index]) + change) % 10;
        const other = `${first.slice(0, index)}${wrong}${first.slice(index + 1)}`;
        expect(checkCharacter(other)).not.toBe(checkCharacter(first));
      }),
    );
  });

  it('is masked except for the first six and the last four', () => {
    expect(maskNumber('45999919860409001X')).toBe('459999********001X');
    expect(maskNumber('12345')).toBe('*****');
  });
});

describe('native place', () => {
  it('names current and abolished codes', () => {
    expect(nativePlace('450103', divisions)).toMatchObject({
      level: 'county',
      name: '广西壮族自治区南宁市青秀区',
      abolished: false,
    });
    expect(nativePlace('450121', divisions)).toMatchObject({
      level: 'county',
      name: '广西壮族自治区南宁市邕宁县',
      abolished: true,
    });
  });

  it('falls back to prefecture, then province, then says that it does not know', () => {
    expect(nativePlace('450199', divisions)).toMatchObject({ level: 'prefecture', name: '广西壮族自治区南宁市' });
    expect(nativePlace('459999', divisions)).toMatchObject({ level: 'province', name: '广西壮族自治区' });
    expect(nativePlace('990000', divisions)).toMatchObject({ level: 'unknown', name: '' });
  });

  it('leaves the filler rows of municipalities out', () => {
    expect(nativePlace('110101', divisions).name).toBe('北京市东城区');
  });
});

describe('findings about a card', () => {
  const place = nativePlace('450103', divisions);
  const find = (fields: Partial<typeof testFields>, code: Finding['code'], today = '2026-11-23') =>
    cardFindings({ ...testFields, ...fields }, place, today, defaultAgeRules).find((finding) => finding.code === code);

  it('finds nothing wrong with a good card', () => {
    const levels = cardFindings(testFields, place, '2026-11-23', defaultAgeRules).map((finding) => finding.level);
    expect(new Set(levels)).toEqual(new Set(['ok']));
  });

  it.each([
    [{ number: '459999198604090011' }, 'number-check-digit', 'wrong-check-digit'],
    [{ number: 'K12345' }, 'number-check-digit', 'malformed'],
    [{ number: 'K12345' }, 'sex-against-number', 'sex-differs'],
    [{ birth: '1986-04-10' }, 'birth-against-number', 'birth-differs'],
    [{ sexCode: '2' }, 'sex-against-number', 'sex-differs'],
    [{ validTo: { kind: 'date', date: '2026-11-22' } }, 'validity', 'expired'],
    [{ validTo: { kind: 'date', date: '2026-12-01' } }, 'validity', 'expires-soon'],
    [{ validFrom: '2026-11-24' }, 'validity', 'not-yet-valid'],
    [{ birth: '1960-01-01' }, 'age', 'over-limit'],
    [{ birth: '2010-11-01' }, 'age', 'protected'],
    [{ name: '韦\ue123' }, 'private-use-character', 'private-use'],
  ] as const)('%o warns: %s %s', (fields, code, reason) => {
    expect(find(fields as Partial<typeof testFields>, code)).toEqual({ code, level: 'warn', reason });
  });

  it('keeps a card valid on its last day, and for ever when it says so', () => {
    expect(find({ validTo: { kind: 'date', date: '2026-11-23' } }, 'validity')?.reason).toBe('expires-soon');
    expect(find({ validTo: { kind: 'long-term' } }, 'validity')).toMatchObject({ level: 'ok', reason: 'long-term' });
  });

  it('blocks until the day of the 16th birthday', () => {
    expect(find({ birth: '2010-11-24' }, 'age')).toMatchObject({ level: 'block', reason: 'under-minimum' });
    expect(find({ birth: '2010-11-23' }, 'age')?.level).toBe('warn');
    expect(fullYears('2008-02-29', '2026-02-28')).toBe(17);
    expect(fullYears('2008-02-29', '2026-03-01')).toBe(18);
  });
});

describe('the day in China', () => {
  it('begins at 16:00 UTC of the day before', () => {
    expect(chinaDay(new Date('2026-11-22T15:59:59Z'))).toBe('2026-11-22');
    expect(chinaDay(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
    expect(startOfChinaDay(new Date('2026-11-23T01:00:00Z')).toISOString()).toBe('2026-11-22T16:00:00.000Z');
  });
});
