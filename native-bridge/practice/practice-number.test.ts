import { describe, expect, it } from 'vitest';
import { checkCharacter, foreignerNumber, practiceNumber, withWrongCheck } from './practice-number.ts';

describe('practice numbers', () => {
  // The sample number printed in GB 11643-1999.
  it('have the check character of the standard', () => {
    expect(practiceNumber({ division: '110105', birth: '19491231', sequence: '002' })).toBe('11010519491231002X');
  });

  // The samples of the notices about the cards of 2018, 2023 and 2017.
  it('of the other cards have their checks', () => {
    expect(checkCharacter('81000019900307001')).toBe('5');
    expect(checkCharacter('93268219850101001')).toBe('7');
    const former = { nationality: 'KAZ', area: '1100', birth: '19901231', sequence: '0' };
    expect(foreignerNumber(former)).toBe('KAZ110090123105');
  });

  it('can be given a wrong check character, whatever the right one is', () => {
    for (let sequence = 0; sequence < 40; sequence += 1) {
      const right = practiceNumber({
        division: '459999',
        birth: '19900101',
        sequence: String(sequence).padStart(3, '0'),
      });
      const wrong = withWrongCheck(right);
      expect(wrong.slice(0, 17)).toBe(right.slice(0, 17));
      expect(wrong.slice(-1)).not.toBe(checkCharacter(wrong));
      expect(wrong).toMatch(/^\d{17}[\dX]$/);
    }
  });
});
