import { Button } from 'antd';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../client/station-context.tsx';
import { PasswordField, TextField } from './credentials.tsx';
import { RefusalLine } from './refusal-line.tsx';
import { useRefusal } from './use-refusal.ts';

interface Props {
  /** Who was here before the desk locked. */
  readonly before: string | undefined;
  readonly onForgotten: () => void;
}

/** Name and password; who was here before needs the password only. */
export function SignInForm({ before, onForgotten }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const refusal = useRefusal();
  const [name, setName] = useState(before ?? '');
  const [password, setPassword] = useState('');
  const signIn = async (event: SubmitEvent) => {
    event.preventDefault();
    const done = await refusal.attempt(() => client.call('account.sign-in', { name, password }));
    if (!done) setPassword('');
  };
  return (
    <form className="credentials" onSubmit={(event) => void signIn(event)}>
      <TextField
        id="sign-in-name"
        label={t('signIn.name')}
        value={name}
        onChange={(typed) => {
          setName(typed);
          refusal.forget();
        }}
        autoFocus={before === undefined}
      />
      <PasswordField
        id="sign-in-password"
        label={t('signIn.password')}
        value={password}
        onChange={setPassword}
        autoFocus={before !== undefined}
      />
      <RefusalLine refusal={refusal} />
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={refusal.busy}
        disabled={name.trim().length < 2 || password === '' || refusal.waitSeconds > 0}
        data-testid="sign-in"
      >
        {t('signIn.submit')}
      </Button>
      <button type="button" className="sign-in__link" onClick={onForgotten}>
        {t('signIn.forgotten')}
      </button>
    </form>
  );
}
