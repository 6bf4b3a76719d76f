import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupState, RecoveryKeyState } from '../../../native-bridge/contract/safety-calls.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { useErrorText } from '../../components/error-text.ts';
import { momentText } from '../../components/moment.ts';
import { sizeText } from '../transfer/size-text.ts';
import { RekeyDialog } from './rekey-dialog.tsx';
import { RecoveryKeyDialog, type KeyStep } from './recovery-key-dialog.tsx';

function LastBackup({ state }: { readonly state: BackupState }) {
  const { t, i18n } = useTranslation();
  const [last] = state.backups;
  if (!state.kept) return <span>{t('safety.practice')}</span>;
  if (last === undefined) return <span>{t('safety.none')}</span>;
  const { takenAt, records, bytes } = last;
  const figures = { count: records, size: sizeText(bytes), copies: state.backups.length };
  return (
    <span data-testid="backup-last">{t('safety.last', { time: momentText(takenAt, i18n.language), ...figures })}</span>
  );
}

function Backups() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const errorText = useErrorText();
  const [state, setState] = useState<BackupState>();
  const [making, setMaking] = useState(false);
  useEffect(() => void act(async () => setState(await client.call('backup.state', {}))), [client, act]);
  if (state === undefined) return null;
  const make = async () => {
    setMaking(true);
    const done = await act(async () => setState(await client.call('backup.make', {})));
    setMaking(false);
    if (done) void message.success(t('safety.made'));
  };
  return (
    <div className="settings__switch">
      <div>
        <strong>{t('safety.backups')}</strong>
        <span>{t('safety.backupText')}</span>
        <LastBackup state={state} />
        {state.kept && <span className="settings__folder">{t('safety.folder', { folder: state.folder })}</span>}
        {state.trouble && (
          <span className="settings__trouble" role="alert">
            {errorText(state.trouble.code)}
          </span>
        )}
      </div>
      <Button loading={making} disabled={!state.kept} onClick={() => void make()} data-testid="backup-make">
        {making ? t('safety.making') : t('safety.makeNow')}
      </Button>
    </div>
  );
}

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
    <section className="settings__section" data-testid="safety-settings">
      <h2>{t('safety.title')}</h2>
      <Backups />
      <RecoveryKey />
      <DataKey />
      <AuditTrail />
    </section>
  );
}
