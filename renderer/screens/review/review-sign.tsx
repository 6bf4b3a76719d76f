import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole } from '../../../native-bridge/contract/account.ts';
import { useClient, useStation } from '../../client/station-context.tsx';
import { PasswordField, TextField } from '../sign-in/credentials.tsx';
import { RefusalLine } from '../sign-in/refusal-line.tsx';
import '../sign-in/sign-in.css';
import { useRefusal } from '../sign-in/use-refusal.ts';

/** Whoever is at the desk and may review is the likeliest to sign. */
function useLikelyReviewer(): string {
  return useStation(({ account }) =>
    account?.state === 'signed-in' && hasRole(account.account.role, 'supervisor') ? account.account.name : '',
  );
}

/** The reviewer's word, signed with name and password. */
export function ReviewSign({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const refusal = useRefusal();
  const practice = useStation(({ account }) => account?.state === 'practice');
  const [name, setName] = useState(useLikelyReviewer());
  const [password, setPassword] = useState('');
  const [note, setNote] = useState('');
  const decide = async (approved: boolean) => {
    const signed = practice ? { name: '——', password: '—' } : { name, password };
    const done = await refusal.attempt(() => client.call('review.decide', { id, approved, note, ...signed }));
    if (done) void message.success(t('review.done'));
    else setPassword('');
  };
  const isSigned = practice || (name.trim().length >= 2 && password !== '' && refusal.waitSeconds === 0);
  return (
    <form className="review__sign" onSubmit={(event) => event.preventDefault()}>
      <div className="review__fields">
        <TextField id="review-note" label={t('review.note')} value={note} onChange={setNote} />
        {!practice && (
          <>
            <TextField id="review-name" label={t('review.sign')} value={name} onChange={setName} />
            <PasswordField id="review-password" label={t('signIn.password')} value={password} onChange={setPassword} />
          </>
        )}
      </div>
      <RefusalLine refusal={refusal} />
      <footer>
        <small>{t(practice ? 'review.practiceSign' : 'review.signText')}</small>
        <Button
          danger
          size="large"
          loading={refusal.busy}
          disabled={!isSigned || note.trim().length < 2}
          onClick={() => void decide(false)}
          data-testid="review-send-back"
        >
          {t('review.sendBack')}
        </Button>
        <Button
          type="primary"
          size="large"
          loading={refusal.busy}
          disabled={!isSigned}
          onClick={() => void decide(true)}
          data-testid="review-approve"
        >
          {t('review.approve')}
        </Button>
      </footer>
    </form>
  );
}
