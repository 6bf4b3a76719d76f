import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoException } from '../../../native-bridge/contract/capture.ts';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { ReasonChoice } from '../../components/reason-choice.tsx';

/** A shorter reason says nothing; the station refuses it. */
const shortestReason = 2;

function Content({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const [reason, setReason] = useState('');
  const take = async () => {
    const argument = { reason: reason.trim() };
    await act(async () => station.setEnrolment((await client.call('capture.take-best', argument)).enrolment));
    onClose();
  };
  return (
    <div className="discard" data-testid="take-best-dialog">
      <p>{t('capture.takeBestText')}</p>
      <ReasonChoice
        value={reason}
        onChange={setReason}
        choices={t('capture.takeBestReasons')}
        placeholder={t('capture.takeBestHint')}
        testId="take-best-reason"
      />
      <div className="discard__buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={reason.trim().length < shortestReason}
          onClick={() => void take()}
          data-testid="take-best-confirm"
        >
          {t('capture.takeBestConfirm')}
        </Button>
      </div>
    </div>
  );
}

/** Offered when patience has run out: the best frame, although it does not meet every check, for a reason. */
export function TakeBest() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="plain-button capture__take-best"
        onClick={() => setOpen(true)}
        data-testid="take-best"
      >
        {t('capture.takeBest')}
      </button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        title={t('capture.takeBestTitle')}
        footer={null}
        destroyOnHidden
      >
        <Content onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

/** Why a photo was taken against a check, and which. */
export function ExceptionNote({ exception }: { readonly exception: PhotoException }) {
  const { t } = useTranslation();
  const checks = exception.failed.map((name) => t(`check.${name}`)).join(' · ');
  return (
    <p className="photo__exception" data-testid="photo-exception">
      <strong>{t('capture.exceptional', { reason: exception.reason })}</strong>
      <span>{t('capture.exceptionalChecks', { checks })}</span>
    </p>
  );
}
