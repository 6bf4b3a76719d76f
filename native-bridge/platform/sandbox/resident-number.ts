// GB 11643: 17 digits and a check character over them, ISO 7064 MOD 11-2.
const SHAPE = /^\d{17}[\dX]$/;
const CHECK_CHARACTERS = '10X98765432';

/** The check character that belongs to the first 17 digits. */
export function checkCharacterOf(digits: string): string {
  const sum = [...digits.slice(0, 17)].reduce(
    (total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11),
    0,
  );
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/**
 * What is wrong with a resident ID number, or undefined. Division and birth date are deliberately not looked up: practice
 * people carry numbers that cannot belong to anyone.
 */
export function residentNumberProblem(number: string): string | undefined {
  if (!SHAPE.test(number)) return '身份证号码格式不正确，应为18位';
  return checkCharacterOf(number) === number.charAt(17) ? undefined : '身份证号码校验位不正确';
}

/** First 6 and last 4 characters; everything between is hidden. */
export function maskNumber(number: string): string {
  if (number.length <= 10) return '*'.repeat(number.length);
  return `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`;
}

/** Masks every ID number that occurs in a sentence. */
export function maskNumbersIn(text: string): string {
  return text.replace(/\d{17}[\dXx]/g, maskNumber);
}
