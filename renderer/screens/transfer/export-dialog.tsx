import { Modal, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EarlierExports } from './earlier-exports.tsx';
import { ExportForm } from './export-form.tsx';
import { JobView } from './job-view.tsx';
import { StationsView } from './stations-view.tsx';
import { useJob, useTransferState } from './use-transfer.ts';

type Page = 'newExport' | 'earlier' | 'stations';

interface ContentProps {
  /** A work was begun here whose end has not been looked at; it outlives the closed dialog. */
  readonly started: boolean;
  readonly setStarted: (started: boolean) => void;
  readonly onChanged: () => void;
}

function Content({ started, setStarted, onChanged }: ContentProps) {
  const { t } = useTranslation();
  const job = useJob();
  const isRunning = job?.state === 'running';
  const state = useTransferState();
  const [page, setPage] = useState<Page>('newExport');
  const begin = () => setStarted(true);
  const finish = () => {
    setStarted(false);
    state.ask();
    onChanged();
  };
  // Also of a work that was under way before: its end is to be seen.
  useEffect(() => {
    if (isRunning) setStarted(true);
  }, [isRunning, setStarted]);
  if (job !== undefined && (started || isRunning)) return <JobView job={job} onFinish={finish} />;
  return (
    <>
      <Segmented<Page>
        value={page}
        onChange={setPage}
        options={(['newExport', 'earlier', 'stations'] as const).map((value) => ({
          value,
          label: t(`transfer.${value}`),
        }))}
      />
      {page === 'newExport' && state.value && <ExportForm state={state.value} onStarted={begin} />}
      {page === 'earlier' && <EarlierExports onStarted={begin} onChanged={onChanged} />}
      {page === 'stations' && state.value && <StationsView state={state.value} onState={state.set} />}
    </>
  );
}

interface Props {
  readonly onChanged: () => void;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Puts sealed records on a removable drive. */
export function ExportDialog({ open, onClose, onChanged }: Props) {
  const { t } = useTranslation();
  const [started, setStarted] = useState(false);
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('transfer.export')}
      footer={null}
      width="48rem"
      centered
      mask={{ closable: false }}
      destroyOnHidden
    >
      <div className="transfer" data-testid="export-dialog">
        <Content started={started} setStarted={setStarted} onChanged={onChanged} />
      </div>
    </Modal>
  );
}
