/** Weights and check characters of the citizen number (GB 11643-1999, ISO 7064 MOD 11-2). */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkCharacters = '10X98765432';

/** The check character that belongs to the first 17 digits. */
export function checkCharacter(digits: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return checkCharacters[sum % 11] ?? '';
}

/** What an 18-character number says by itself. */
export interface NumberParts {
  readonly division: string;
  /** `YYYY-MM-DD`, as written; not necessarily a day that exists. */
  readonly birth: string;
  readonly sex: 'male' | 'female';
  readonly checkDigitRight: boolean;
}

/** The parts of a number of 17 digits and a check character; undefined for any other shape. */
export function numberParts(number: string): NumberParts | undefined {
  const match = /^(\d{6})(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dX]$/.exec(number);
  if (match === null) return undefined;
  const [, division = '', year = '', month = '', day = '', order = ''] = match;
  return {
    division,
    birth: `${year}-${month}-${day}`,
    sex: Number(order) % 2 === 1 ? 'male' : 'female',
    checkDigitRight: checkCharacter(number) === number[17],
  };
}

/** First six and last four characters; everything between is hidden. */
export function maskNumber(number: string): string {
  return number.length > 10
    ? `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`
    : '*'.repeat(number.length);
}
