import { useTranslation } from 'react-i18next';
import type { FinalPhoto } from '../../../native-bridge/contract/capture.ts';
import { BytesImage } from '../../components/bytes-image.tsx';
import { CheckIcon, RetakeIcon } from '../../components/icons.tsx';
import { useEnrolmentCall } from './enrol-actions.ts';
import { ExceptionNote } from './take-best.tsx';

const bytesPerKilobyte = 1024;

/** The photo that was taken, as it goes into the record. */
export function PhotoView({ photo }: { readonly photo: FinalPhoto }) {
  const { t } = useTranslation();
  const call = useEnrolmentCall();
  const kilobytes = Math.ceil(photo.jpeg.length / bytesPerKilobyte);
  return (
    <div className="photo" data-testid="photo">
      <BytesImage bytes={photo.jpeg} type="image/jpeg" alt={t('compare.livePhoto')} className="photo__picture" />
      {photo.exception && <ExceptionNote exception={photo.exception} />}
      <div className="photo__below">
        <p className="photo__taken">
          <CheckIcon />
          <strong>{t(photo.exception ? 'capture.takenAllTheSame' : 'live.taken')}</strong>
          <span>
            {t(photo.takenBy === 'automatic' ? 'live.byMachine' : 'live.byOperator')} ·{' '}
            {t('live.attempt', { attempt: photo.attempt })}
            <br />
            {t('live.size', { width: photo.width, height: photo.height, kilobytes })}
          </span>
        </p>
        <button
          type="button"
          className="plain-button"
          onClick={() => void call('enrolment.retake')}
          data-testid="retake"
        >
          <RetakeIcon />
          {t('live.retake')} <kbd>F4</kbd>
        </button>
      </div>
    </div>
  );
}
