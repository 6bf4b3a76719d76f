import { useTranslation } from 'react-i18next';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import type { Refusal } from './use-refusal.ts';

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** What was wrong with the last try, and what can be done now. Its place is kept while nothing is. */
export function RefusalLine({ refusal: { error, waitSeconds } }: { readonly refusal: Refusal }) {
  const { t } = useTranslation();
  const isOver = error?.code === 'account.wait' && waitSeconds === 0;
  if (error === undefined || isOver) return <p className="sign-in__refusal" aria-hidden="true" />;
  return (
    <p className="sign-in__refusal" role="alert" data-testid="sign-in-refusal" data-code={error.code}>
      <strong>
        <ErrorSentence code={error.code} />
      </strong>
      {waitSeconds > 0 && <span className="sign-in__clock">{t('signIn.wait', { time: clock(waitSeconds) })}</span>}
      {error.code === 'account.wrong-password' && <span>{t('signIn.triesLeft', { count: Number(error.detail) })}</span>}
    </p>
  );
}
