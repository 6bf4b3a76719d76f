import { Slider } from 'antd';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewEvidence } from '../../../native-bridge/contract/review.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { BytesImage } from '../../components/bytes-image.tsx';

interface Shown {
  readonly id: string;
  readonly evidence: ReviewEvidence;
  readonly portrait: Uint8Array | undefined;
  readonly photo: Uint8Array | undefined;
}

function useShown(id: string): Shown | undefined {
  const client = useClient();
  const act = useAction();
  const [shown, setShown] = useState<Shown>();
  useEffect(() => {
    let isCurrent = true;
    void act(async () => {
      const [evidence, { png }, { jpeg }] = await Promise.all([
        client.call('review.evidence', { id }),
        client.call('worker.portrait', { id }),
        client.call('queue.photo', { id }),
      ]);
      if (isCurrent) setShown({ id, evidence, portrait: png, photo: jpeg });
    });
    return () => {
      isCurrent = false;
    };
  }, [id, client, act]);
  return shown?.id === id ? shown : undefined;
}

interface PicturesProps extends Pick<Shown, 'portrait' | 'photo'> {
  /** Stands beside the pictures, below their zoom. */
  readonly children: ReactNode;
}

/** Both at once, so that the same part of either face is looked at. */
function Pictures({ portrait, photo, children }: PicturesProps) {
  const { t } = useTranslation();
  const [zoom, setZoom] = useState(1);
  const pictures = [
    { name: 'portrait', bytes: portrait, type: 'image/png' },
    { name: 'photo', bytes: photo, type: 'image/jpeg' },
  ] as const;
  return (
    <div className="review__pictures">
      {pictures.map(({ name, bytes, type }) => (
        <figure key={name}>
          <div className="review__picture" style={{ '--zoom': zoom } as React.CSSProperties}>
            {bytes === undefined ? (
              <p>{t('review.noPicture')}</p>
            ) : (
              <BytesImage bytes={bytes} type={type} alt={t(`review.${name}`)} />
            )}
          </div>
          <figcaption>{t(`review.${name}`)}</figcaption>
        </figure>
      ))}
      <div className="review__side">
        <div className="review__zoom">
          {t('review.zoom')}
          <Slider
            ariaLabelForHandle={t('review.zoom')}
            min={1}
            max={4}
            step={0.25}
            value={zoom}
            onChange={setZoom}
            tooltip={{ open: false }}
          />
        </div>
        {children}
      </div>
    </div>
  );
}

function Line({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Comparison({ comparison }: Pick<ReviewEvidence, 'comparison'>) {
  const { t } = useTranslation();
  if (comparison.kind === 'cannot-compare') return t('review.notCompared');
  const { distance, band } = comparison;
  return t('review.distanceText', { distance: distance.toFixed(2), band: t(`review.band.${band}`) });
}

function Lines({ evidence }: { readonly evidence: ReviewEvidence }) {
  const { t } = useTranslation();
  const { comparison, decision, photoException, liveness, found } = evidence;
  const exception = liveness?.exception;
  return (
    <dl className="review__lines">
      <Line term={t('review.distance')}>
        <Comparison comparison={comparison} />
      </Line>
      {decision && (
        <Line term={t('review.decision')}>
          {t('review.decisionText', {
            who: decision.decidedBy,
            what: t(decision.samePerson ? 'review.same' : 'review.different'),
            reason: decision.reason,
          })}
        </Line>
      )}
      {photoException && (
        <Line term={t('review.photoException')}>
          {photoException.failed.map((name) => t(`check.${name}`)).join('、')} · {photoException.reason}
        </Line>
      )}
      {exception && (
        <Line term={t('review.liveness')}>
          {t('review.livenessException', { who: exception.supervisor, reason: exception.reason })}
        </Line>
      )}
      {found.length > 0 && <Line term={t('review.found')}>{t('review.foundText', { count: found.length })}</Line>}
    </dl>
  );
}

/** What a reviewer judges by. */
export function ReviewEvidenceView({ id }: { readonly id: string }) {
  const shown = useShown(id);
  if (shown === undefined) return <div className="review__pictures review__pictures--coming" />;
  return (
    <Pictures portrait={shown.portrait} photo={shown.photo}>
      <Lines evidence={shown.evidence} />
    </Pictures>
  );
}
