import { Button, Modal } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnrolmentView } from '../../../native-bridge/contract/enrolment.ts';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { momentText } from '../../components/moment.ts';
import { useEnrolmentCall } from './enrol-actions.ts';

/** After a start with an unfinished enrolment: go on with it, or discard it. */
export function RestoredDialog({ enrolment }: { readonly enrolment: EnrolmentView | undefined }) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const call = useEnrolmentCall();
  const discard = () =>
    act(async () =>
      station.setEnrolment((await client.call('enrolment.discard', { reason: t('restored.discardReason') })).enrolment),
    );
  const goOn = useRef<HTMLButtonElement>(null);
  const draft = enrolment?.draft;
  const name = draft?.card?.fields.name ?? t('restored.unnamed');
  const footer = (
    <>
      <Button onClick={() => void discard()} data-testid="restored-discard">
        {t('discard.confirm')}
      </Button>
      <Button ref={goOn} type="primary" onClick={() => void call('enrolment.continue')} data-testid="restored-continue">
        {t('restored.goOn')}
      </Button>
    </>
  );
  return (
    <Modal
      open={enrolment?.restored === true}
      title={t('restored.title')}
      closable={false}
      keyboard={false}
      footer={footer}
      afterOpenChange={(isOpen) => isOpen && goOn.current?.focus()}
    >
      <p data-testid="restored-dialog">
        {t('restored.text', { name, time: draft ? momentText(draft.startedAt, i18n.language) : '' })}
      </p>
    </Modal>
  );
}
