import { App, Button, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupState } from '../../../native-bridge/contract/safety-calls.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { useErrorText } from '../../components/error-text.ts';
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

function Working({ percent }: { readonly percent: number }) {
  const { t } = useTranslation();
  const text = percent === 100 ? t('safety.checkingCopy') : t('safety.copied', { percent });
  return (
    <span className="settings__progress" role="status" data-testid="backup-progress">
      <Progress percent={percent} showInfo={false} aria-label={text} />
      <span>{text}</span>
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
  const errorText = useErrorText();
  const [state, setState] = useBackupState();
  const [choosing, setChoosing] = useState(false);
  if (state === undefined) return null;
  const make = async () => {
    const done = await act(async () => setState(await client.call('backup.make', {})));
    if (done) void message.success(t('safety.made'));
  };
  return (
    <div className="settings__switch">
      <div>
        <strong>{t('safety.backups')}</strong>
        <span>{t('safety.backupText')}</span>
        <LastBackup state={state} />
        {state.kept && <Place state={state} />}
        {state.running && <Working percent={state.percent ?? 0} />}
        {state.trouble && (
          <span className="settings__trouble" role="alert">
            {errorText(state.trouble.code)}
          </span>
        )}
      </div>
      <div className="settings__buttons">
        <Button disabled={!state.kept} onClick={() => setChoosing(true)} data-testid="backup-place">
          {t('safety.choosePlace')}
        </Button>
        <Button
          loading={state.running}
          disabled={!state.kept || state.running}
          onClick={() => void make()}
          data-testid="backup-make"
        >
          {state.running ? t('safety.making') : t('safety.makeNow')}
        </Button>
      </div>
      {choosing && <BackupPlaceDialog state={state} onState={setState} onClose={() => setChoosing(false)} />}
    </div>
  );
}
