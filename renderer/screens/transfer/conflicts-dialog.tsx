import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordVersion, TransferConflict } from '../../../native-bridge/contract/transfer-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { BytesImage } from '../../components/bytes-image.tsx';
import { momentText } from '../../components/moment.ts';

interface VersionProps {
  readonly title: string;
  readonly version: RecordVersion;
}

function Version({ title, version }: VersionProps) {
  const { t, i18n } = useTranslation();
  const { name, maskedNumber, teamName, sealedAt, photo } = version;
  return (
    <div className="version">
      {photo && <BytesImage bytes={photo} type="image/jpeg" alt={t('queue.photo')} className="version__photo" />}
      <div>
        <em>{title}</em>
        <strong>{name}</strong>
        <span>{maskedNumber}</span>
        <span>{teamName}</span>
        <span>{momentText(sealedAt, i18n.language)}</span>
      </div>
    </div>
  );
}

interface ConflictProps {
  readonly conflict: TransferConflict;
  readonly onSettled: () => void;
}

function ConflictView({ conflict, onSettled }: ConflictProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [reason, setReason] = useState('');
  const { recordId, contentHash, ours, theirs } = conflict;
  const settle = () =>
    act(async () => {
      await client.call('transfer.settle-conflict', { recordId, contentHash, reason: reason.trim() });
      void message.success(t('transfer.settled'));
      onSettled();
    });
  return (
    <li className="conflict" data-testid="conflict">
      <div className="conflict__versions">
        {ours ? <Version title={t('transfer.ours')} version={ours} /> : <p>{t('transfer.oursGone')}</p>}
        <Version title={t('transfer.theirs')} version={theirs} />
      </div>
      <form
        className="transfer__row"
        onSubmit={(event) => {
          event.preventDefault();
          void settle();
        }}
      >
        <Input
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          placeholder={t('transfer.reason')}
          aria-label={t('transfer.reason')}
          maxLength={200}
        />
        <button type="submit" className="plain-button" disabled={reason.trim().length < 2}>
          {t('transfer.settle')}
        </button>
      </form>
    </li>
  );
}

interface Props {
  readonly open: boolean;
  readonly conflicts: readonly TransferConflict[];
  readonly onSettled: () => void;
  readonly onClose: () => void;
}

/** Records that came with another content than the one that is here, both side by side. */
export function ConflictsDialog({ open, conflicts, onSettled, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('transfer.conflicts')}
      footer={null}
      width="48rem"
      centered
      destroyOnHidden
    >
      <div className="transfer" data-testid="conflicts-dialog">
        <p className="transfer__hint">{t('transfer.conflictsText')}</p>
        <ul className="transfer__list">
          {conflicts.map((conflict) => (
            <ConflictView
              key={`${conflict.recordId}${conflict.contentHash}`}
              conflict={conflict}
              onSettled={onSettled}
            />
          ))}
        </ul>
      </div>
    </Modal>
  );
}
