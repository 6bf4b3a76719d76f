import { Button } from 'antd';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../client/station-context.tsx';
import { PasswordField } from './credentials.tsx';
import { RefusalLine } from './refusal-line.tsx';
import { useRefusal } from './use-refusal.ts';

interface Props {
  /** The one that was given for once only. */
  readonly once: boolean;
  readonly onChanged?: () => void;
}

/** Changes the password of whoever is signed in. */
export function NewPasswordForm({ once, onChanged }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const refusal = useRefusal();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeat, setRepeat] = useState('');
  const differs = repeat !== '' && repeat !== next;
  const change = async (event: SubmitEvent) => {
    event.preventDefault();
    const done = await refusal.attempt(() => client.call('account.change-password', { current, next }));
    if (done) onChanged?.();
  };
  return (
    <form className="credentials" onSubmit={(event) => void change(event)}>
      <PasswordField
        id="current-password"
        label={t(once ? 'signIn.currentOnce' : 'signIn.current')}
        value={current}
        onChange={setCurrent}
        autoFocus
      />
      <PasswordField
        id="next-password"
        label={t('signIn.next')}
        value={next}
        onChange={setNext}
        hint={t('signIn.rule')}
      />
      <PasswordField
        id="repeat-password"
        label={t('signIn.repeat')}
        value={repeat}
        onChange={setRepeat}
        hint={differs && t('signIn.different')}
      />
      <RefusalLine refusal={refusal} />
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={refusal.busy}
        disabled={current === '' || next === '' || repeat !== next || refusal.waitSeconds > 0}
        data-testid="change-password"
      >
        {t('signIn.change')}
      </Button>
    </form>
  );
}
