import type { CardFields, Finding, NativePlace } from '../contract/card.ts';
import { numberParts } from './id-number.ts';

/** Ages in full years; regional, so they come from the project's rules. */
export interface AgeRules {
  /** Below this nobody may be registered (Labour Law Art. 15). */
  readonly minimumYears: number;
  /** Below this special protection applies (Labour Law Arts. 58, 64). */
  readonly protectedBelowYears: number;
  /** From this age on the site asks for a second look. */
  readonly warnFromYears: number;
}

export const defaultAgeRules: AgeRules = { minimumYears: 16, protectedBelowYears: 18, warnFromYears: 60 };

/** A card that ends within this many days is still valid and worth a word. */
const expiresSoonDays = 30;

const dayMs = 86_400_000;

/** Full years between two days, `YYYY-MM-DD`. A birthday on 29 February counts from 1 March in common years. */
export function fullYears(birth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) < birth.slice(5) ? years - 1 : years;
}

type Check = (fields: CardFields, today: string) => Omit<Finding, 'code'>;

const ok = { level: 'ok' } as const;
const warn = (reason: string) => ({ level: 'warn', reason }) as const;

const checkDigit: Check = ({ number }) => {
  const parts = numberParts(number);
  if (parts === undefined) return warn('malformed');
  return parts.checkDigitRight ? ok : warn('wrong-check-digit');
};

const birthAgainstNumber: Check = ({ number, birth }) =>
  numberParts(number)?.birth === birth ? ok : warn('birth-differs');

const sexAgainstNumber: Check = ({ number, sexCode }) => {
  const sex = numberParts(number)?.sex;
  return sex !== undefined && sexCode === { male: '1', female: '2' }[sex] ? ok : warn('sex-differs');
};

const validity: Check = ({ validFrom, validTo }, today) => {
  if (validFrom > today) return warn('not-yet-valid');
  if (validTo.kind === 'long-term') return { level: 'ok', reason: 'long-term' };
  if (validTo.date < today) return warn('expired');
  const daysLeft = (Date.parse(validTo.date) - Date.parse(today)) / dayMs;
  return daysLeft < expiresSoonDays ? warn('expires-soon') : ok;
};

const age =
  (rules: AgeRules): Check =>
  ({ birth }, today) => {
    if (birth > today) return warn('born-in-future');
    const years = fullYears(birth, today);
    if (years < rules.minimumYears) return { level: 'block', reason: 'under-minimum' };
    if (years < rules.protectedBelowYears) return warn('protected');
    return years >= rules.warnFromYears ? warn('over-limit') : ok;
  };

/** Private-use characters stand for rare ones that the card's maker had no code for; the name must be checked by eye. */
const privateUse: Check = ({ name, address }) => (/\p{Co}/u.test(name + address) ? warn('private-use') : ok);

const division = (place: NativePlace): Omit<Finding, 'code'> => {
  if (place.level === 'unknown') return warn('unknown');
  if (place.level !== 'county') return { level: 'ok', reason: `${place.level}-only` };
  return place.abolished ? { level: 'ok', reason: 'abolished' } : ok;
};

/**
 * What the card's data say about themselves, in the order of the screen. `today` is the day in China, `YYYY-MM-DD`.
 * Nothing is altered; real cards break each of these rules now and then, so only the minimum age blocks.
 */
export function cardFindings(
  fields: CardFields,
  place: NativePlace,
  today: string,
  rules: AgeRules,
): readonly Finding[] {
  const run = (code: Finding['code'], check: Check): Finding => ({ code, ...check(fields, today) });
  return [
    run('number-check-digit', checkDigit),
    run('birth-against-number', birthAgainstNumber),
    run('sex-against-number', sexAgainstNumber),
    run('validity', validity),
    run('age', age(rules)),
    { code: 'division', ...division(place) },
    run('private-use-character', privateUse),
  ];
}
