import { Drawer } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { useClient, usePeopleCodes } from '../../client/station-context.tsx';
import { codeName } from '../../codes/code-table.ts';
import { useAction } from '../../components/action.ts';
import { BytesImage } from '../../components/bytes-image.tsx';
import { momentText } from '../../components/moment.ts';
import { StateChip } from '../../components/state-chip.tsx';
import { pairMember } from '../../i18n/language.ts';
import { NextStepView } from './next-step-view.tsx';
import { RecordLife } from './record-life.tsx';
import { RetryButton } from './retry-button.tsx';

/** `undefined` while it is being asked for, `none` when it is no longer kept. */
function usePhoto(id: string): Uint8Array | 'none' | undefined {
  const client = useClient();
  const act = useAction();
  const [photo, setPhoto] = useState<Uint8Array | 'none'>();
  useEffect(() => {
    let current = true;
    void act(async () => {
      const { jpeg } = await client.call('queue.photo', { id });
      if (current) setPhoto(jpeg ?? 'none');
    });
    return () => {
      current = false;
    };
  }, [id, client, act]);
  return photo;
}

function Photo({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const photo = usePhoto(id);
  if (photo === undefined) return <div className="record__photo" />;
  if (photo === 'none') return <div className="record__photo record__photo--none">{t('queue.noPhoto')}</div>;
  return (
    <BytesImage
      bytes={photo}
      type="image/jpeg"
      alt={t('queue.photo')}
      className="record__photo"
      testId="record-photo"
    />
  );
}

const bandTexts = {
  match: 'compare.match',
  review: 'compare.review',
  'no-match': 'compare.noMatch',
  'cannot-compare': 'compare.cannot',
} as const;

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Lines({ record }: { readonly record: RecordSummary }) {
  const { t, i18n } = useTranslation();
  const time = (instant: string) => momentText(instant, i18n.language);
  const { workType: trades } = usePeopleCodes();
  const trade = codeName(trades, record.workType, pairMember(i18n.language));
  return (
    <dl className="record__lines">
      <Line label={t('queue.state')}>
        <StateChip state={record.state} />
      </Line>
      <Line label={t('queue.number')}>{record.maskedNumber}</Line>
      <Line label={t('queue.team')}>{[record.teamName, trade].filter(Boolean).join(' · ')}</Line>
      <Line label={t('queue.comparison')}>{t(bandTexts[record.band])}</Line>
      <Line label={t('queue.sealedAt')}>{time(record.sealedAt)}</Line>
      <Line label={t('queue.changedAt')}>{time(record.changedAt)}</Line>
      <Line label={t('queue.attempts')}>
        {t('queue.times', { count: record.attempts })}
        {record.nextAttemptAt !== undefined && ` · ${t('queue.nextAttempt', { time: time(record.nextAttemptAt) })}`}
      </Line>
      {record.serial !== undefined && <Line label={t('queue.serial')}>{record.serial}</Line>}
    </dl>
  );
}

interface Props {
  readonly record: RecordSummary | undefined;
  readonly onClose: () => void;
}

/** One record with its photo. */
export function RecordDrawer({ record, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer open={record !== undefined} onClose={onClose} title={t('queue.detail')} size="28rem" destroyOnHidden>
      {record && (
        <div className="record" data-testid="record-detail">
          <div className="record__head">
            <Photo key={record.id} id={record.id} />
            <strong>{record.name}</strong>
          </div>
          <Lines record={record} />
          <NextStepView record={record} />
          <RetryButton record={record} />
          <RecordLife key={`life-${record.id}`} record={record} />
        </div>
      )}
    </Drawer>
  );
}
