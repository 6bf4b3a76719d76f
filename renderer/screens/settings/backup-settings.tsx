import { App, Button, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupState } from '../../../native-bridge/contract/safety-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { copiedBytes, useByteProgressText } from '../../components/byte-progress.ts';
import { ErrorSentence } from '../../components/error-sentence.tsx';
import { momentText } from '../../components/moment.ts';
import { sizeText } from '../transfer/size-text.ts';
import { BackupPlaceDialog } from './backup-place-dialog.tsx';

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

function Place({ state }: { readonly state: BackupState }) {
  const { t } = useTranslation();
  const { folder, second } = state;
  return (
    <>
      <span className="settings__folder">{t('safety.folder', { folder })}</span>
      {second?.isThere === false && <span className="settings__mind">{t('safety.away', second)}</span>}
      {second?.sameDisk !== false && second?.isThere !== false && (
        <span className="settings__mind">{t('safety.sameDisk')}</span>
      )}
    </>
  );
}

/** The copying says how far it is; the checking of the copy only that it goes on. */
function Working({ state: { percent = 0, bytes } }: { readonly state: BackupState }) {
  const { t } = useTranslation();
  const progressText = useByteProgressText();
  const copied = bytes === undefined ? t('safety.copied', { percent }) : progressText(copiedBytes(bytes));
  return (
    <span className="settings__fetch" role="status" data-testid="backup-progress">
      <Progress percent={percent} showInfo={false} aria-label={t('safety.making')} />
      <span>{percent === 100 ? t('safety.checkingCopy') : copied}</span>
    </span>
  );
}

/** Kept up by events: a backup also begins by itself, and its place comes and goes. */
function useBackupState() {
  const client = useClient();
  const act = useAction();
  const [state, setState] = useState<BackupState>();
  useEffect(() => void act(async () => setState(await client.call('backup.state', {}))), [client, act]);
  useEffect(() => client.on('backup.changed', setState), [client]);
  return [state, setState] as const;
}

/** When and where backups are made, how the present one goes on, and another place for them. */
export function BackupSettings() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [state, setState] = useBackupState();
  const [choosing, setChoosing] = useState(false);
  if (state === undefined) return null;
  const make = async () => {
    await act(async () => {
      const { cancelled, ...made } = await client.call('backup.make', {});
      setState(made);
      if (cancelled) void message.info(t('safety.backupCancelled'));
      else void message.success(t('safety.made'));
    });
  };
  const cancel = () => void act(() => client.call('backup.cancel', {}));
  return (
    <div className="settings__switch">
      <div>
        <strong>{t('safety.backups')}</strong>
        <span>{t('safety.backupText')}</span>
        <LastBackup state={state} />
        {state.kept && <Place state={state} />}
        {state.running && <Working state={state} />}
        {state.trouble && (
          <span className="settings__trouble" role="alert">
            <ErrorSentence code={state.trouble.code} />
          </span>
        )}
      </div>
      <div className="settings__buttons">
        <Button disabled={!state.kept} onClick={() => setChoosing(true)} data-testid="backup-place">
          {t('safety.choosePlace')}
        </Button>
        <Button
          disabled={!state.kept}
          onClick={state.running ? cancel : () => void make()}
          data-testid={state.running ? 'backup-cancel' : 'backup-make'}
        >
          {state.running ? t('safety.backupCancel') : t('safety.makeNow')}
        </Button>
      </div>
      {choosing && <BackupPlaceDialog state={state} onState={setState} onClose={() => setChoosing(false)} />}
    </div>
  );
}
