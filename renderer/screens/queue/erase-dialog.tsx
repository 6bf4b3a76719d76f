import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { type LockReason, lockReasonSchema } from '../../../native-bridge/contract/record-life.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { ReasonButtons } from './reason-buttons.tsx';

interface ContentProps {
  readonly record: RecordSummary;
  readonly onClose: () => void;
}

function Content({ record, onClose }: ContentProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [reason, setReason] = useState<LockReason>();
  const erase = async () => {
    if (reason === undefined) return;
    const done = await act(async () => {
      const outcome = await client.call('record.erase', { id: record.id, reason });
      void message.success(t('life.eraseDone', outcome));
    });
    if (done) onClose();
  };
  return (
    <div className="record-life__dialog" data-testid="erase-dialog">
      <p>{t('life.eraseText')}</p>
      <ReasonButtons
        reasons={lockReasonSchema.options}
        text={(each) => t(`life.lockReasons.${each}`)}
        chosen={reason}
        onChoose={setReason}
        label={t('life.reason')}
      />
      <div className="record-life__buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          danger
          type="primary"
          disabled={reason === undefined}
          onClick={() => void erase()}
          data-testid="erase-confirm"
        >
          {t('life.eraseConfirm')}
        </Button>
      </div>
    </div>
  );
}

interface Props extends ContentProps {
  readonly open: boolean;
}

/** A worker's wish to be deleted, and what it comes to. */
export function EraseDialog({ open, record, onClose }: Props) {
  const { t } = useTranslation();
  const title = t('life.eraseTitle', { name: record.name });
  return (
    <Modal open={open} onCancel={onClose} title={title} footer={null} destroyOnHidden>
      <Content record={record} onClose={onClose} />
    </Modal>
  );
}
