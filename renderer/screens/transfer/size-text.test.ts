import { expect, it } from 'vitest';
import { sizeText } from './size-text.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [120_000, '120 KB'],
  [1_440_000, '1.4 MB'],
  [613_000_000, '613 MB'],
  [30_900_000_000, '31 GB'],
  [2_000_000_000_000, '2.0 TB'],
])('%i is %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
