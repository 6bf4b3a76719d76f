import { comparedParts } from './worker-name.ts';

/** What somebody typed, understood: a number, a name (an expression of the full-text table), or nothing at all. */
export type WorkerQuery =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'name'; readonly match: string };

// The syllables of pinyin by their make-up. A few that no character has are among them; they find nothing.
const initial = '(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])';
const final =
  '(?:iong|iang|uang|iao|ian|ing|uai|uan|ang|eng|ong|ia|ie|iu|in|ua|uo|ui|un|ue|ve|ai|ei|ao|ou|an|en|er|a|o|e|i|u|v)';
const syllable = new RegExp(`^${initial}?${final}$`);
const begunSyllable = new RegExp(`^${initial}?[aeiouv]+n?$`);
const longestSyllable = 6;
const letters = /^[a-z]+$/;
const onlyConsonants = /^[bcdfghjklmnpqrstwxyz]{1,4}$/;
/** No syllable begins with one of these, so that none can be an initial. */
const neverInitial = /[iuv]/;

/** Ways to read one text as syllables that are followed up; more have no use. */
const mostReadings = 8;

interface Spelling {
  readonly syllables: readonly string[];
  /** Letters after the last whole syllable. */
  readonly rest: string;
}

/** The text cut into whole syllables in every way, the longest first; if it comes out even in none, with what is left. */
function spellings(text: string): Spelling[] {
  const found: Spelling[] = [];
  const go = (syllables: readonly string[], rest: string) => {
    if (found.length >= mostReadings) return;
    for (let length = Math.min(longestSyllable, rest.length); length > 0; length -= 1) {
      if (syllable.test(rest.slice(0, length))) go([...syllables, rest.slice(0, length)], rest.slice(length));
    }
    if (syllables.length > 0 || rest !== '') found.push({ syllables, rest });
  };
  go([], text);
  const whole = found.filter(({ rest }) => rest === '');
  return (whole.length > 0 ? whole : found).slice(0, mostReadings);
}

const quoted = (words: readonly string[]) => `"${words.join(' ')}"`;
const initialOf = (syllables: readonly string[]) => syllables.map((word) => word.charAt(0)).join('');

/** Whole syllables; the last of several may go on (`wangxi` on the way to `wangxiao`). */
function spelledOut(syllables: readonly string[]): string {
  return `syllables : ${quoted(syllables)}${syllables.length > 1 ? ' *' : ''}`;
}

/** Syllables, then a begun one (`wangxiaom`), or the initials of what follows (`wangxm`). */
function matchOf({ syllables, rest }: Spelling): string[] {
  if (rest === '') return [spelledOut(syllables)];
  if (begunSyllable.test(rest) && !syllable.test(rest)) return [`syllables : ${quoted([...syllables, rest])} *`];
  if (syllables.length === 0 || !onlyConsonants.test(rest)) return [];
  return [`(syllables : ${quoted(syllables)} AND initials : ${initialOf(syllables)}${rest} *)`];
}

function matchOfInitials(text: string): string[] {
  if (neverInitial.test(text)) return [];
  return [text.length === 1 ? `initials : ${text}` : `initials : ${text} *`];
}

function matchOfLetters(name: string, pinyin: string): string {
  const asPinyin = [...matchOfInitials(pinyin), ...spellings(pinyin).flatMap(matchOf)];
  return `(${[...new Set([...asPinyin, `name : ${quoted([...name])}`])].join(' OR ')})`;
}

/** ü is typed as v, or as yu on passports; elsewhere an accent changes nothing. */
const withoutUmlaut = (text: string) =>
  comparedParts(text.normalize('NFC').replace(/[üǖǘǚǜÜǕǗǙǛ]/g, 'v'))
    .join('')
    .replace(/([ln])yu/g, '$1v');

function matchOfName(text: string): string {
  const compared = comparedParts(text).join('');
  if (letters.test(compared)) return matchOfLetters(compared, withoutUmlaut(text));
  const runs = compared.match(/[a-z]+|[^a-z]+/g) ?? [];
  return runs.map((run) => (letters.test(run) ? matchOfLetters(run, run) : `name : ${quoted([...run])}`)).join(' AND ');
}

/**
 * Understands what was typed into the search box. With a digit in it, it is a number; otherwise any part of a name, the
 * initials of its pinyin or the pinyin itself. Spaces, signs, letter case and full-width forms make no difference.
 */
export function understandQuery(text: string): WorkerQuery {
  const compared = comparedParts(text).join('');
  if (compared === '') return { kind: 'everyone' };
  if (/\d/.test(compared)) return { kind: 'number', number: compared.toUpperCase() };
  return { kind: 'name', match: matchOfName(text) };
}
