import { useState } from 'react';
import { ReasonChoice } from '../../components/reason-choice.tsx';

/** A shorter reason says nothing; the station refuses it. */
const shortestReason = 2;

interface Answers {
  readonly same: string;
  readonly different: string;
}

interface AnswerProps {
  readonly same: boolean;
  readonly text: string;
  readonly answer: boolean | undefined;
  readonly onAnswer: (same: boolean) => void;
}

function Answer({ same, text, answer, onAnswer }: AnswerProps) {
  return (
    <button
      type="button"
      role="radio"
      aria-checked={answer === same}
      className={same ? 'answer answer--same' : 'answer answer--different'}
      onClick={() => onAnswer(same)}
      data-testid={same ? 'decide-same' : 'decide-different'}
    >
      {text}
    </button>
  );
}

interface Props {
  readonly testId: string;
  readonly question: string;
  readonly answers: Answers;
  /** Ready-made reasons, separated by `|`. */
  readonly reasons: string;
  readonly reasonHint: string;
  readonly confirm: string;
  readonly onDecide: (samePerson: boolean, reason: string) => void;
}

/** One person or two, and why: nothing is chosen beforehand. */
export function AnswerForm({ testId, question, answers, reasons, reasonHint, confirm, onDecide }: Props) {
  const [samePerson, setSamePerson] = useState<boolean>();
  const [reason, setReason] = useState('');
  const complete = samePerson !== undefined && reason.trim().length >= shortestReason;
  return (
    <form
      className="decision"
      data-testid={testId}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) onDecide(samePerson, reason);
      }}
    >
      <div className="decision__answers" role="radiogroup" aria-label={question}>
        <Answer same text={answers.same} answer={samePerson} onAnswer={setSamePerson} />
        <Answer same={false} text={answers.different} answer={samePerson} onAnswer={setSamePerson} />
      </div>
      <ReasonChoice
        value={reason}
        onChange={setReason}
        choices={reasons}
        placeholder={reasonHint}
        testId="decision-reason"
      >
        <button type="submit" className="plain-button plain-button--main" disabled={!complete} data-testid="decide">
          {confirm}
        </button>
      </ReasonChoice>
    </form>
  );
}
