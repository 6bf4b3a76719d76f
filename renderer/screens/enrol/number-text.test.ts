import { expect, it } from 'vitest';
import { numberParts } from './number-text.ts';

it('splits an eighteen-digit number into division, birth and rest', () => {
  expect(numberParts('45999919860409001X')).toEqual(['459999', '19860409', '001X']);
});

it('leaves anything else whole', () => {
  expect(numberParts('1234')).toEqual(['1234']);
});
