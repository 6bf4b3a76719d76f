import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../../client/station-context.tsx';
import { FirstAccountForm } from '../sign-in/first-account-form.tsx';
import { StepSheet } from './step-sheet.tsx';
import type { FirstRunWay } from './use-first-run.ts';

/** Names the administrator; once there is one, also after a crash in between, it goes on to the recovery key. */
export function AccountStep({ way }: { readonly way: FirstRunWay }) {
  const { t } = useTranslation();
  const isNamed = useStation(({ account }) => account?.state === 'signed-in');
  const goOn = useEffectEvent(() => way.go('recovery-key'));
  useEffect(() => {
    if (isNamed) goOn();
  }, [isNamed]);
  return (
    <StepSheet title={t('firstRun.account.title')} text={t('firstRun.account.text')} way={way} skippable>
      <div className="first-run__form">
        <FirstAccountForm />
      </div>
    </StepSheet>
  );
}
