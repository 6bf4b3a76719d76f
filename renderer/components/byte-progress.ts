import { useTranslation } from 'react-i18next';
import type { BytesProgress } from '../../native-bridge/contract/safety-calls.ts';
import { sizeText } from '../screens/transfer/size-text.ts';
import { partSeparator } from './part-separator.ts';

export interface ByteProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** 0 as long as nobody can say. */
  readonly bytesPerSecond: number;
}

/** As the station tells of the copying of a data file. */
export const copiedBytes = ({ done, total, perSecond }: BytesProgress): ByteProgress => ({
  doneBytes: done,
  totalBytes: total,
  bytesPerSecond: perSecond,
});

export const percentOf = ({ doneBytes, totalBytes }: ByteProgress): number =>
  totalBytes === 0 ? 0 : Math.min(100, Math.floor((100 * doneBytes) / totalBytes));

/** Seconds until what is left is done at this rate, whole minutes from two minutes on; undefined while nobody can say. */
export function timeLeft(left: number, perSecond: number) {
  if (perSecond <= 0 || left <= 0) return undefined;
  const seconds = Math.ceil(left / perSecond);
  return seconds < 120
    ? { unit: 'seconds' as const, count: seconds }
    : { unit: 'minutes' as const, count: Math.ceil(seconds / 60) };
}

/** How far, how fast and how long yet, in one line. */
export function useByteProgressText(): (progress: ByteProgress) => string {
  const { t } = useTranslation();
  return ({ doneBytes, totalBytes, bytesPerSecond }) => {
    const left = timeLeft(totalBytes - doneBytes, bytesPerSecond);
    return [
      t('bytes.done', { done: sizeText(doneBytes), total: sizeText(totalBytes) }),
      ...(bytesPerSecond > 0 ? [t('bytes.rate', { rate: sizeText(bytesPerSecond) })] : []),
      ...(left === undefined ? [] : [t(`bytes.${left.unit}`, { count: left.count })]),
    ].join(partSeparator);
  };
}
