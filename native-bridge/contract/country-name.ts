import countryCodes from './country-codes.json' with { type: 'json' };

/** ISO 3166-1: three letters, as cards have them, → two, as language data have them. */
const twoLetters: Readonly<Record<string, string>> = countryCodes;

/** A country's name in a language (`zh-CN`, `en`); undefined for three letters that name none. */
export function countryName(threeLetters: string, language: string): string | undefined {
  if (!Object.hasOwn(twoLetters, threeLetters)) return undefined;
  return new Intl.DisplayNames([language], { type: 'region' }).of(twoLetters[threeLetters] ?? '');
}
