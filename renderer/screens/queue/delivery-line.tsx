import { useTranslation } from 'react-i18next';
import type { DeliveryState } from '../../../native-bridge/contract/station.ts';
import { useStation } from '../../client/station-context.tsx';

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

function Line({ state }: { readonly state: DeliveryState }) {
  return (
    <p className="queue__delivery" data-testid="delivery-line">
      {useParts(state).join(' · ')}
    </p>
  );
}

/** How far the sending is, in one line; nothing while nothing is being sent. */
export function DeliveryLine() {
  const state = useStation(({ status }) => status?.delivery);
  return state === undefined ? null : <Line state={state} />;
}
