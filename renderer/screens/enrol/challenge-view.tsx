import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChallengeView as Challenge, LivenessStep } from '../../../native-bridge/contract/liveness.ts';
import { ArrowIcon, CheckIcon, WarnIcon } from '../../components/icons.tsx';
import { ExceptionForm } from './exception-form.tsx';
import { isPressing, isTyping, useShortcut } from '../../components/shortcut.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { zhLiveness } from '../../i18n/zh-CN-liveness.ts';
import { sayPrompt } from '../../sound/speech.ts';
import { FaceActionIcon } from './face-action-icon.tsx';
import './challenge.css';

type Step = Extract<Challenge, { phase: 'step' }>;
type LookStraight = Extract<Challenge, { phase: 'look-straight' }>;
type Failed = Extract<Challenge, { phase: 'failed' }>;
/** The phases in which the challenge has the word; in the others the guide has it. */
export type ShownChallenge = Step | LookStraight | Failed;

/** Where the arrow points, in degrees clockwise from the right of the mirrored picture. */
const directions: Partial<Record<LivenessStep, number>> = { 'turn-left': 180, 'turn-right': 0, nod: 90 };

const { step: spokenSteps, failure: spokenFailures, lookStraight, back, tryAgain } = zhLiveness.liveness;

/** The worker is spoken to in Mandarin whatever the operator's language is. */
function spokenText(challenge: ShownChallenge): string {
  if (challenge.phase === 'failed') return `${spokenFailures[challenge.failure]}，${tryAgain}`;
  if (challenge.phase === 'look-straight') return lookStraight;
  return challenge.seen ? back : spokenSteps[challenge.step];
}

/** Said at once: each instruction has its time, and none flickers. */
function useSpokenChallenge(challenge: ShownChallenge): void {
  const text = spokenText(challenge);
  useEffect(() => sayPrompt(text), [text]);
}

function Mark({ challenge }: { readonly challenge: ShownChallenge }) {
  if (challenge.phase === 'failed') return <WarnIcon />;
  if (challenge.phase === 'look-straight' || challenge.seen) return <CheckIcon />;
  const direction = directions[challenge.step];
  return direction === undefined ? (
    <FaceActionIcon action={challenge.step === 'blink' ? 'blink' : 'open-mouth'} />
  ) : (
    <ArrowIcon degrees={direction} />
  );
}

function useWords(challenge: ShownChallenge): string {
  const { t } = useTranslation();
  if (challenge.phase === 'failed') return t(`liveness.failure.${challenge.failure}`);
  if (challenge.phase === 'look-straight') return t('liveness.lookStraight');
  return challenge.seen ? t('liveness.back') : t(`liveness.step.${challenge.step}`);
}

/** One dot a step: done, in work, to come. */
function Places({ challenge }: { readonly challenge: Step | LookStraight }) {
  const { t } = useTranslation();
  const { place, of } = challenge;
  return (
    <ol className="challenge__places" aria-label={t('liveness.place', { place: place + 1, of })}>
      {Array.from({ length: of }, (_, index) => (
        <li key={index} data-state={index < place ? 'done' : index === place ? 'now' : 'next'}>
          {index < place ? <CheckIcon /> : index + 1}
        </li>
      ))}
    </ol>
  );
}

function Instruction({ challenge }: { readonly challenge: ShownChallenge }) {
  const { t } = useTranslation();
  const words = useWords(challenge);
  const step = challenge.phase === 'step' ? challenge.step : undefined;
  return (
    <div className={`challenge challenge--${challenge.phase}`} data-testid="challenge" data-step={step}>
      {challenge.phase === 'step' && (
        <progress className="challenge__time" value={challenge.timeLeft} aria-hidden="true" />
      )}
      <p className="challenge__words" aria-live="assertive">
        <Mark challenge={challenge} />
        <span>{words}</span>
      </p>
      {challenge.phase === 'failed' && (
        <p className="challenge__left">{t('liveness.attemptsLeft', { count: challenge.attemptsLeft })}</p>
      )}
    </div>
  );
}

/** All attempts of a row have failed: more of them, or a supervisor. */
function WaysOut({ challenge }: { readonly challenge: Failed }) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [isExcepting, setExcepting] = useState(false);
  const again = () => void act(() => client.call('liveness.again', {}));
  const isFree = (event: KeyboardEvent) => !isTyping(event) && !isPressing(event) && !isExcepting;
  useShortcut('F6', true, (event) => {
    if (!isFree(event)) return;
    event.preventDefault();
    again();
  });
  useShortcut('F8', true, (event) => {
    if (!isFree(event)) return;
    event.preventDefault();
    setExcepting(true);
  });
  if (isExcepting) return <ExceptionForm onCancel={() => setExcepting(false)} />;
  return (
    <div className="challenge-failed" role="alert" data-testid="liveness-failed">
      <p className="challenge-failed__title">{t('liveness.failedTitle')}</p>
      <p>{t(`liveness.failure.${challenge.failure}`)}</p>
      <p className="challenge-failed__text">{t('liveness.failedText')}</p>
      <div className="challenge-failed__ways">
        <button type="button" className="plain-button plain-button--main" onClick={again} data-testid="liveness-again">
          {t('liveness.again')} <kbd>F6</kbd>
        </button>
        <button type="button" className="plain-button" onClick={() => setExcepting(true)} data-testid="liveness-except">
          {t('liveness.except')} <kbd>F8</kbd>
        </button>
      </div>
    </div>
  );
}

/** Over the picture, where the guide's prompt stands otherwise: one movement at a time, large and spoken. */
export function ChallengeView({ challenge }: { readonly challenge: ShownChallenge }) {
  useSpokenChallenge(challenge);
  if (challenge.phase === 'failed' && challenge.attemptsLeft === 0) return <WaysOut challenge={challenge} />;
  return <Instruction challenge={challenge} />;
}

/** Along the picture's upper edge while the challenge lasts: what this is and what it is not, and how far it is. */
export function ChallengeName({ challenge }: { readonly challenge: Challenge }) {
  const { t } = useTranslation();
  return (
    <div className="challenge-name" data-testid="challenge-name">
      <p>
        <strong>{t('liveness.name')}</strong>
        <span>{t('liveness.notTested')}</span>
      </p>
      {(challenge.phase === 'step' || challenge.phase === 'look-straight') && <Places challenge={challenge} />}
    </div>
  );
}
