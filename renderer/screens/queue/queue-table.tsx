import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePeopleCodes } from '../../client/station-context.tsx';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { codeName } from '../../codes/code-table.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueueIcon } from '../../components/icons.tsx';
import { momentText } from '../../components/moment.ts';
import { StateChip } from '../../components/state-chip.tsx';
import { pairMember } from '../../i18n/language.ts';
import { NextStepView } from './next-step-view.tsx';
import { RetryButton } from './retry-button.tsx';
import type { Queue } from './use-queue.ts';

function Worker({ record }: { readonly record: RecordSummary }) {
  return (
    <>
      <strong className="queue__name">{record.name}</strong>
      <span className="queue__number">{record.maskedNumber}</span>
    </>
  );
}

function TeamAndTrade({ record }: { readonly record: RecordSummary }) {
  const { i18n } = useTranslation();
  const { workType: trades } = usePeopleCodes();
  return (
    <>
      <span>{record.teamName}</span>
      <span className="queue__soft">{codeName(trades, record.workType, pairMember(i18n.language))}</span>
    </>
  );
}

function Attempts({ record }: { readonly record: RecordSummary }) {
  const { t, i18n } = useTranslation();
  const { attempts, nextAttemptAt } = record;
  return (
    <>
      {attempts > 0 && <span>{t('queue.times', { count: attempts })}</span>}
      {nextAttemptAt !== undefined && (
        <span className="queue__soft">
          {t('queue.nextAttempt', { time: momentText(nextAttemptAt, i18n.language) })}
        </span>
      )}
    </>
  );
}

function useColumns(onOpen: (id: string) => void): TableColumnsType<RecordSummary> {
  const { t, i18n } = useTranslation();
  return [
    { key: 'state', title: t('queue.state'), width: '8rem', render: (_, { state }) => <StateChip state={state} /> },
    { key: 'worker', title: t('queue.worker'), width: '11rem', render: (_, record) => <Worker record={record} /> },
    { key: 'team', title: t('queue.team'), width: '9rem', render: (_, record) => <TeamAndTrade record={record} /> },
    {
      key: 'sealed',
      title: t('queue.sealedAt'),
      width: '6.5rem',
      render: (_, { sealedAt }) => momentText(sealedAt, i18n.language),
    },
    { key: 'attempts', title: t('queue.attempts'), width: '7rem', render: (_, record) => <Attempts record={record} /> },
    { key: 'next', title: t('queue.next'), render: (_, record) => <NextStepView record={record} /> },
    {
      key: 'actions',
      width: '13rem',
      render: (_, record) => (
        <span className="queue__actions">
          <RetryButton record={record} />
          <button type="button" className="plain-button" onClick={() => onOpen(record.id)} data-testid="open-record">
            {t('queue.open')}
          </button>
        </span>
      ),
    },
  ];
}

function Empty({ filtered }: { readonly filtered: boolean }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<QueueIcon />}
      title={t(filtered ? 'queue.emptyFiltered' : 'queue.empty')}
      text={filtered ? undefined : t('queue.emptyText')}
      testId="queue-empty"
    />
  );
}

interface Props {
  readonly queue: Queue;
  readonly filtered: boolean;
  readonly onOpen: (id: string) => void;
}

export function QueueTable({ queue, filtered, onOpen }: Props) {
  const { t } = useTranslation();
  const columns = useColumns(onOpen);
  return (
    <div className="queue__table">
      <Table
        size="middle"
        rowKey="id"
        columns={columns}
        dataSource={queue.records}
        loading={queue.loading && queue.records.length === 0}
        pagination={false}
        sticky
        tableLayout="fixed"
        locale={{ emptyText: queue.loading ? ' ' : <Empty filtered={filtered} /> }}
        rowClassName={({ state }) => `queue__row queue__row--${state}`}
      />
      {queue.more && (
        <button type="button" className="plain-button queue__more" disabled={queue.loading} onClick={queue.loadMore}>
          {t('queue.more')}
        </button>
      )}
    </div>
  );
}
