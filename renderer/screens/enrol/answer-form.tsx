import { type RefObject, useEffect, useRef, useState } from 'react';
import { ReasonChoice } from '../../components/reason-choice.tsx';
import { isTyping, offerFocus, useShortcut } from '../../components/shortcut.ts';

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
  readonly button?: RefObject<HTMLButtonElement | null>;
}

function Answer({ same, text, answer, onAnswer, button }: AnswerProps) {
  const key = same ? '1' : '2';
  useShortcut(key, true, (event) => {
    if (isTyping(event)) return;
    event.preventDefault();
    onAnswer(same);
  });
  return (
    <button
      ref={button}
      type="button"
      role="radio"
      aria-checked={answer === same}
      className={same ? 'answer answer--same' : 'answer answer--different'}
      onClick={() => onAnswer(same)}
      data-testid={same ? 'decide-same' : 'decide-different'}
    >
      {text} <kbd>{key}</kbd>
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
  const first = useRef<HTMLButtonElement>(null);
  const reasonPlace = useRef<HTMLDivElement>(null);
  useEffect(() => offerFocus(first.current), []);
  const choose = (same: boolean) => {
    setSamePerson(same);
    reasonPlace.current?.querySelector('button')?.focus();
  };
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
        <Answer same text={answers.same} answer={samePerson} onAnswer={choose} button={first} />
        <Answer same={false} text={answers.different} answer={samePerson} onAnswer={choose} />
      </div>
      <div ref={reasonPlace}>
        <ReasonChoice
          value={reason}
          onChange={setReason}
          choices={reasons}
          placeholder={reasonHint}
          testId="decision-reason"
        >
          <button type="submit" className="plain-button plain-button--main" disabled={!complete} data-testid="decide">
            {confirm} <kbd>Enter</kbd>
          </button>
        </ReasonChoice>
      </div>
    </form>
  );
}
