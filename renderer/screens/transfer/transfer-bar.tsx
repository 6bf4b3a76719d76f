import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferJob } from '../../../native-bridge/contract/transfer-calls.ts';
import { useRecordProgressText } from '../../components/record-progress.ts';
import { ConflictsDialog } from './conflicts-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import './transfer.css';
import { useConflicts, useJob } from './use-transfer.ts';

/** A work that goes on while its dialog is closed, or was begun before the page loaded anew. */
function RunningNotice({ onLook }: { readonly onLook: (work: TransferJob['work']) => void }) {
  const { t } = useTranslation();
  const progressText = useRecordProgressText();
  const job = useJob();
  if (job?.state !== 'running') return null;
  return (
    <div className="transfer-bar__notice transfer-bar__notice--running" data-testid="transfer-notice">
      <span role="status">
        {t(job.work === 'export' ? 'transfer.exporting' : 'transfer.importing')} ·{' '}
        {job.total === 0 ? t('transfer.preparing') : progressText(job)}
      </span>
      <button type="button" className="link-button" onClick={() => onLook(job.work)}>
        {t('transfer.lookOrStop')}
      </button>
    </div>
  );
}

interface Props {
  /** Records came, went or changed their state. */
  readonly onChanged: () => void;
}

/** The ways of records to and from a removable drive. */
export function TransferBar({ onChanged }: Props) {
  const { t } = useTranslation();
  const conflicts = useConflicts();
  const [open, setOpen] = useState<'export' | 'import' | 'conflicts'>();
  const close = () => setOpen(undefined);
  const changed = () => {
    onChanged();
    conflicts.ask();
  };
  const waiting = conflicts.value ?? [];
  return (
    <div className="transfer-bar">
      {open === undefined && <RunningNotice onLook={setOpen} />}
      {waiting.length > 0 && (
        <div className="transfer-bar__notice" role="status" data-testid="conflict-notice">
          {t('transfer.conflictNotice', { count: waiting.length })}
          <button type="button" className="link-button" onClick={() => setOpen('conflicts')}>
            {t('transfer.look')}
          </button>
        </div>
      )}
      {(['export', 'import'] as const).map((way) => (
        <button
          key={way}
          type="button"
          className="plain-button"
          onClick={() => setOpen(way)}
          data-testid={`open-${way}`}
        >
          {t(`transfer.${way}`)}
        </button>
      ))}
      <ExportDialog open={open === 'export'} onClose={close} onChanged={changed} />
      <ImportDialog open={open === 'import'} onClose={close} onChanged={changed} />
      <ConflictsDialog
        open={open === 'conflicts' && waiting.length > 0}
        conflicts={waiting}
        onSettled={conflicts.ask}
        onClose={close}
      />
    </div>
  );
}
