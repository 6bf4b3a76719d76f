/** Makes a text from the platform fit for screens, logs and errors. */
export type Mask = (text: string) => string;

const longestText = 500;

/** A long Base64 run is a picture or an encrypted number; `\/` and `%2B` are its JSON and URL spellings. */
const base64Run = /(?:[A-Za-z0-9+/]|\\\/|%2[BbFf]){16,}(?:={1,2}|(?:%3[Dd]){1,2})?/g;

/** Digits as ID, bank and phone numbers are written: together or in groups, half or full width, X as the last one. */
const digitRun = /[0-9０-９](?:[ \u00a0-]?[0-9０-９]){10,}(?:[ \u00a0-]?[XxＸｘ])?/g;

const dataUri = /data:image\/[^,\s]{0,40},(?:[A-Za-z0-9+/=]|\\\/|%[23][BbDdFf])*/gi;

/** Long, padded, or with the beginning that every JPEG has in Base64. */
const isHidden = (run: string) => run.length >= 40 || /(?:=|%3D)$/i.test(run) || /^\\?\/9j/.test(run);

const hiddenBase64 = (run: string) => (isHidden(run) ? '[…]' : run);

/** First six and last four of an ID or bank number; of a shorter number, such as a phone, only the first three. */
function hiddenDigits(run: string): string {
  const digits = run.replace(/[ \u00a0-]/g, '');
  const shown = digits.length < 15 ? 3 : 6;
  return digits.slice(0, shown) + '*'.repeat(digits.length - shown - 4) + digits.slice(-4);
}

function withoutSecret(text: string, secret: string): string {
  const literal = secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return literal === '' ? text : text.replace(new RegExp(literal, 'gi'), '[…]');
}

/**
 * A mask that hides number-like digit runs, pictures, ciphertext and the given secret, and shortens to 500 characters.
 * Hiding comes before shortening, so that a cut cannot leave the open half of a number.
 */
export function createMask(secret: string): Mask {
  return (text) =>
    withoutSecret(text, secret)
      .replace(dataUri, '[…]')
      .replace(base64Run, hiddenBase64)
      .replace(digitRun, hiddenDigits)
      .slice(0, longestText);
}
