import { describe, expect, it } from 'vitest';
import { findKnownReader, printUsbIds } from './known-readers.ts';

describe('a reader known by its USB ids', () => {
  it.each([
    ['the standard one', 0x0400, 0xc35a, true, false],
    ['the MR-300', 0x10c4, 0x0007, false, true],
    ['one whose carriage nobody tells', 0x2015, 0x0008, true, true],
    ['one that reads only with a network service', 0xc216, 0x0102, false, false],
    ['a stranger', 0x10c4, 0xea60, false, false],
  ])('%s', (_, vendorId, productId, overBulk, overHid) => {
    const ids = { vendorId, productId };
    expect(findKnownReader(ids, 'bulk') !== undefined).toBe(overBulk);
    expect(findKnownReader(ids, 'hid') !== undefined).toBe(overHid);
  });

  it('is named as system tools name it', () => {
    expect(printUsbIds({ vendorId: 0x0400, productId: 0xc35a })).toBe('0400:C35A');
  });
});
