import { Button } from 'antd';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../client/station-context.tsx';
import { PasswordField, TextField } from './credentials.tsx';
import { RefusalLine } from './refusal-line.tsx';
import { useRefusal } from './use-refusal.ts';

/** For an administrator whose password is lost. */
export function RecoverForm({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const refusal = useRefusal();
  const [name, setName] = useState('');
  const [recoveryKey, setRecoveryKey] = useState('');
  const [password, setPassword] = useState('');
  const recover = (event: SubmitEvent) => {
    event.preventDefault();
    void refusal.attempt(() => client.call('account.recover', { name, recoveryKey, password }));
  };
  return (
    <form className="credentials" onSubmit={recover}>
      <TextField id="recover-name" label={t('signIn.name')} value={name} onChange={setName} autoFocus />
      <TextField id="recover-key" label={t('signIn.recoveryKey')} value={recoveryKey} onChange={setRecoveryKey} />
      <PasswordField
        id="recover-password"
        label={t('signIn.next')}
        value={password}
        onChange={setPassword}
        hint={t('signIn.rule')}
      />
      <RefusalLine refusal={refusal} />
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={refusal.busy}
        disabled={name.trim().length < 2 || recoveryKey === '' || password === ''}
        data-testid="recover"
      >
        {t('signIn.recover')}
      </Button>
      <button type="button" className="sign-in__link" onClick={onBack}>
        {t('signIn.back')}
      </button>
    </form>
  );
}
