import { useTranslation } from 'react-i18next';
import type { DeliveryState, PausedState, StationStatus } from '../../../native-bridge/contract/station.ts';
import { useClient, useStation } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { momentText } from '../../components/moment.ts';

type Left = { readonly hours: number } | { readonly minutes: number };

/** Whole minutes, or hours once minutes would say more than anybody knows. */
export function timeLeft(seconds: number): Left {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 120 ? { minutes } : { hours: Math.round(minutes / 60) };
}

function useParts({ done, total, perMinute, secondsLeft }: DeliveryState): string[] {
  const { t } = useTranslation();
  const left = secondsLeft === undefined ? undefined : timeLeft(secondsLeft);
  return [
    t('delivery.sending', { done, total }),
    ...(perMinute === undefined ? [] : [t('delivery.rate', { count: perMinute })]),
    ...(left === undefined ? [] : ['hours' in left ? t('delivery.hoursLeft', left) : t('delivery.minutesLeft', left)]),
  ];
}

function Paused({ paused, unsent }: { readonly paused: PausedState; readonly unsent: number }) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const act = useAction();
  const rest = paused.sending > 0 ? t('delivery.finishing', { count: paused.sending }) : undefined;
  const kept = unsent > 0 ? t('delivery.waiting', { count: unsent }) : undefined;
  return (
    <div className="queue__delivery queue__delivery--paused" data-testid="delivery-paused">
      <p role="status">
        <strong>{t('delivery.paused', { time: momentText(paused.until, i18n.language) })}</strong>{' '}
        {[rest, kept].filter((part) => part !== undefined).join(' · ')}
      </p>
      <button
        type="button"
        className="plain-button plain-button--main"
        onClick={() => void act(() => client.call('queue.resume', {}))}
        data-testid="delivery-resume"
      >
        {t('delivery.resume')}
      </button>
    </div>
  );
}

/** Why nothing goes up at the moment, and that nothing of it is lost. */
function Waiting({ status }: { readonly status: StationStatus }) {
  const { t } = useTranslation();
  const { platform, unsent } = status;
  return (
    <p data-testid="delivery-waiting">
      {platform.error !== undefined && (
        <>
          <ErrorSentence code={platform.error.code} />
          {' · '}
        </>
      )}
      {t('delivery.waiting', { count: unsent.count })}
    </p>
  );
}

function Sending({ status }: { readonly status: StationStatus }) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  return (
    <div className="queue__delivery">
      {status.delivery === undefined ? <Waiting status={status} /> : <Line state={status.delivery} />}
      <button
        type="button"
        className="plain-button"
        onClick={() => void act(() => client.call('queue.pause', {}))}
        data-testid="delivery-pause"
      >
        {t('delivery.pause')}
      </button>
    </div>
  );
}

function Line({ state }: { readonly state: DeliveryState }) {
  return <p data-testid="delivery-line">{useParts(state).join(' · ')}</p>;
}

/** How far the sending is, and its pause; nothing while there is nothing to send. */
export function DeliveryLine() {
  const status = useStation((snapshot) => snapshot.status);
  if (status === undefined || status.platform.state === 'not-configured') return null;
  const { delivery, sendingPaused, unsent } = status;
  if (sendingPaused !== undefined) return <Paused paused={sendingPaused} unsent={unsent.count} />;
  return delivery === undefined && unsent.count === 0 ? null : <Sending status={status} />;
}
