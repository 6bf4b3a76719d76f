import { App, Button, Input, Progress, Radio, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupSummary, RecoveryState } from '../../../native-bridge/contract/safety-calls.ts';
import { SupportFileButton } from '../../components/support-file-button.tsx';
import { useClient, useMay } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { copiedBytes, useByteProgressText } from '../../components/byte-progress.ts';
import { momentText } from '../../components/moment.ts';
import { sizeText } from '../transfer/size-text.ts';
import './recovery.css';

type Closed = Extract<RecoveryState, { state: 'closed' }>;
type Working = Exclude<RecoveryState, { state: 'open' | 'closed' }>;
type Shown = Exclude<RecoveryState, { state: 'open' }>;

const explained = ['corrupt', 'missing', 'wrong-key', 'newer', 'full', 'read-only'] as const;
type Explained = (typeof explained)[number] | 'other';

const kindOf = (code: string): Explained => explained.find((each) => `store.${each}` === code) ?? 'other';

/** Where the operator puts something right outside the program, and then only tries again. */
const retriesAlone: ReadonlySet<Explained> = new Set(['full', 'read-only', 'other']);

/** So many are offered; older ones are for support. */
const mostOffered = 5;

function useBackupText(): (backup: BackupSummary) => string {
  const { t, i18n } = useTranslation();
  return ({ takenAt, records, bytes }) =>
    t('recovery.backup', { time: momentText(takenAt, i18n.language), count: records, size: sizeText(bytes) });
}

/** Runs one way out; while it goes on no other can be begun. */
function useWayOut() {
  const act = useAction();
  const [busy, setBusy] = useState(false);
  const go = async (work: () => Promise<unknown>) => {
    setBusy(true);
    await act(work);
    setBusy(false);
  };
  return [busy, go] as const;
}

function Restore({ backups }: { readonly backups: readonly BackupSummary[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const textOf = useBackupText();
  const [busy, go] = useWayOut();
  const offered = backups.slice(0, mostOffered);
  const [newest] = offered;
  const [chosen, choose] = useState(newest?.name);
  if (newest === undefined || chosen === undefined) return <p className="recovery__none">{t('recovery.noBackup')}</p>;
  const restore = async () => {
    const done = await client.call('recovery.restore', { backup: chosen });
    if (done.cancelled) void message.info(t('recovery.cancelled'));
    else void message.success(t('recovery.restored', done));
  };
  return (
    <section className="recovery__way" aria-labelledby="recovery-restore">
      <h2 id="recovery-restore">{t('recovery.restoreHeading')}</h2>
      <p>{t('recovery.restoreText')}</p>
      <Radio.Group
        className="recovery__backups"
        value={chosen}
        onChange={(event) => choose(String(event.target.value))}
        aria-label={t('recovery.restoreHeading')}
      >
        {offered.map((backup) => (
          <Radio key={backup.name} value={backup.name}>
            {textOf(backup)}
            {backup === newest && <span className="recovery__newest">{t('recovery.newest')}</span>}
          </Radio>
        ))}
      </Radio.Group>
      <Button
        type="primary"
        size="large"
        loading={busy}
        onClick={() => void go(restore)}
        data-testid="recovery-restore"
      >
        {t('recovery.restore')}
      </Button>
    </section>
  );
}

function EnterKey() {
  const { t } = useTranslation();
  const client = useClient();
  const [busy, go] = useWayOut();
  const [typed, setTyped] = useState('');
  return (
    <form
      className="recovery__way"
      onSubmit={(event) => {
        event.preventDefault();
        void go(() => client.call('recovery.enter-key', { recoveryKey: typed }));
      }}
    >
      <h2>{t('recovery.keyHeading')}</h2>
      <p id="recovery-key-text">{t('recovery.keyText')}</p>
      <Input
        className="recovery__key"
        size="large"
        value={typed}
        maxLength={120}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        aria-label={t('recovery.keyLabel')}
        aria-describedby="recovery-key-text"
        onChange={(event) => setTyped(event.target.value)}
        data-testid="recovery-key"
      />
      <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={typed.trim() === ''}>
        {t('recovery.openByKey')}
      </Button>
    </form>
  );
}

function RenewPractice() {
  const { t } = useTranslation();
  const client = useClient();
  const [busy, go] = useWayOut();
  const renew = () => client.call('recovery.renew-practice', {});
  return (
    <Button type="primary" size="large" loading={busy} onClick={() => void go(renew)} data-testid="recovery-renew">
      {t('recovery.renewPractice')}
    </Button>
  );
}

/** What can be done about this trouble, besides trying again. */
function WaysOut({ closed }: { readonly closed: Closed }) {
  const { t } = useTranslation();
  const { code } = closed.error;
  if (closed.file === 'practice' && (code === 'store.corrupt' || code === 'store.wrong-key')) return <RenewPractice />;
  if (code === 'store.corrupt' || code === 'store.missing') return <Restore backups={closed.backups} />;
  if (code !== 'store.wrong-key') return null;
  return closed.hasRecoveryKey ? <EnterKey /> : <p className="recovery__none">{t('recovery.noKey')}</p>;
}

function ClosedStation({ closed }: { readonly closed: Closed }) {
  const { t } = useTranslation();
  const client = useClient();
  const [busy, go] = useWayOut();
  const kind = kindOf(closed.error.code);
  const isPractice = closed.file === 'practice' && kind === 'corrupt';
  return (
    <>
      <h1>{isPractice ? t('recovery.titlePractice') : t(`recovery.title.${kind}`)}</h1>
      <p className="recovery__text">{isPractice ? t('recovery.textPractice') : t(`recovery.text.${kind}`)}</p>
      <WaysOut closed={closed} />
      <footer className="recovery__footer">
        <span>{t('recovery.code', { code: closed.error.code })}</span>
        <SupportFileButton size="large" />
        <Button
          type={retriesAlone.has(kind) ? 'primary' : 'default'}
          size="large"
          loading={busy}
          onClick={() => void go(() => client.call('recovery.try-again', {}))}
          data-testid="recovery-try-again"
        >
          {t('recovery.tryAgain')}
        </Button>
      </footer>
    </>
  );
}

/** Until the new takes the old one's place the work can be given up; then the button is gone. */
function GiveUp({ state }: Pick<Working, 'state'>) {
  const { t } = useTranslation();
  const client = useClient();
  const [busy, go] = useWayOut();
  return (
    <Button size="large" loading={busy} onClick={() => void go(() => client.call('recovery.cancel', {}))}>
      {t(`recovery.cancel.${state}`)}
    </Button>
  );
}

function useStepText(): (work: Working) => string {
  const { t } = useTranslation();
  const progressText = useByteProgressText();
  return (work) => {
    if (!work.canCancel) return t('recovery.tooLate');
    if (work.percent === 100) return t('recovery.checking');
    const { bytes } = work;
    return bytes === undefined
      ? t('recovery.copying')
      : `${t('recovery.copying')} · ${progressText(copiedBytes(bytes))}`;
  };
}

/** The whole data is copied, and how far that is can be said; then the copy is checked, and only that it goes on. */
function FileWork({ work }: { readonly work: Working }) {
  const { t } = useTranslation();
  const stepText = useStepText();
  // Of a damaged file nobody's role can be known.
  const mayRekey = useMay('keys.rekey');
  const mayCancel = work.state === 'restoring' || mayRekey;
  const { percent = 0 } = work;
  const isChecking = percent === 100;
  return (
    <>
      <h1>{t(`recovery.${work.state}`)}</h1>
      <p className="recovery__text">{t(`recovery.${work.state}Text`)}</p>
      <Progress
        aria-label={t(`recovery.${work.state}`)}
        className="recovery__progress"
        percent={percent}
        showInfo={!isChecking}
        status="normal"
        strokeWidth={14}
      />
      <p className="recovery__step" data-testid="recovery-step">
        {isChecking && <Spin />}
        {stepText(work)}
      </p>
      {work.canCancel && mayCancel && <GiveUp state={work.state} />}
    </>
  );
}

/** In the place of all screens while the station cannot be opened: what happened, and the ways out. */
export function RecoveryScreen({ recovery }: { readonly recovery: Shown }) {
  return (
    <main className="recovery" data-testid="recovery-screen">
      <div className="recovery__sheet" role={recovery.state === 'closed' ? 'alert' : 'status'}>
        {recovery.state === 'closed' ? <ClosedStation closed={recovery} /> : <FileWork work={recovery} />}
      </div>
    </main>
  );
}
