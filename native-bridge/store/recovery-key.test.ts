import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import { newRecoveryKey, readRecoveryKey, recoveryKeyText } from './recovery-key.ts';

const code = (expected: ErrorCode, detail?: string) =>
  expect.objectContaining({ code: expected, ...(detail !== undefined && { detail }) }) as Error;

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

test('160 bits in eight groups of five, and back', () => {
  for (let round = 0; round < 200; round += 1) {
    const key = newRecoveryKey();
    const text = recoveryKeyText(key);
    expect(key).toHaveLength(20);
    expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(readRecoveryKey(text)).toEqual(key);
  }
});

test('small letters, spaces, no separators, full-width forms and look-alikes are read the same', () => {
  const key = Uint8Array.from({ length: 20 }, (_, index) => index * 3);
  const text = recoveryKeyText(key);
  const wide = [...text].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join('');
  const alike = text.replaceAll('0', 'o').replaceAll('1', 'l');
  for (const typed of [text.toLowerCase(), text.replaceAll('-', ' '), text.replaceAll('-', ''), wide, alike])
    expect(readRecoveryKey(typed), typed).toEqual(key);
});

describe('a mistake is found, with the number of its group', () => {
  const text = recoveryKeyText(Uint8Array.from({ length: 20 }, (_, index) => (index * 77 + 5) % 256));

  test('every single wrong character', () => {
    for (const [index, letter] of [...text].entries()) {
      if (letter === '-') continue;
      for (const other of letters) {
        if (other === letter) continue;
        const typed = text.slice(0, index) + other + text.slice(index + 1);
        expect(() => readRecoveryKey(typed), typed).toThrow(
          code('recovery-key.mistyped', String(Math.floor(index / 6) + 1)),
        );
      }
    }
  });

  test('every exchange of two characters in a group and of two groups', () => {
    const groups = text.split('-');
    for (const [place, group] of groups.entries()) {
      for (let a = 0; a < 5; a += 1) {
        for (let b = a + 1; b < 5; b += 1) {
          if (group[a] === group[b]) continue;
          const swapped = [...group];
          [swapped[a], swapped[b]] = [group[b] ?? '', group[a] ?? ''];
          expect(() => readRecoveryKey(groups.with(place, swapped.join('')).join('-'))).toThrow(
            code('recovery-key.mistyped'),
          );
        }
      }
      for (let other = place + 1; other < groups.length; other += 1) {
        const typed = groups.with(place, groups[other] ?? '').with(other, group);
        expect(() => readRecoveryKey(typed.join('-'))).toThrow(code('recovery-key.mistyped', String(place + 1)));
      }
    }
  });

  test.each(['', 'ABCDE', '韦', text.slice(0, -1), `${text}A`])('"%s"', (typed) => {
    expect(() => readRecoveryKey(typed)).toThrow(code('recovery-key.mistyped'));
  });
});
