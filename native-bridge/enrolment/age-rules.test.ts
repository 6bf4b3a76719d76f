import { describe, expect, it } from 'vitest';
import { type AgeRule, type AgeRules, ageRulesSchema } from '../contract/age-rules.ts';
import { type AgedPerson, ageFinding, defaultAgeRules, withAgeFinding } from './age-rules.ts';
import { completeDraft, testCard } from './test-draft.ts';

const today = '2026-11-23';
const steelFixer = '020';
const scaffolder = '030';

/** A person whose birthday of so many years is today, or tomorrow for a fraction. */
const aged = (years: number, sexCode: AgedPerson['sexCode'], workType?: string, hasCertificate = false) => {
  const whole = Math.floor(years);
  const birth = whole === years ? `${2026 - whole}-11-23` : `${2026 - whole - 1}-11-24`;
  return ageFinding({ birth, sexCode, workType, hasCertificate }, defaultAgeRules, today);
};

describe('the built-in rules', () => {
  it.each([
    ['a child, whatever the trade', aged(15.9, '1', steelFixer), { level: 'block', reason: 'under-minimum' }],
    ['sixteen today', aged(16, '1', steelFixer), { level: 'warn', reason: 'protected' }],
    [
      'a minor in a dangerous trade',
      aged(17.9, '1', scaffolder),
      { level: 'block', reason: 'under-block-trade', years: 18 },
    ],
    ['eighteen today in a dangerous trade', aged(18, '2', scaffolder), { level: 'ok' }],
    ['a man the day before sixty', aged(59.9, '1', steelFixer), { level: 'ok' }],
    ['a man of sixty', aged(60, '1', steelFixer), { level: 'warn', reason: 'over-limit', years: 60 }],
    ['a woman of fifty', aged(50, '2', steelFixer), { level: 'warn', reason: 'over-limit', years: 50 }],
    ['a man of fifty', aged(50, '1', steelFixer), { level: 'ok' }],
    [
      'a man of 55 in a dangerous trade',
      aged(55, '1', scaffolder),
      { level: 'warn', reason: 'over-limit-trade', years: 55 },
    ],
    [
      'a woman of 45 in a dangerous trade',
      aged(45, '2', scaffolder),
      { level: 'warn', reason: 'over-limit-trade', years: 45 },
    ],
    [
      'a man of sixty in a dangerous trade',
      aged(60, '1', scaffolder),
      { level: 'block', reason: 'needs-certificate', years: 60 },
    ],
    [
      'the same with a certificate',
      aged(60, '1', scaffolder, true),
      { level: 'ok', reason: 'has-certificate', years: 60 },
    ],
    [
      'a woman of fifty in a dangerous trade',
      aged(50, '2', scaffolder),
      { level: 'block', reason: 'needs-certificate', years: 50 },
    ],
    ['no trade chosen yet', aged(60, '1'), { level: 'warn', reason: 'over-limit', years: 60 }],
    ['a card that does not tell the sex', aged(70, '9', scaffolder), { level: 'ok' }],
  ])('say of %s what is in the table', (_who, found, expected) => {
    expect(found).toEqual({ code: 'age', ...expected });
  });

  it('leave a birthday that lies ahead to the eye, and name where each number comes from', () => {
    expect(ageFinding({ birth: '2027-01-01', sexCode: '1' }, defaultAgeRules, today)).toMatchObject({
      reason: 'born-in-future',
    });
    expect(defaultAgeRules.rules.every(({ source }) => source !== undefined)).toBe(true);
  });
});

describe("a project's own rules", () => {
  const own = (...rules: readonly Partial<AgeRule>[]): AgeRules =>
    ageRulesSchema.parse({
      title: { zh: '', en: '' },
      dangerousTrades: ['030'],
      rules: rules.map((rule, index) => ({
        ...{ id: `rule-${index}`, trades: 'all', side: 'from', years: 60, level: 'warn', certificateAdmits: false },
        ...rule,
      })),
    });
  const of = (rules: AgeRules, birth: string, hasCertificate = false) =>
    ageFinding({ birth, sexCode: '1', workType: '020', hasCertificate }, rules, today);

  it('may block an age altogether, with or without a way out', () => {
    expect(of(own({ level: 'block' }), '1960-01-01', true)).toMatchObject({ level: 'block', reason: 'over-block' });
    expect(of(own({ level: 'block', certificateAdmits: true }), '1960-01-01')).toMatchObject({
      reason: 'needs-certificate',
    });
    expect(of(own({ side: 'below', years: 18, level: 'block' }), '2009-01-01')).toMatchObject({
      level: 'block',
      reason: 'under-block',
    });
  });

  it('never let through who is under sixteen, even when there are none', () => {
    expect(of(own(), '2011-01-01', true)).toMatchObject({ level: 'block', reason: 'under-minimum' });
  });

  it('hold by the gravest that applies, in whatever order they stand', () => {
    const rules = [
      { years: 50 },
      { years: 60, level: 'block' },
      { years: 55, level: 'block', certificateAdmits: true },
    ] as const;
    for (const order of [rules, rules.toReversed()]) {
      expect(of(own(...order), '1960-01-01')).toMatchObject({ reason: 'over-block', years: 60 });
      expect(of(own(...order), '1970-01-01')).toMatchObject({ reason: 'needs-certificate', years: 55 });
      expect(of(own(...order), '1975-01-01')).toMatchObject({ level: 'warn', years: 50 });
    }
  });
});

it('changes the finding with the trade that is chosen, and nothing else of the card', () => {
  const findings = [{ code: 'validity', level: 'ok' } as const, { code: 'age', level: 'ok' } as const];
  const card = { ...testCard({ birth: '1960-01-01' }), findings };
  const draft = { ...completeDraft(), card, fields: { ...completeDraft().fields, workType: scaffolder } };
  const found = withAgeFinding(draft, defaultAgeRules, today);
  expect(found.card).toEqual({
    ...card,
    findings: [findings[0], { code: 'age', level: 'block', reason: 'needs-certificate', years: 60 }],
  });
});
