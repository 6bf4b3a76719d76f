import defaults from '../../assets/age-rules/default.json' with { type: 'json' };
import type { ageRuleCalls } from '../../native-bridge/contract/age-rule-calls.ts';
import { ageRulesSchema } from '../../native-bridge/contract/age-rules.ts';
import type { Finding } from '../../native-bridge/contract/card.ts';
import type { Draft } from '../../native-bridge/contract/enrolment.ts';
import type { peopleCodeCalls, PeopleCodes } from '../../native-bridge/contract/people-codes.ts';
import type { BlackListRule, peopleRuleCalls } from '../../native-bridge/contract/people-rule-calls.ts';
import type { Argument, Result } from '../../native-bridge/contract/station.ts';

/* Rules about people, for looking at the screens; not part of the product. */

type Calls = typeof ageRuleCalls & typeof peopleRuleCalls & typeof peopleCodeCalls;
type Handlers = { readonly [N in keyof Calls]: (argument: Argument<N>) => Result<N> };

interface Edited {
  readonly codes: PeopleCodes;
  edit(change: (draft: Draft) => Draft): Result<'enrolment.current'>;
}

const withAge = (draft: Draft, finding: Finding): Draft => {
  const { card } = draft;
  if (card === undefined) return draft;
  const findings = card.findings.map((each) => (each.code === 'age' ? finding : each));
  return { ...draft, card: { ...card, findings } };
};

export function fakeRules(station: Edited): Handlers {
  const builtIn = ageRulesSchema.parse(defaults);
  let people = { blackList: 'warn' as BlackListRule, offered: true, signatureRequired: false };
  let shown = { rules: builtIn, own: false };
  return {
    'settings.age-rules': () => shown,
    'settings.set-age-rules': (rules) => {
      shown = { rules: { title: { zh: '本项目自定规则', en: "This project's own rules" }, ...rules }, own: true };
      return shown;
    },
    'settings.reset-age-rules': () => (shown = { rules: builtIn, own: false }),
    'codes.people': () => station.codes,
    'settings.people-rules': () => people,
    'settings.set-people-rules': ({ blackList = people.blackList, signatureRequired = people.signatureRequired }) =>
      (people = { ...people, blackList, signatureRequired }),
    'enrolment.attach-certificate': ({ file }) =>
      station.edit((draft) => ({
        ...withAge(draft, { code: 'age', level: 'ok', reason: 'has-certificate', years: 60 }),
        certificate: {
          mediaType: 'image/jpeg',
          bytes: file,
          attachedBy: '莫经办',
          attachedAt: new Date().toISOString(),
        },
      })),
    'enrolment.remove-certificate': () =>
      station.edit(({ certificate: _certificate, ...draft }) =>
        withAge(draft, { code: 'age', level: 'block', reason: 'needs-certificate', years: 60 }),
      ),
  };
}
