import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordState, recordStateSchema } from '../../../native-bridge/contract/enrolment.ts';
import type { ErrorCode } from '../../../native-bridge/contract/errors.ts';
import { useMay } from '../../client/station-context.tsx';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { TransferBar } from '../transfer/transfer-bar.tsx';
import { DeliveryLine } from './delivery-line.tsx';
import './queue.css';
import { QueueTable } from './queue-table.tsx';
import { RecordDrawer } from './record-drawer.tsx';
import { type QueueCounts, useQueue } from './use-queue.ts';

interface FilterProps {
  readonly state: RecordState | undefined;
  readonly counts: QueueCounts;
  readonly onState: (state: RecordState | undefined) => void;
}

/** Ends that most records never come to: offered when there are any. */
const rareEnds: readonly RecordState[] = ['handed-over', 'withdrawn', 'superseded'];

function StateFilter({ state, counts, onState }: FilterProps) {
  const { t } = useTranslation();
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const states = recordStateSchema.options.filter(
    (option) => !rareEnds.includes(option) || option === state || (counts[option] ?? 0) > 0,
  );
  return (
    <div className="queue__filter" role="group" aria-label={t('queue.filter')}>
      {[undefined, ...states].map((option) => (
        <button
          key={option ?? 'all'}
          type="button"
          className={`filter filter--${option ?? 'all'}`}
          aria-pressed={state === option}
          onClick={() => onState(option)}
          data-testid={`filter-${option ?? 'all'}`}
          data-empty={option !== undefined && (counts[option] ?? 0) === 0}
        >
          {option === undefined ? t('queue.all') : t(`state.${option}`)}
          <b>{option === undefined ? all : (counts[option] ?? 0)}</b>
        </button>
      ))}
    </div>
  );
}

function Trouble({ code, onReload }: { readonly code: ErrorCode; readonly onReload: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="queue__trouble" role="alert" data-testid="queue-trouble">
      <strong>{t('queue.failed')}</strong>
      <span>
        <ErrorSentence code={code} />
      </span>
      <button type="button" className="plain-button" onClick={onReload}>
        {t('queue.reload')}
      </button>
    </div>
  );
}

/** Every sealed record with its state, the platform's words and the next step. */
export function QueueScreen({ openRecordId }: { readonly openRecordId: string | undefined }) {
  const { t } = useTranslation();
  const [state, setState] = useState<RecordState>();
  const [opened, setOpened] = useState(openRecordId);
  const queue = useQueue(state);
  const mayTransfer = useMay('transfer.export');
  return (
    <section className="queue" aria-labelledby="queue-title" data-testid="queue-screen">
      <header className="queue__head">
        <h1 id="queue-title">{t('queue.title')}</h1>
        <StateFilter state={state} counts={queue.counts} onState={setState} />
      </header>
      <DeliveryLine />
      {queue.trouble !== undefined && <Trouble code={queue.trouble} onReload={queue.reload} />}
      <QueueTable queue={queue} filtered={state !== undefined} onOpen={setOpened} />
      {mayTransfer && <TransferBar onChanged={queue.reload} />}
      <RecordDrawer record={queue.records.find(({ id }) => id === opened)} onClose={() => setOpened(undefined)} />
    </section>
  );
}
