import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { ReasonChoice } from '../../components/reason-choice.tsx';

/** A shorter reason or name says nothing; the station refuses it. */
const shortest = 2;
const longestName = 50;

/** A supervisor's exception from the liveness challenge: why, and who. */
export function ExceptionForm({ onCancel }: { readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const station = useStationState();
  const act = useAction();
  const [reason, setReason] = useState('');
  const [supervisor, setSupervisor] = useState('');
  const complete = [reason, supervisor].every((text) => text.trim().length >= shortest);
  const except = () =>
    act(async () => station.setEnrolment((await client.call('liveness.except', { reason, supervisor })).enrolment));
  return (
    <form
      className="challenge-failed challenge-failed--form"
      data-testid="exception-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) void except();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <p className="challenge-failed__title">{t('liveness.exceptTitle')}</p>
      <p className="challenge-failed__text">{t('liveness.exceptText')}</p>
      <Input
        autoFocus
        value={supervisor}
        onChange={(event) => setSupervisor(event.target.value)}
        placeholder={t('liveness.supervisor')}
        aria-label={t('liveness.supervisor')}
        maxLength={longestName}
        data-testid="exception-supervisor"
      />
      <ReasonChoice
        value={reason}
        onChange={setReason}
        choices={t('liveness.reasons')}
        placeholder={t('liveness.reasonHint')}
        testId="exception-reason"
      />
      <div className="challenge-failed__ways">
        <button type="button" className="plain-button" onClick={onCancel}>
          {t('liveness.cancel')} <kbd>Esc</kbd>
        </button>
        <button
          type="submit"
          className="plain-button plain-button--main"
          disabled={!complete}
          data-testid="exception-confirm"
        >
          {t('liveness.confirm')} <kbd>Enter</kbd>
        </button>
      </div>
    </form>
  );
}
