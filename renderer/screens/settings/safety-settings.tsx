import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecoveryKeyState } from '../../../native-bridge/contract/safety-calls.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { momentText } from '../../components/moment.ts';
import { BackupSettings } from './backup-settings.tsx';
import { RekeyDialog } from './rekey-dialog.tsx';
import { RecoveryKeyDialog, type KeyStep } from './recovery-key-dialog.tsx';

function useKeyText(): (state: RecoveryKeyState) => string {
  const { t, i18n } = useTranslation();
  return ({ recovery }) => {
    if (recovery === undefined) return t('safety.keyNone');
    const { madeAt, testedAt } = recovery;
    const made = momentText(madeAt, i18n.language);
    if (testedAt === undefined) return t('safety.keyMade', { made });
    return t('safety.keyTested', { made, tested: momentText(testedAt, i18n.language) });
  };
}

function RecoveryKey() {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const keyText = useKeyText();
  const [state, setState] = useState<RecoveryKeyState>();
  const [step, setStep] = useState<KeyStep>();
  const load = () => act(async () => setState(await client.call('keys.state', {})));
  useEffect(() => void act(async () => setState(await client.call('keys.state', {}))), [client, act]);
  if (state === undefined) return null;
  const exists = state.recovery !== undefined;
  const isSure = state.recovery?.testedAt !== undefined;
  return (
    <div className="settings__switch">
      <div>
        <strong>{t('safety.key')}</strong>
        <span>{t('safety.keyText')}</span>
        <span className={isSure ? undefined : 'settings__mind'} data-testid="recovery-key-state">
          {keyText(state)}
        </span>
      </div>
      <div className="settings__buttons">
        {exists && <Button onClick={() => setStep('test')}>{t('safety.test')}</Button>}
        <Button
          type={exists ? 'default' : 'primary'}
          onClick={() => setStep(exists ? 'replace' : 'show')}
          data-testid="recovery-key-make"
        >
          {exists ? t('safety.makeAgain') : t('safety.make')}
        </Button>
      </div>
      {step !== undefined && (
        <RecoveryKeyDialog
          first={step}
          onClose={() => {
            setStep(undefined);
            void load();
          }}
        />
      )}
    </div>
  );
}

function DataKey() {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <div className="settings__switch">
      <div>
        <strong>{t('safety.dataKey')}</strong>
        <span>{t('safety.dataKeyText')}</span>
      </div>
      <Button onClick={() => setAsking(true)} data-testid="rekey">
        {t('safety.rekey')}
      </Button>
      {asking && <RekeyDialog onClose={() => setAsking(false)} />}
    </div>
  );
}

function AuditTrail() {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Result<'audit.verify'>>();
  const verify = async () => {
    setBusy(true);
    await act(async () => setFound(await client.call('audit.verify', {})));
    setBusy(false);
  };
  return (
    <div className="settings__switch">
      <div>
        <strong>{t('safety.audit')}</strong>
        <span>{t('safety.auditText')}</span>
        {found && (
          <span className={found.brokenAt === undefined ? 'settings__good' : 'settings__trouble'} role="status">
            {found.brokenAt === undefined ? t('safety.auditWhole', found) : t('safety.auditBroken', found)}
          </span>
        )}
      </div>
      <Button loading={busy} onClick={() => void verify()} data-testid="audit-verify">
        {t('safety.verify')}
      </Button>
    </div>
  );
}

/** Backups, the recovery key and the audit trail. */
export function SafetySettings() {
  const { t } = useTranslation();
  return (
    <section className="settings__section settings__section--kept" data-testid="safety-settings">
      <h2>{t('safety.title')}</h2>
      <BackupSettings />
      <RecoveryKey />
      <DataKey />
      <AuditTrail />
    </section>
  );
}
