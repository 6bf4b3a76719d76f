import { describe, expect, it } from 'vitest';
import { checkCharacter, practiceNumber, withWrongCheck } from './practice-number.ts';

describe('practice numbers', () => {
  // The sample number printed in GB 11643-1999.
  it('have the check character of the standard', () => {
    expect(practiceNumber({ division: '110105', birth: '19491231', sequence: '002' })).toBe('11010519491231002X');
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
