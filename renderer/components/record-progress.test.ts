import { describe, expect, it } from 'vitest';
import { rateText } from './record-progress.ts';

describe('the rate of records', () => {
  it.each([
    [0.25, '0.3'],
    [3, '3'],
    [9.44, '9.4'],
    [10.4, '10'],
    [112.7, '113'],
  ])('%d a second is said as %s', (perSecond, text) => expect(rateText(perSecond)).toBe(text));
});
