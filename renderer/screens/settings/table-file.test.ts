import { describe, expect, it } from 'vitest';
import { maximumTableText } from '../../../native-bridge/contract/station.ts';
import { decodeTable, readTableFile } from './table-file.ts';

describe('a table file', () => {
  it('is read in UTF-8 and in the encoding of Chinese spreadsheets', async () => {
    expect(decodeTable(new TextEncoder().encode('459901,甲县'))).toBe('459901,甲县');
    // 甲县 in GB 18030.
    expect(decodeTable(Uint8Array.of(0xbc, 0xd7, 0xcf, 0xd8))).toBe('甲县');
    await expect(readTableFile(new Blob(['459901,甲县']))).resolves.toBe('459901,甲县');
  });

  it('is refused when the station could not take it', async () => {
    const tooLarge = { code: 'tables.too-large' };
    await expect(readTableFile(new Blob([new Uint8Array(maximumTableText + 1)]))).rejects.toMatchObject(tooLarge);
    const growing = new Uint8Array(maximumTableText - 2).fill(0xbc);
    await expect(readTableFile(new Blob([growing]))).rejects.toMatchObject(tooLarge);
  });
});
