import { describe, expect, it } from 'vitest';
import { printerTestCode } from '../print/printer-test-code.ts';
import { fillingOf, passesLuhn } from './scanned-text.ts';

describe('the check digit', () => {
  // The first is the example of ISO/IEC 7812-1, annex B; the second has one digit wrong, the third two exchanged.
  it.each([
    ['4992739871', false],
    ['49927398716', true],
    ['49927398717', false],
    ['49927398176', false],
    ['6222000000000009', true],
  ])('of %s', (digits, expected) => expect(passesLuhn(digits)).toBe(expected));
});

describe('what a scan fills in', () => {
  it.each([
    [';6222000000000009=30121010000012345678?', { kind: 'bank-card', number: '6222000000000009', passes: true }],
    ['%B6222000000000009^SHI LI/QIN^3012?', { kind: 'bank-card', number: '6222000000000009', passes: true }],
    ['6222 0000 0000 0001', { kind: 'bank-card', number: '6222000000000001', passes: false }],
    ['45999919860409001x', { kind: 'citizen-number' }],
    ['13800000000', { kind: 'cell-phone' }],
    ['１３８００００００００', { kind: 'cell-phone' }],
    ['0190F3A2-7C1E-7A60-8B4D-2F6E91D0C3AA', { kind: 'badge' }],
    [printerTestCode, { kind: 'printer-test' }],
    ['6901234567892 A', { kind: 'nothing' }],
    ['', { kind: 'nothing' }],
  ])('%j', (text, expected) => expect(fillingOf(text)).toEqual(expected));
});
