import { expect, test } from 'vitest';
import { maskNumber } from './record-summary.ts';

test.each([
  ['459999199001010019', '459999********0019'],
  ['45999919901', '459999*9901'],
  ['4599991990', '**********'],
  ['', ''],
])('%s is shown as %s', (number, shown) => {
  expect(maskNumber(number)).toBe(shown);
});
