import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { ReasonChoice } from '../../components/reason-choice.tsx';

/** A shorter reason says nothing; the station refuses it. */
const shortestReason = 2;

interface AnswerProps {
  readonly same: boolean;
  readonly answer: boolean | undefined;
  readonly onAnswer: (same: boolean) => void;
}

function Answer({ same, answer, onAnswer }: AnswerProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      role="radio"
      aria-checked={answer === same}
      className={same ? 'answer answer--same' : 'answer answer--different'}
      onClick={() => onAnswer(same)}
      data-testid={same ? 'decide-same' : 'decide-different'}
    >
      {t(same ? 'compare.same' : 'compare.different')}
    </button>
  );
}

/** The person's decision where the machine has none: same or not, and why. */
export function DecisionForm() {
  const { t } = useTranslation();
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const [samePerson, setSamePerson] = useState<boolean>();
  const [reason, setReason] = useState('');
  const complete = samePerson !== undefined && reason.trim().length >= shortestReason;
  const decide = () =>
    act(async () => {
      if (samePerson === undefined) return;
      station.setEnrolment((await client.call('enrolment.decide', { samePerson, reason })).enrolment);
    });
  return (
    <form
      className="decision"
      data-testid="decision-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) void decide();
      }}
    >
      <div className="decision__answers" role="radiogroup" aria-label={t('compare.question')}>
        <Answer same answer={samePerson} onAnswer={setSamePerson} />
        <Answer same={false} answer={samePerson} onAnswer={setSamePerson} />
      </div>
      <ReasonChoice
        value={reason}
        onChange={setReason}
        choices={t('compare.reasons')}
        placeholder={t('compare.reasonHint')}
        testId="decision-reason"
      >
        <button type="submit" className="plain-button plain-button--main" disabled={!complete} data-testid="decide">
          {t('compare.decide')}
        </button>
      </ReasonChoice>
    </form>
  );
}
