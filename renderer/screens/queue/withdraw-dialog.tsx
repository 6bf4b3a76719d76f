import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { type WithdrawalReason, withdrawalReasonSchema } from '../../../native-bridge/contract/record-life.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { ReasonButtons } from './reason-buttons.tsx';

/** The station keeps no longer remarks. */
const longestNote = 200;

interface ContentProps {
  readonly record: RecordSummary;
  readonly onClose: () => void;
}

function Content({ record, onClose }: ContentProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [reason, setReason] = useState<WithdrawalReason>();
  const [note, setNote] = useState('');
  const withdraw = async () => {
    if (reason === undefined) return;
    const call = { id: record.id, reason, ...(note.trim() !== '' && { note: note.trim() }) };
    if (!(await act(() => client.call('record.withdraw', call)))) return;
    void message.success(t('life.withdrawn'));
    onClose();
  };
  return (
    <div className="record-life__dialog" data-testid="withdraw-dialog">
      <p>{t('life.withdrawText')}</p>
      <ReasonButtons
        reasons={withdrawalReasonSchema.options}
        text={(each) => t(`life.withdrawalReasons.${each}`)}
        chosen={reason}
        onChoose={setReason}
        label={t('life.reason')}
      />
      <Input
        value={note}
        onChange={(event) => setNote(event.target.value)}
        placeholder={t('life.note')}
        aria-label={t('life.note')}
        maxLength={longestNote}
        data-testid="withdraw-note"
      />
      <div className="record-life__buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          danger
          type="primary"
          disabled={reason === undefined}
          onClick={() => void withdraw()}
          data-testid="withdraw-confirm"
        >
          {t('life.withdrawConfirm')}
        </Button>
      </div>
    </div>
  );
}

interface Props extends ContentProps {
  readonly open: boolean;
}

/** Asks why a record is taken back. */
export function WithdrawDialog({ open, record, onClose }: Props) {
  const { t } = useTranslation();
  const title = t('life.withdrawTitle', { name: record.name });
  return (
    <Modal open={open} onCancel={onClose} title={title} footer={null} destroyOnHidden>
      <Content record={record} onClose={onClose} />
    </Modal>
  );
}
