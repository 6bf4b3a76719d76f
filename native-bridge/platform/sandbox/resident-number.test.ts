import { describe, expect, it } from 'vitest';
import { maskNumber, maskNumbersIn, residentNumberProblem } from './resident-number.ts';

describe('resident ID number', () => {
  // The two sample numbers printed in GB 11643.
  it.each(['11010519491231002X', '440524188001010014'])('accepts the sample %s of the standard', (number) => {
    expect(residentNumberProblem(number)).toBeUndefined();
  });

  it.each(['110105194912310021', '11010519491231003X'])('finds the wrong check character of %s', (number) => {
    expect(residentNumberProblem(number)).toContain('校验位');
  });

  it.each(['', '1101051949123100', '11010519491231002x', '11010519491231002XX', '1101051949123100２X'])(
    'refuses the shape of %j',
    (number) => {
      expect(residentNumberProblem(number)).toContain('18位');
    },
  );

  it('masks all but the first six and last four characters', () => {
    expect(maskNumber('45999919900101001X')).toBe('459999********001X');
    expect(maskNumber('1234567890')).toBe('**********');
    expect(maskNumbersIn('韦（45999919900101001X）\r\n覃（459999199001010020）')).toBe(
      '韦（459999********001X）\r\n覃（459999********0020）',
    );
  });
});
