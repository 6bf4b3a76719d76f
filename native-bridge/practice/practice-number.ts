/** Weights of GB 11643 (ISO 7064 MOD 11-2) for digits 1..17, and the check characters by remainder. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/** Sequences begin at 001, so a number with a true division and this sequence belongs to nobody. */
export const NEVER_GIVEN_SEQUENCE = '000';

export interface NumberParts {
  /** Six digits; practice numbers use one that was never given out. */
  readonly division: string;
  /** YYYYMMDD. */
  readonly birth: string;
  /** Three digits; odd is male. */
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

const FOREIGNER_WEIGHTS = [7, 3, 1] as const;

export interface FormerNumberParts {
  /** Three letters. */
  readonly nationality: string;
  /** Four digits. */
  readonly area: string;
  /** YYYYMMDD, of which the number has the last six. */
  readonly birth: string;
  /** One digit. */
  readonly sequence: string;
}

/** A number of a foreigner's card of 2017 with its check digit: weights 7, 3, 1, letters count from A = 10. */
export function foreignerNumber({ nationality, area, birth, sequence }: FormerNumberParts): string {
  const body = `${nationality}${area}${birth.slice(2)}${sequence}`;
  const values = [...body].map((character) => '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(character));
  const sum = values.reduce((total, value, index) => total + value * (FOREIGNER_WEIGHTS[index % 3] ?? 0), 0);
  return `${body}${sum % 10}`;
}

/** The same number with a check character that is wrong for certain. */
export function withWrongCheck(number: string): string {
  const right = CHECK_CHARACTERS.indexOf(number.slice(-1));
  return number.slice(0, -1) + CHECK_CHARACTERS.charAt((right + 5) % CHECK_CHARACTERS.length);
}
