import { useTranslation } from 'react-i18next';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { AnswerForm } from './answer-form.tsx';

/** The person's decision where the machine has none: same or not, and why. */
export function DecisionForm() {
  const { t } = useTranslation();
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const decide = (samePerson: boolean, reason: string) =>
    act(async () => station.setEnrolment((await client.call('enrolment.decide', { samePerson, reason })).enrolment));
  return (
    <AnswerForm
      testId="decision-form"
      question={t('compare.question')}
      answers={{ same: t('compare.same'), different: t('compare.different') }}
      reasons={t('compare.reasons')}
      reasonHint={t('compare.reasonHint')}
      confirm={t('compare.decide')}
      onDecide={(samePerson, reason) => void decide(samePerson, reason)}
    />
  );
}
