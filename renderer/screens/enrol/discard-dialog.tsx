import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { focusReasons, ReasonChoice } from '../../components/reason-choice.tsx';

function Content({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const [reason, setReason] = useState('');
  const discard = async () => {
    const done = await act(async () =>
      station.setEnrolment((await client.call('enrolment.discard', { reason: reason.trim() })).enrolment),
    );
    if (done) onClose();
  };
  const complete = reason.trim() !== '';
  return (
    <form
      className="discard"
      data-testid="discard-dialog"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) void discard();
      }}
    >
      <p>{t('discard.text')}</p>
      <ReasonChoice
        value={reason}
        onChange={setReason}
        choices={t('discard.reasons')}
        placeholder={t('discard.otherReason')}
        testId="discard-reason"
      />
      <div className="discard__buttons">
        <Button onClick={onClose}>
          {t('app.cancel')} <kbd>Esc</kbd>
        </Button>
        <Button danger type="primary" htmlType="submit" disabled={!complete} data-testid="discard-confirm">
          {t('discard.confirm')} <kbd>Enter</kbd>
        </Button>
      </div>
    </form>
  );
}

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Asks why the enrolment is discarded; the reason is kept, the worker's data is not. */
export function DiscardDialog({ open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('discard.title')}
      footer={null}
      afterOpenChange={focusReasons}
      destroyOnHidden
    >
      <Content onClose={onClose} />
    </Modal>
  );
}
