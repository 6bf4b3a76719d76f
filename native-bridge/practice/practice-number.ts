/** Weights of GB 11643 (ISO 7064 MOD 11-2) for digits 1..17, and the check characters by remainder. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

export interface NumberParts {
  /** Six digits; practice numbers use one that was never given out. */
  readonly division: string;
  /** YYYYMMDD. */
  readonly birth: string;
  /** Three digits; odd is male. 000 is never given out. */
  readonly sequence: string;
}

/** A citizen number with its correct check character. */
export function practiceNumber(parts: NumberParts): string {
  const body = `${parts.division}${parts.birth}${parts.sequence}`;
  return body + checkCharacter(body);
}

/** The check character of the first 17 digits. */
export function checkCharacter(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return CHECK_CHARACTERS[sum % CHECK_CHARACTERS.length] ?? '';
}

/** The same number with a check character that is wrong for certain. */
export function withWrongCheck(number: string): string {
  const right = CHECK_CHARACTERS.indexOf(number.slice(-1));
  return number.slice(0, -1) + CHECK_CHARACTERS.charAt((right + 5) % CHECK_CHARACTERS.length);
}
