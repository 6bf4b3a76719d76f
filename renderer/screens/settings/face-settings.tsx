import { App, Segmented, Switch } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FaceSearchState } from '../../../native-bridge/contract/face-search-calls.ts';
import { type ModelPack, type PackRole, packRoleSchema } from '../../../native-bridge/contract/model-pack-calls.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { useErrorLine } from '../../components/error-text.ts';

/** While stored photos are being described the count goes down; it is asked for this often. */
const refreshMs = 3_000;

function useSearchState() {
  const client = useClient();
  const act = useAction();
  const [state, setState] = useState<FaceSearchState>();
  useEffect(() => void act(async () => setState(await client.call('face-search.state', {}))), [client, act]);
  const waiting = state?.waiting ?? 0;
  useEffect(() => {
    if (waiting === 0) return undefined;
    const ask = () => void act(async () => setState(await client.call('face-search.state', {})));
    const timer = setInterval(ask, refreshMs);
    return () => clearInterval(timer);
  }, [client, act, waiting]);
  return [state, setState] as const;
}

function SearchCounts({ state }: { readonly state: FaceSearchState }) {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  if (!state.on) return <span data-testid="face-search-counts">{t('faceSettings.searchOff')}</span>;
  const parts = [
    t('faceSettings.searchOn', { count: state.descriptors }),
    ...(state.waiting > 0 ? [t('faceSettings.searchWaiting', { count: state.waiting })] : []),
    ...(state.unusable > 0 ? [t('faceSettings.searchUnusable', { count: state.unusable })] : []),
    ...(state.trouble ? [errorLine(state.trouble.code)] : []),
  ];
  return <span data-testid="face-search-counts">{parts.join(' · ')}</span>;
}

function FaceSearchSwitch() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [state, setState] = useSearchState();
  if (state === undefined) return null;
  const turn = (on: boolean) => act(async () => setState(await client.call('face-search.switch', { on })));
  const askAndTurnOff = () =>
    modal.confirm({
      title: t('faceSettings.offTitle'),
      content: t('faceSettings.offText', { count: state.descriptors }),
      okText: t('faceSettings.offConfirm'),
      cancelText: t('app.cancel'),
      onOk: async () => void (await turn(false)),
    });
  return (
    <div className="settings__switch">
      <label htmlFor="setting-face-search">
        <strong>{t('faceSettings.search')}</strong>
        <span>{t('faceSettings.searchText')}</span>
        <SearchCounts state={state} />
      </label>
      <Switch
        id="setting-face-search"
        checked={state.on}
        onChange={(on) => {
          if (on) void turn(true);
          else askAndTurnOff();
        }}
        data-testid="setting-face-search"
      />
    </div>
  );
}

interface PackRowProps {
  readonly pack: ModelPack;
  readonly onRole: (role: PackRole) => void;
}

function PackRow({ pack, onRole }: PackRowProps) {
  const { t } = useTranslation();
  const errorLine = useErrorLine();
  const { id, role, about, trouble } = pack;
  const name = about?.name ?? id;
  const meanwhile = role === 'none' ? '' : ` · ${t('faceSettings.builtInMeanwhile')}`;
  return (
    <div data-testid={`pack-${id}`}>
      <div className="settings__switch">
        <div>
          <strong>{name}</strong>
          {about && <span>{t('faceSettings.packVersion', about)}</span>}
        </div>
        <Segmented<PackRole>
          value={role}
          onChange={onRole}
          aria-label={t('faceSettings.roleOf', { pack: name })}
          options={packRoleSchema.options.map((value) => ({ value, label: t(`faceSettings.role.${value}`) }))}
        />
      </div>
      {trouble && (
        <p className="settings__trouble" role="alert" title={trouble.detail}>
          {`${errorLine(trouble.code)}${meanwhile}`}
        </p>
      )}
    </div>
  );
}

function ModelPacks() {
  const { t } = useTranslation();
  const client = useClient();
  const act = useAction();
  const [list, setList] = useState<Result<'model-packs.list'>>();
  const load = useCallback(() => act(async () => setList(await client.call('model-packs.list', {}))), [client, act]);
  useEffect(() => void load(), [load]);
  const setRole = (id: string, role: PackRole) =>
    act(async () => setList(await client.call('model-packs.set-role', { id, role })));
  return (
    <div data-testid="model-packs">
      <div className="settings__switch">
        <div>
          <strong>{t('faceSettings.packs')}</strong>
          <span>{t('faceSettings.packsText')}</span>
          {list && <span className="settings__folder">{t('faceSettings.packsFolder', { folder: list.folder })}</span>}
          {list?.packs.length === 0 && <span>{t('faceSettings.packsNone')}</span>}
        </div>
        <button type="button" className="plain-button" onClick={() => void load()}>
          {t('faceSettings.reload')}
        </button>
      </div>
      {list?.packs.map((pack) => (
        <PackRow key={pack.id} pack={pack} onRole={(role) => void setRole(pack.id, role)} />
      ))}
    </div>
  );
}

/** The search for one face under two numbers, and further recognisers. */
export function FaceSettings() {
  const { t } = useTranslation();
  return (
    <section className="settings__section settings__section--face" data-testid="face-settings">
      <h2>{t('faceSettings.title')}</h2>
      <FaceSearchSwitch />
      <ModelPacks />
    </section>
  );
}
