import { Button, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateState } from '../../../native-bridge/contract/update-calls.ts';
import { useClient, useMay, useStation } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { percentOf, useByteProgressText } from '../../components/byte-progress.ts';
import { momentText } from '../../components/moment.ts';

type Fetching = Extract<UpdateState['work'], { kind: 'fetching' }>;

/** Kept up by events: the shell looks by itself every six hours. */
function useUpdates(): UpdateState | undefined {
  const client = useClient();
  const act = useAction();
  const [state, setState] = useState<UpdateState>();
  useEffect(() => void act(async () => setState(await client.call('updates.state', {}))), [client, act]);
  useEffect(() => client.on('updates.changed', setState), [client]);
  return state;
}

function Source({ source }: Pick<UpdateState, 'source'>) {
  const { t } = useTranslation();
  if (source.kind === 'server') return <span>{t(`updates.server.${source.channel}`)}</span>;
  return <span>{t(`updates.package.${source.reason}`)}</span>;
}

function LastLook({ state: { lastLook, work } }: { readonly state: UpdateState }) {
  const { t, i18n } = useTranslation();
  if (work.kind === 'looking') return <span role="status">{t('updates.looking')}</span>;
  if (lastLook === undefined) return <span>{t('updates.never')}</span>;
  const { at, outcome, version = '', code = '' } = lastLook;
  return (
    <span className={outcome === 'failed' ? 'settings__mind' : undefined} role="status" data-testid="updates-last">
      {t(`updates.last.${outcome}`, { time: momentText(at, i18n.language), version, code })}
    </span>
  );
}

function Fetch({ work }: { readonly work: Fetching }) {
  const { t } = useTranslation();
  const progressText = useByteProgressText();
  const title = t('updates.fetching', { version: work.version });
  return (
    <span className="settings__fetch" role="status" data-testid="updates-progress">
      <Progress percent={percentOf(work)} showInfo={false} aria-label={title} />
      <span>{work.totalBytes === 0 ? title : `${title} · ${progressText(work)}`}</span>
    </span>
  );
}

function Deeds({ state: { work, source } }: { readonly state: UpdateState }) {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const may = useMay('updates.look');
  if (source.kind !== 'server') return null;
  if (work.kind === 'fetching')
    return (
      <Button disabled={!may} onClick={() => void act(() => client.call('updates.cancel', {}))}>
        {t('updates.cancel')}
      </Button>
    );
  return (
    <Button
      disabled={!may}
      loading={work.kind === 'looking'}
      onClick={() => void act(() => client.call('updates.look', {}))}
    >
      {t('updates.look')}
    </Button>
  );
}

/** The version in use, whence newer ones come, what waits and when it will be put in place. */
export function UpdateSettings() {
  const { t } = useTranslation();
  const state = useUpdates();
  const version = useStation(({ status }) => status?.version);
  if (state === undefined || version === undefined) return null;
  const { work, waiting, source } = state;
  return (
    <section
      className="settings__section settings__section--kept"
      aria-labelledby="updates-title"
      data-testid="update-settings"
    >
      <h2 id="updates-title">{t('updates.title')}</h2>
      <div className="settings__switch">
        <div>
          <strong>{t('updates.version', { version })}</strong>
          <Source source={source} />
          {source.kind === 'server' && <LastLook state={state} />}
          {work.kind === 'fetching' && <Fetch work={work} />}
          {waiting && (
            <span className="settings__good" role="status" data-testid="updates-waiting">
              {t('updates.waiting', waiting)}
            </span>
          )}
        </div>
        <Deeds state={state} />
      </div>
    </section>
  );
}
