import { useTranslation } from 'react-i18next';
import type { RetakeReason } from '../../../native-bridge/contract/statistics-calls.ts';

/** Why a picture was taken anew; a failed check is named by what it measures. */
export function useReasonText(): (reason: RetakeReason) => string {
  const { t } = useTranslation();
  return (reason) => {
    if (reason === 'operator' || reason === 'compared-review' || reason === 'compared-no-match')
      return t(`figures.reason.${reason}`);
    return t('figures.failedCheck', { check: t(`check.${reason}`) });
  };
}
