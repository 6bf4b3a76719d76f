import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoException } from '../../../native-bridge/contract/capture.ts';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { focusReasons, ReasonChoice } from '../../components/reason-choice.tsx';
import { useShortcut } from '../../components/shortcut.ts';

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
  const complete = reason.trim().length >= shortestReason;
  return (
    <form
      className="discard"
      data-testid="take-best-dialog"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) void take();
      }}
    >
      <p>{t('capture.takeBestText')}</p>
      <ReasonChoice
        value={reason}
        onChange={setReason}
        choices={t('capture.takeBestReasons')}
        placeholder={t('capture.takeBestHint')}
        testId="take-best-reason"
      />
      <div className="discard__buttons">
        <Button onClick={onClose}>
          {t('app.cancel')} <kbd>Esc</kbd>
        </Button>
        <Button type="primary" htmlType="submit" disabled={!complete} data-testid="take-best-confirm">
          {t('capture.takeBestConfirm')} <kbd>Enter</kbd>
        </Button>
      </div>
    </form>
  );
}

/** Offered when patience has run out: the best frame, although it does not meet every check, for a reason. */
export function TakeBest() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useShortcut('F8', true, (event) => {
    event.preventDefault();
    setOpen(true);
  });
  return (
    <>
      <button
        type="button"
        className="plain-button capture__take-best"
        onClick={() => setOpen(true)}
        data-testid="take-best"
      >
        {t('capture.takeBest')} <kbd>F8</kbd>
      </button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        title={t('capture.takeBestTitle')}
        footer={null}
        afterOpenChange={focusReasons}
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
