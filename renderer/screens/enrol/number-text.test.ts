import { expect, it } from 'vitest';
import { numberParts } from './number-text.ts';

it('splits an eighteen-digit number into division, birth and rest', () => {
  expect(numberParts('45999919860409001X')).toEqual(['459999', '19860409', '001X']);
});

it("splits a foreigner's number of 2017 after nationality and area, and after the birth", () => {
  expect(numberParts('KAZ459990123100')).toEqual(['KAZ4599', '901231', '00']);
});

it('leaves anything else whole', () => {
  expect(numberParts('1234')).toEqual(['1234']);
});
