import type { CardKind } from '../contract/card.ts';
import { foreignerCheckDigit } from '../contract/foreigner-check-digit.ts';

/** Weights and check characters of the citizen number (GB 11643-1999, ISO 7064 MOD 11-2). */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkCharacters = '10X98765432';

/** The check character that belongs to the first 17 digits. */
export function checkCharacter(digits: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return checkCharacters[sum % 11] ?? '';
}

/** What a number says by itself. */
export interface NumberParts {
  /** `YYYYMMDD` as written, not necessarily a day that exists; only `YYMMDD` in a foreigner's number of 2017. */
  readonly birthDigits: string;
  /** Undefined for a foreigner's number of 2017, which does not tell. */
  readonly sex: 'male' | 'female' | undefined;
  readonly checkRight: boolean;
  /** Whether it begins as the numbers of this kind of card do. */
  readonly prefixRight: boolean;
}

/** 810000 Hong Kong, 820000 Macao, 830000 Taiwan; 9, province and country for foreigners since 2023. */
const prefixes: Readonly<Record<Exclude<CardKind, 'foreigner-2017'>, RegExp>> = {
  mainland: /^[1-8]/,
  'residence-permit': /^8[123]0000/,
  'foreigner-2023': /^9/,
};

/** 6 division, 8 birth, 3 sequence (odd for men), 1 check. */
function eighteen(number: string, prefix: RegExp): NumberParts | undefined {
  const [, birthDigits, order] = /^\d{6}(\d{8})\d{2}(\d)[\dX]$/.exec(number) ?? [];
  if (birthDigits === undefined) return undefined;
  return {
    birthDigits,
    sex: Number(order) % 2 === 1 ? 'male' : 'female',
    checkRight: checkCharacter(number) === number[17],
    prefixRight: prefix.test(number),
  };
}

/** 3 nationality, 4 area, 6 birth, 1 sequence, 1 check. */
function fifteen(number: string): NumberParts | undefined {
  const [, body = '', birthDigits, check] = /^([A-Z]{3}\d{4}(\d{6})\d)(\d)$/.exec(number) ?? [];
  if (birthDigits === undefined) return undefined;
  return { birthDigits, sex: undefined, checkRight: foreignerCheckDigit(body) === check, prefixRight: true };
}

/** The parts of the number of a card of that kind; undefined for a number of another shape. */
export function numberParts(kind: CardKind, number: string): NumberParts | undefined {
  return kind === 'foreigner-2017' ? fifteen(number) : eighteen(number, prefixes[kind]);
}

/** First six and last four characters; everything between is hidden. */
export function maskNumber(number: string): string {
  return number.length > 10
    ? `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`
    : '*'.repeat(number.length);
}
