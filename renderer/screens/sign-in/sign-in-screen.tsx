import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountState } from '../../../native-bridge/contract/account.ts';
import { FirstAccountForm } from './first-account-form.tsx';
import { NewPasswordForm } from './new-password-form.tsx';
import { RecoverForm } from './recover-form.tsx';
import './sign-in.css';
import { SignInForm } from './sign-in-form.tsx';

type Closed = Exclude<AccountState, { state: 'signed-in' | 'practice' }>;

function Locked({ state }: { readonly state: Extract<Closed, { state: 'locked' }> }) {
  const { t } = useTranslation();
  const [forgotten, setForgotten] = useState(false);
  if (forgotten) {
    return (
      <>
        <h1>{t('signIn.recoverTitle')}</h1>
        <p className="sign-in__text">{t('signIn.recoverText')}</p>
        <RecoverForm onBack={() => setForgotten(false)} />
      </>
    );
  }
  return (
    <>
      <h1>{t(state.why === 'start' ? 'signIn.title' : 'signIn.lockedTitle')}</h1>
      <p className="sign-in__text">{t(`signIn.${state.why}`)}</p>
      <SignInForm before={state.name} onForgotten={() => setForgotten(true)} />
    </>
  );
}

function Sheet({ state }: { readonly state: Closed }) {
  const { t } = useTranslation();
  if (state.state === 'locked') return <Locked state={state} />;
  if (state.state === 'new-password') {
    return (
      <>
        <h1>{t('signIn.newTitle')}</h1>
        <p className="sign-in__text">{t('signIn.newText')}</p>
        <NewPasswordForm once />
      </>
    );
  }
  return (
    <>
      <h1>{t('signIn.firstTitle')}</h1>
      <p className="sign-in__text">{t('signIn.firstText')}</p>
      <FirstAccountForm />
    </>
  );
}

/**
 * Covers everything until somebody has shown who they are. As a modal dialog of the page itself it lies above every other
 * window, and what is below stays as it is but cannot be reached.
 */
export function SignInScreen({ state }: { readonly state: Closed }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Whose name is known already types the password only.
    [...(element?.querySelectorAll('input') ?? [])].find(({ value }) => value === '')?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sign-in"
      aria-label={t('signIn.title')}
      data-testid="sign-in-screen"
      data-state={state.state}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === 'Escape' && event.preventDefault()}
    >
      <div className="sign-in__sheet">
        <p className="sign-in__station">{t('app.title')}</p>
        <Sheet state={state} />
      </div>
    </dialog>
  );
}
