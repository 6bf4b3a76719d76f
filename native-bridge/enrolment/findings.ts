import type { CardFields, CardKind, Finding, NativePlace } from '../contract/card.ts';
import type { AgeRules } from '../contract/age-rules.ts';
import { ageFinding } from './age-rules.ts';
import { numberParts } from './id-number.ts';

/** A card that ends within this many days is still valid and worth a word. */
const expiresSoonDays = 30;

const dayMs = 86_400_000;

type Check = (fields: CardFields, today: string) => Omit<Finding, 'code'>;

const ok = { level: 'ok' } as const;
const warn = (reason: string) => ({ level: 'warn', reason }) as const;

const checkDigit: Check = ({ kind, number }) => {
  const parts = numberParts(kind, number);
  if (parts === undefined) return warn('malformed');
  if (!parts.prefixRight) return warn('of-another-kind');
  return parts.checkRight ? ok : warn('wrong-check-digit');
};

const birthAgainstNumber: Check = ({ kind, number, birth }) => {
  const digits = numberParts(kind, number)?.birthDigits;
  return digits !== undefined && birth.replaceAll('-', '').endsWith(digits) ? ok : warn('birth-differs');
};

const sexAgainstNumber: Check = ({ kind, number, sexCode }) => {
  const sex = numberParts(kind, number)?.sex;
  return sex !== undefined && sexCode === { male: '1', female: '2' }[sex] ? ok : warn('sex-differs');
};

const validity: Check = ({ validFrom, validTo }, today) => {
  if (validFrom > today) return warn('not-yet-valid');
  if (validTo.kind === 'long-term') return { level: 'ok', reason: 'long-term' };
  if (validTo.date < today) return warn('expired');
  const daysLeft = (Date.parse(validTo.date) - Date.parse(today)) / dayMs;
  return daysLeft < expiresSoonDays ? warn('expires-soon') : ok;
};

/** As long as no trade is chosen; the enrolment keeps it up to date. */
const age =
  (rules: AgeRules): Check =>
  (fields, today) => {
    const { code: _code, ...finding } = ageFinding(fields, rules, today);
    return finding;
  };

/**
 * Characters that stand for rare ones which the card's maker had no code for, or that could not be decoded: which one is
 * meant only the printed card tells.
 */
const unclear = /[\p{Co}\uFFFD]/u;

const privateUse: Check = (fields) => {
  if (unclear.test(fields.name)) return warn('in-name');
  return 'address' in fields && unclear.test(fields.address) ? warn('in-address') : ok;
};

const ethnicGroup: Check = (fields) =>
  fields.kind === 'mainland' && fields.ethnicGroup === undefined ? warn('unknown-code') : ok;

/**
 * Numbers of people born before a change of divisions were often given out after it, so a code that was not in use at
 * birth is worth a look and no more.
 */
const division =
  (place: NativePlace): Check =>
  () => {
    if (place.level === 'unknown') return warn('unknown');
    if (place.usedAtBirth === false) return warn('not-used-at-birth');
    if (place.level !== 'county') return { level: 'ok', reason: `${place.level}-only` };
    return place.abolished ? { level: 'ok', reason: 'abolished' } : ok;
  };

/**
 * What can be asked of a card of each kind: a foreigner's number of 2017 does not tell the sex, and only mainland cards
 * have a division in the number and an ethnic group.
 */
function checksOf(kind: CardKind): readonly Finding['code'][] {
  return [
    'number-check-digit',
    'birth-against-number',
    ...(kind === 'foreigner-2017' ? [] : (['sex-against-number'] as const)),
    'validity',
    'age',
    ...(kind === 'mainland' ? (['division', 'ethnic-group'] as const) : []),
    'private-use-character',
  ];
}

/**
 * What the card's data say about themselves, in the order of the screen: only what can be asked of a card of that kind.
 * `today` is the day in China, `YYYY-MM-DD`. Nothing is altered; real cards break each of these rules now and then, so
 * only the minimum age blocks.
 */
export function cardFindings(
  fields: CardFields,
  place: NativePlace,
  today: string,
  rules: AgeRules,
): readonly Finding[] {
  const checks: Readonly<Record<Finding['code'], Check>> = {
    'number-check-digit': checkDigit,
    'birth-against-number': birthAgainstNumber,
    'sex-against-number': sexAgainstNumber,
    validity,
    age: age(rules),
    division: division(place),
    'ethnic-group': ethnicGroup,
    'private-use-character': privateUse,
  };
  return checksOf(fields.kind).map((code) => ({ code, ...checks[code](fields, today) }));
}
