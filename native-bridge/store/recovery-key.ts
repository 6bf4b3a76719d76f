import { randomBytes } from 'node:crypto';
import { StationError } from '../contract/errors.ts';

/*
 * The administrator's recovery key as people write and type it: eight groups of five characters, `ABCDE-…`. Four
 * characters of a group carry 20 random bits (160 in all), the fifth checks the group, so that a mistake is found group
 * by group before anything is tried.
 *
 * The letters are Crockford's base 32 (no I, L, O, U). The check character is a polynomial over GF(32) in the group's
 * characters and its place: it finds every single wrong character, every exchange of two characters in a group and
 * every exchange of two groups.
 */

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 8;
const groupLength = 5;
const bitsOfCharacter = 5;
/** x^5 + x^2 + 1, primitive over GF(2). */
const reduction = 0b100101;

export const recoveryKeyBytes = (groups * (groupLength - 1) * bitsOfCharacter) / 8;

/** Multiplication by x in GF(32). */
function timesX(value: number): number {
  const shifted = value << 1;
  return shifted > 31 ? shifted ^ reduction : shifted;
}

function checkOf(place: number, values: readonly number[]): number {
  return timesX(values.reduce((sum, value) => timesX(sum) ^ value, place + 1));
}

function valuesOf(bytes: Uint8Array): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => Number.parseInt(five, 2));
}

function bytesOf(values: readonly number[]): Uint8Array {
  const bits = values.map((value) => value.toString(2).padStart(bitsOfCharacter, '0')).join('');
  return Uint8Array.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

function groupText(place: number, values: readonly number[]): string {
  return [...values, checkOf(place, values)].map((value) => letters[value]).join('');
}

/** 20 random bytes as eight groups with their check characters. */
export function recoveryKeyText(bytes: Uint8Array): string {
  const values = valuesOf(bytes);
  const size = groupLength - 1;
  return Array.from({ length: groups }, (_, place) =>
    groupText(place, values.slice(place * size, (place + 1) * size)),
  ).join('-');
}

export const newRecoveryKey = (): Uint8Array => new Uint8Array(randomBytes(recoveryKeyBytes));

/** Full-width forms of a Chinese keyboard, small letters, separators and look-alike letters are all understood. */
function characters(typed: string): string {
  const plain = typed.normalize('NFKC').toUpperCase();
  return plain
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}

/** Throws `recovery-key.mistyped`; the detail is the number of the first wrong group, or the length. */
export function readRecoveryKey(typed: string): Uint8Array {
  const values = [...characters(typed)].map((letter) => letters.indexOf(letter));
  const size = groupLength - 1;
  for (let place = 0; place < groups; place += 1) {
    const group = values.slice(place * groupLength, (place + 1) * groupLength);
    const fits =
      group.length === groupLength && !group.includes(-1) && checkOf(place, group.slice(0, size)) === group[size];
    if (!fits) throw new StationError('recovery-key.mistyped', String(place + 1));
  }
  if (values.length > groups * groupLength) throw new StationError('recovery-key.mistyped', 'too long');
  return bytesOf(values.filter((_, index) => index % groupLength < size));
}
