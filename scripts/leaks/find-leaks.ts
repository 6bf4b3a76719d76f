import { stripVTControlCharacters } from 'node:util';
import type { HiddenWords } from './hidden-words.ts';

export type LeakKind = 'id-number' | 'bank-number' | 'phone' | 'name' | 'secret' | 'key' | 'picture' | 'long-base64';

export interface Leak {
  readonly kind: LeakKind;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * Numbers stand alone: not within a word or the fraction of a number. Every 18 characters of an ID number's form count,
 * whether or not the check digit agrees, since those of tests belong to nobody.
 */
const patterns: readonly (readonly [LeakKind, RegExp])[] = [
  ['id-number', /(?<![\w.])(?:\d{17}[\dXx]|[A-Z]{3}\d{12})(?!\w)/],
  ['bank-number', /(?<![\w.])(?:\d{16,17}|\d{19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?)(?!\w)/],
  ['phone', /(?<![\w.])1[3-9]\d{9}(?!\w)/],
  ['key', /(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])/i],
  // Beginnings of JPEG, PNG and BMP.
  ['picture', /\/9j\/[0-9A-Za-z+/]{8}|iVBORw0KGgo|data:image\/[a-z]+;base64,\w/],
  ['long-base64', /[0-9A-Za-z+/]{160,}/],
];

/** Beginnings of pictures as bytes, read as Latin-1. */
const pictureBytes = /\u{ff}\u{d8}\u{ff}[\u{c0}-\u{fe}]|\u{89}PNG\r\n/u;

/**
 * `sandbox-main` tells whoever starts it how to reach it, and that is all that the line is for; its secrets are
 * published.
 */
const sandboxReady = /^\{"url":"http:\/\/127\.0\.0\.1:\d+\/open\.api","pageUrl":.*\}$/;

const holds = (line: string, words: readonly string[]) =>
  words.some((word) => line.includes(word) || line.includes(encodeURIComponent(word)));

/** Full-width digits and letters are read as the plain ones. */
function kindsIn(line: string, { names, secrets }: HiddenWords): readonly LeakKind[] {
  if (sandboxReady.test(line)) return [];
  // Terminal colours could stand within a number.
  const plain = stripVTControlCharacters(line).normalize('NFKC');
  return [
    ...patterns.filter(([, pattern]) => pattern.test(plain)).map(([kind]) => kind),
    ...(holds(plain, names) ? (['name'] as const) : []),
    ...(holds(
      plain.toLowerCase(),
      secrets.map((secret) => secret.toLowerCase()),
    )
      ? (['secret'] as const)
      : []),
  ];
}

/** What printed bytes hold that nobody may print, line by line. */
export function findLeaks(printed: Buffer, words: HiddenWords): readonly Leak[] {
  const leaks = printed
    .toString('utf8')
    .split(/\r?\n/)
    .flatMap((text, index) => kindsIn(text, words).map((kind) => ({ kind, line: index + 1 })));
  return pictureBytes.test(printed.toString('latin1')) ? [...leaks, { kind: 'picture', line: 0 }] : leaks;
}
