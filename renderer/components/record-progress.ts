import { useTranslation } from 'react-i18next';
import { timeLeft } from './byte-progress.ts';
import { partSeparator } from './part-separator.ts';

export interface RecordProgress {
  readonly done: number;
  readonly total: number;
  /** Absent as long as nobody can say. */
  readonly perSecond?: number | undefined;
}

/** Whole records, with one digit behind the point below ten a second. */
export const rateText = (perSecond: number): string => String(Number(perSecond.toFixed(perSecond < 10 ? 1 : 0)));

/** How many of all records, how many a second and how long yet, in one line. */
export function useRecordProgressText(): (progress: RecordProgress) => string {
  const { t } = useTranslation();
  return ({ done, total, perSecond = 0 }) => {
    const left = timeLeft(total - done, perSecond);
    return [
      t('transfer.progress', { done, total }),
      ...(perSecond > 0 ? [t('transfer.rate', { rate: rateText(perSecond) })] : []),
      ...(left === undefined ? [] : [t(`bytes.${left.unit}`, { count: left.count })]),
    ].join(partSeparator);
  };
}
