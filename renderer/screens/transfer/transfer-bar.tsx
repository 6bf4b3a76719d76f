import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConflictsDialog } from './conflicts-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import './transfer.css';
import { useConflicts } from './use-transfer.ts';

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
