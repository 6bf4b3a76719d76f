import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../native-bridge/contract/enrolment.ts';
import { useStation } from '../../client/station-context.tsx';
import { usePractice } from '../../client/use-practice.ts';
import { setPreferences, usePreferences } from '../../preferences.ts';
import './practice-coach.css';

const order: readonly Stage[] = ['card', 'consent', 'photo', 'comparison', 'fields', 'ready'];

/** Walks a beginner through the first practice enrolment: what to do now, in one line, until it is sealed or dismissed. */
export function PracticeCoach() {
  const { t } = useTranslation();
  const { coach } = usePreferences();
  const practice = usePractice();
  const stage = useStation(({ enrolment }) => enrolment?.stage ?? 'card');
  const hasSealed = useStation(({ recent }) => recent.length > 0);
  if (!practice || !coach) return null;
  const isDone = hasSealed && stage === 'card';
  return (
    <p className="practice-coach" role="status" data-testid="practice-coach" data-step={isDone ? 'sealed' : stage}>
      {!isDone && <b>{t('coach.step', { step: order.indexOf(stage) + 1 })}</b>}
      <span>{t(`coach.${isDone ? 'sealed' : stage}`)}</span>
      <button type="button" className="plain-button" onClick={() => setPreferences({ coach: false })}>
        {t(isDone ? 'coach.next' : 'coach.hide')}
      </button>
    </p>
  );
}
