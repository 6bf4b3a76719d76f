import { Button } from 'antd';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../client/station-context.tsx';
import { PasswordField, TextField } from './credentials.tsx';
import { RefusalLine } from './refusal-line.tsx';
import './sign-in.css';
import { useRefusal } from './use-refusal.ts';

/** Makes the station's first administrator, who is signed in by it. */
export function FirstAccountForm() {
  const { t } = useTranslation();
  const client = useClient();
  const refusal = useRefusal();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [repeat, setRepeat] = useState('');
  const differs = repeat !== '' && repeat !== password;
  const create = (event: SubmitEvent) => {
    event.preventDefault();
    void refusal.attempt(() => client.call('account.create-first', { name, password }));
  };
  return (
    <form className="credentials" onSubmit={create}>
      <TextField id="first-name" label={t('signIn.name')} value={name} onChange={setName} />
      <PasswordField
        id="first-password"
        label={t('signIn.password')}
        value={password}
        onChange={setPassword}
        hint={t('signIn.rule')}
      />
      <PasswordField
        id="first-repeat"
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
        loading={refusal.busy}
        disabled={name.trim().length < 2 || password === '' || repeat !== password}
        data-testid="create-first"
      >
        {t('signIn.create')}
      </Button>
    </form>
  );
}
