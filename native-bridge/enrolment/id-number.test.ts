import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foreignerCheckDigit } from '../contract/foreigner-check-digit.ts';
import { checkCharacter, maskNumber, numberParts } from './id-number.ts';

/** The text with one digit changed. */
const change = (text: string, index: number, by: number) =>
  `${text.slice(0, index)}${(Number(text[index]) + by) % 10}${text.slice(index + 1)}`;

describe('the citizen number (GB 11643)', () => {
  // The sample that the standard prints.
  it('accepts the published sample and refuses any other check digit', () => {
    expect(numberParts('mainland', '11010519491231002X')).toEqual({
      birthDigits: '19491231',
      sex: 'female',
      checkRight: true,
      prefixRight: true,
    });
    expect(numberParts('mainland', '110105194912310021')?.checkRight).toBe(false);
  });

  it('finds every single wrong digit', () => {
    const digits = fc.stringMatching(/^\d{17}$/);
    fc.assert(
      fc.property(digits, fc.nat(16), fc.integer({ min: 1, max: 9 }), (first, index, by) => {
        expect(checkCharacter(change(first, index, by))).not.toBe(checkCharacter(first));
      }),
    );
  });

  it.each(['', 'K12345', '11010519491231002', '11010519491231002x', '11010519491231002XX'])(
    'has no parts in %j',
    (number) => {
      expect(numberParts('mainland', number)).toBeUndefined();
    },
  );

  it('is masked except for the first six and the last four', () => {
    expect(maskNumber('45999919860409001X')).toBe('459999********001X');
    expect(maskNumber('12345')).toBe('*****');
  });
});

describe('the number of a residence permit', () => {
  // The example of the permit's publication: 81000019900307001 has the check digit 5.
  it('has the check of the citizen number and begins with its region', () => {
    expect(checkCharacter('81000019900307001')).toBe('5');
    for (const region of ['81', '82', '83']) {
      const body = `${region}000019900307001`;
      expect(numberParts('residence-permit', body + checkCharacter(body))).toEqual({
        birthDigits: '19900307',
        sex: 'male',
        checkRight: true,
        prefixRight: true,
      });
    }
    expect(numberParts('residence-permit', '45999919900307001X')?.prefixRight).toBe(false);
    expect(numberParts('residence-permit', '710000199003070017')?.prefixRight).toBe(false);
  });
});

describe("a foreigner's number of 2023", () => {
  // The sample of the administration's notice of the 2023 card.
  it('begins with 9 and has the check of the citizen number', () => {
    expect(numberParts('foreigner-2023', '932682198501010017')).toEqual({
      birthDigits: '19850101',
      sex: 'male',
      checkRight: true,
      prefixRight: true,
    });
    expect(numberParts('foreigner-2023', '932682198501010018')?.checkRight).toBe(false);
    expect(numberParts('mainland', '932682198501010017')?.prefixRight).toBe(false);
  });
});

describe("a foreigner's number of 2017", () => {
  // The published sample KAZ 1100 901231 0 has the check digit 5.
  it('has letters, six digits of the birth, no sex, and the check 7-3-1', () => {
    expect(foreignerCheckDigit('KAZ11009012310')).toBe('5');
    expect(numberParts('foreigner-2017', 'KAZ110090123105')).toEqual({
      birthDigits: '901231',
      sex: undefined,
      checkRight: true,
      prefixRight: true,
    });
    expect(numberParts('foreigner-2017', 'KAZ110090123106')?.checkRight).toBe(false);
  });

  // The specimen of ICAO 9303: document D23145890 has the check digit 7, birth 340712 as well.
  it('agrees with the specimen of machine-readable travel documents', () => {
    expect(foreignerCheckDigit('D23145890')).toBe('7');
    expect(foreignerCheckDigit('340712')).toBe('7');
  });

  it('finds every single wrong digit', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Z]{3}\d{11}$/),
        fc.integer({ min: 3, max: 13 }),
        fc.integer({ min: 1, max: 9 }),
        (body, index, by) => {
          expect(foreignerCheckDigit(change(body, index, by))).not.toBe(foreignerCheckDigit(body));
        },
      ),
    );
  });

  it.each(['', 'KAZ11009012310', 'kaz110090123105', 'KA1110090123105', '932682198501010017'])(
    'has no parts in %j',
    (number) => {
      expect(numberParts('foreigner-2017', number)).toBeUndefined();
    },
  );
});
