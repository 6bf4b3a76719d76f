import { describe, expect, it } from 'vitest';
import type { CardFields, Finding, NativePlace } from '../contract/card.ts';
import { defaultAgeRules, fullYears } from './age-rules.ts';
import { cardFindings } from './findings.ts';
import { foreigner2017Fields, foreigner2023Fields, permitFields } from './sample-cards.ts';
import { testFields } from './test-draft.ts';

const today = '2026-11-23';
const county: NativePlace = { code: '450103', level: 'county', name: '示例县', abolished: false };

const find = (fields: CardFields, code: Finding['code'], place = county, day = today) =>
  cardFindings(fields, place, day, defaultAgeRules).find((finding) => finding.code === code);

/** A card with one thing changed; only names and values that the kind has. */
const changed = <Fields extends CardFields>(fields: Fields, change: Partial<CardFields>) => ({ ...fields, ...change });

const mainland = ['number-check-digit', 'birth-against-number', 'sex-against-number', 'validity', 'age'];

describe('what is asked of a card', () => {
  it.each([
    [testFields, [...mainland, 'division', 'ethnic-group', 'private-use-character']],
    [permitFields, [...mainland, 'private-use-character']],
    // The number of 2017 does not tell the sex.
    [foreigner2017Fields, [...mainland.filter((code) => !code.startsWith('sex')), 'private-use-character']],
    [foreigner2023Fields, [...mainland, 'private-use-character']],
  ] as const)('is what its kind has: $kind, and nothing is wrong with a good one', (fields, codes) => {
    const findings = cardFindings(fields, county, today, defaultAgeRules);
    expect(findings.map(({ code }) => code)).toEqual(codes);
    expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
  });
});

describe.each([testFields, permitFields, foreigner2017Fields, foreigner2023Fields])('any card: $kind', (card) => {
  it.each([
    [{ validTo: { kind: 'date', date: '2026-11-22' } }, 'validity', 'expired'],
    [{ validTo: { kind: 'date', date: '2026-12-01' } }, 'validity', 'expires-soon'],
    [{ validFrom: '2026-11-24' }, 'validity', 'not-yet-valid'],
    [{ birth: '1960-01-01' }, 'age', 'over-limit'],
    [{ birth: '2010-11-01' }, 'age', 'protected'],
    [{ birth: '2027-01-01' }, 'age', 'born-in-future'],
    [{ birth: '1961-02-03' }, 'birth-against-number', 'birth-differs'],
    [{ number: 'K12345' }, 'number-check-digit', 'malformed'],
    [{ number: 'K12345' }, 'birth-against-number', 'birth-differs'],
    [{ name: '韦\uE123' }, 'private-use-character', 'in-name'],
    [{ name: '\u{F0001}样' }, 'private-use-character', 'in-name'],
    [{ name: '韦\uFFFD' }, 'private-use-character', 'in-name'],
  ] as readonly [Partial<CardFields>, Finding['code'], string][])('%o warns: %s %s', (change, code, reason) => {
    expect(find(changed(card, change), code)).toMatchObject({ code, level: 'warn', reason });
  });

  it('is valid on its last day, and for ever when it says so', () => {
    const until = (date: string) => find(changed(card, { validTo: { kind: 'date', date } }), 'validity');
    expect(until(today)?.reason).toBe('expires-soon');
    expect(until('2026-12-22')?.reason).toBe('expires-soon');
    expect(until('2026-12-23')).toEqual({ code: 'validity', level: 'ok' });
    const forEver = changed(card, { validTo: { kind: 'long-term' } });
    expect(find(forEver, 'validity')).toEqual({ code: 'validity', level: 'ok', reason: 'long-term' });
  });

  it('blocks until the day of the 16th birthday, and nothing else blocks', () => {
    expect(find(changed(card, { birth: '2010-11-24' }), 'age')).toMatchObject({ level: 'block' });
    expect(find(changed(card, { birth: '2010-11-24' }), 'age')).toMatchObject({ reason: 'under-minimum' });
    expect(find(changed(card, { birth: '2010-11-23' }), 'age')?.level).toBe('warn');
    const broken = changed(card, { number: '?', birth: '1900-01-01', validFrom: '2099-01-01', name: '\uE000' });
    const place: NativePlace = { code: '000000', level: 'unknown', name: '', abolished: false };
    const levels = cardFindings(broken, place, today, defaultAgeRules).map(({ level }) => level);
    expect(levels).not.toContain('block');
  });
});

describe('the number', () => {
  it.each([
    [testFields, '459999198604090011', 'wrong-check-digit'],
    [testFields, '932682198501010017', 'of-another-kind'],
    [permitFields, '810000199003070008', 'wrong-check-digit'],
    [permitFields, '459999198604090019', 'of-another-kind'],
    [foreigner2017Fields, 'KAZ110090123106', 'wrong-check-digit'],
    [foreigner2017Fields, '932682198501010017', 'malformed'],
    [foreigner2023Fields, '932682198501010018', 'wrong-check-digit'],
    [foreigner2023Fields, '110105194912310021', 'of-another-kind'],
  ] as readonly [CardFields, string, string][])('of %o being %s is %s', (fields, number, reason) => {
    const finding = find(changed(fields, { number }), 'number-check-digit');
    expect(finding).toEqual({ code: 'number-check-digit', level: 'warn', reason });
  });

  it.each([testFields, permitFields, foreigner2023Fields])('tells the sex: $kind', (fields) => {
    const other = fields.sexCode === '1' ? '2' : '1';
    const differs = { code: 'sex-against-number', level: 'warn', reason: 'sex-differs' };
    expect(find(changed(fields, { sexCode: other }), 'sex-against-number')).toEqual(differs);
    expect(find(changed(fields, { sexCode: '9' }), 'sex-against-number')).toEqual(differs);
    expect(find(changed(fields, { number: '?' }), 'sex-against-number')).toEqual(differs);
  });

  it('of 2017 has only the last two digits of the year', () => {
    expect(find(changed(foreigner2017Fields, { birth: '1990-12-31' }), 'birth-against-number')?.level).toBe('ok');
    expect(find(changed(foreigner2017Fields, { birth: '1991-12-31' }), 'birth-against-number')?.level).toBe('warn');
  });
});

describe('only a mainland card', () => {
  it.each([
    [{ level: 'unknown' }, 'warn', 'unknown'],
    [{ usedAtBirth: false }, 'warn', 'not-used-at-birth'],
    [{ usedAtBirth: false, abolished: true }, 'warn', 'not-used-at-birth'],
    [{ usedAtBirth: true, abolished: true }, 'ok', 'abolished'],
    [{ abolished: true }, 'ok', 'abolished'],
    [{ level: 'prefecture' }, 'ok', 'prefecture-only'],
    [{ level: 'province' }, 'ok', 'province-only'],
    [{ usedAtBirth: true }, 'ok', undefined],
  ] as readonly [Partial<NativePlace>, Finding['level'], string | undefined][])(
    'has a division: %o is %s %s',
    (place, level, reason) => {
      const finding = find(testFields, 'division', { ...county, ...place });
      expect(finding).toEqual({ code: 'division', level, ...(reason !== undefined && { reason }) });
    },
  );

  it('has an ethnic group, which the table may lack', () => {
    const { ethnicGroup: _, ...unnamed } = testFields;
    const finding = find({ ...unnamed, ethnicCode: '77' }, 'ethnic-group');
    expect(finding).toEqual({ code: 'ethnic-group', level: 'warn', reason: 'unknown-code' });
  });
});

describe('the address', () => {
  it.each([testFields, permitFields])('is looked through for unclear characters as well: $kind', (fields) => {
    const finding = find(changed(fields, { address: '示例路\uE815号' }), 'private-use-character');
    expect(finding).toEqual({ code: 'private-use-character', level: 'warn', reason: 'in-address' });
  });
});

describe('full years', () => {
  it('count a birthday on 29 February from 1 March in common years', () => {
    expect(fullYears('2008-02-29', '2026-02-28')).toBe(17);
    expect(fullYears('2008-02-29', '2026-03-01')).toBe(18);
  });
});
