import defaults from '../../assets/age-rules/default.json' with { type: 'json' };
import { type AgeRule, type AgeRules, ageRulesSchema } from '../contract/age-rules.ts';
import type { CardFields, Finding } from '../contract/card.ts';
import type { Draft } from '../contract/enrolment.ts';

export const defaultAgeRules: AgeRules = ageRulesSchema.parse(defaults);

/** Below this nobody may be registered (Labour Law Art. 15), whatever a site's rules say. */
export const minimumYears = 16;

/** Below this special protection applies (Labour Law Arts. 58, 64). */
const protectedBelowYears = 18;

/** Full years between two days, `YYYY-MM-DD`. A birthday on 29 February counts from 1 March in common years. */
export function fullYears(birth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) < birth.slice(5) ? years - 1 : years;
}

export interface AgedPerson extends Pick<CardFields, 'birth' | 'sexCode'> {
  /** Absent until it is chosen: then only the rules about every trade hold. */
  readonly workType?: string | undefined;
  readonly hasCertificate?: boolean;
}

const sexes: Readonly<Record<string, AgeRule['sex']>> = { '1': 'male', '2': 'female' };

/** Whether a rule speaks about this person; one about a sex needs a card that tells it. */
function applies(rule: AgeRule, person: AgedPerson, years: number, dangerous: boolean): boolean {
  if (rule.trades === 'dangerous' && !dangerous) return false;
  if (rule.sex !== undefined && rule.sex !== sexes[person.sexCode]) return false;
  return rule.side === 'from' ? years >= rule.years : years < rule.years;
}

type Effect = 'block' | 'needs-certificate' | 'has-certificate' | 'warn';

function effectOf({ level, certificateAdmits }: AgeRule, hasCertificate: boolean): Effect {
  if (level === 'warn') return 'warn';
  if (!certificateAdmits) return 'block';
  return hasCertificate ? 'has-certificate' : 'needs-certificate';
}

const gravity: Readonly<Record<Effect, number>> = {
  block: 0,
  'needs-certificate': 1,
  'has-certificate': 2,
  warn: 3,
};

/** Names a sentence of the screens: which side of the limit, whether it blocks, and whether another trade would do. */
function reasonOf({ side, trades }: AgeRule, effect: Effect): string {
  if (effect === 'needs-certificate' || effect === 'has-certificate') return effect;
  const place = side === 'from' ? 'over' : 'under';
  const word = effect === 'block' ? 'block' : 'limit';
  return trades === 'all' ? `${place}-${word}` : `${place}-${word}-trade`;
}

const levels: Readonly<Record<Effect, Finding['level']>> = {
  block: 'block',
  'needs-certificate': 'block',
  'has-certificate': 'ok',
  warn: 'warn',
};

/** What the site's rules say, the gravest of them; undefined when none speaks about this person. */
function bySiteRules(person: AgedPerson, years: number, { rules, dangerousTrades }: AgeRules): Finding | undefined {
  const dangerous = person.workType !== undefined && dangerousTrades.includes(person.workType);
  const [gravest] = rules
    .filter((rule) => applies(rule, person, years, dangerous))
    .map((rule) => ({ rule, effect: effectOf(rule, person.hasCertificate ?? false) }))
    .toSorted((a, b) => gravity[a.effect] - gravity[b.effect]);
  if (gravest === undefined) return undefined;
  const { rule, effect } = gravest;
  return { code: 'age', level: levels[effect], reason: reasonOf(rule, effect), years: rule.years };
}

/** The finding about a person's age on a day in China. The law's own limits come first, then the site's rules. */
export function ageFinding(person: AgedPerson, rules: AgeRules, today: string): Finding {
  const code = 'age';
  if (person.birth > today) return { code, level: 'warn', reason: 'born-in-future' };
  const years = fullYears(person.birth, today);
  if (years < minimumYears) return { code, level: 'block', reason: 'under-minimum' };
  const found = bySiteRules(person, years, rules);
  if (found?.level === 'block' || years >= protectedBelowYears) return found ?? { code, level: 'ok' };
  return { code, level: 'warn', reason: 'protected' };
}

/** The draft with its finding about the age as it stands with the trade that is chosen and the certificate handed in. */
export function withAgeFinding<D extends Pick<Draft, 'card' | 'fields' | 'certificate'>>(
  draft: D,
  rules: AgeRules,
  today: string,
): D {
  const { card, fields, certificate } = draft;
  if (card === undefined) return draft;
  const person = { ...card.fields, workType: fields.workType, hasCertificate: certificate !== undefined };
  const finding = ageFinding(person, rules, today);
  const findings = card.findings.map((each) => (each.code === 'age' ? finding : each));
  return { ...draft, card: { ...card, findings } };
}
