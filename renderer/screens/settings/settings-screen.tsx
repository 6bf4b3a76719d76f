import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient, useHasRole, useStation } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { pairMember } from '../../i18n/language.ts';
import { AgeRuleSettings } from './age-rule-settings.tsx';
import { AssistantSettings } from './assistant-settings.tsx';
import { CaptureProfileSettings } from './capture-profile-settings.tsx';
import { CodeTableSettings } from './code-table-settings.tsx';
import { DisplaySettings } from './display-settings.tsx';
import { LimitSettings } from './limit-settings.tsx';
import { LivenessSettings } from './liveness-settings.tsx';
import { FaceSettings } from './face-settings.tsx';
import { OperatorSettings } from './operator-settings.tsx';
import { PeopleRuleSettings } from './people-rule-settings.tsx';
import { ProjectSettings } from './project-settings.tsx';
import { ReaderSettings } from './reader-settings.tsx';
import { SafetySettings } from './safety-settings.tsx';
import { UpdateSettings } from './update-settings.tsx';
import './capture-profile.css';
import './settings.css';

type Settings = Result<'settings.get'>;

function About() {
  const { t, i18n } = useTranslation();
  const status = useStation((snapshot) => snapshot.status);
  if (status === undefined) return null;
  const { title, version } = status.profile;
  return (
    <section className="settings__section settings__section--practice">
      <h2>{t('settings.practice')}</h2>
      <p>{t('settings.practiceText')}</p>
      <p className="settings__version">
        {t('settings.version', { version: status.version })} ·{' '}
        {t('settings.profile', { title: title[pairMember(i18n.language)], version })}
      </p>
    </section>
  );
}

/** The station's settings, asked for when the screen opens. */
function useSettings() {
  const client = useClient();
  const act = useAction();
  const [settings, setSettings] = useState<Settings>();
  useEffect(() => void act(async () => setSettings(await client.call('settings.get', {}))), [client, act]);
  return [settings, setSettings] as const;
}

export function SettingsScreen() {
  const { t } = useTranslation();
  const [settings, setSettings] = useSettings();
  const [supervisor, administrator] = [useHasRole('supervisor'), useHasRole('administrator')];
  return (
    <section className="settings" aria-labelledby="settings-title" data-testid="settings-screen">
      <h1 id="settings-title">{t('settings.title')}</h1>
      <div className="settings__columns">
        <div>
          <DisplaySettings />
          {administrator && <OperatorSettings />}
          {administrator && <CaptureProfileSettings key={settings?.project?.projectCode} />}
          {administrator && <FaceSettings />}
          {administrator && <LivenessSettings />}
          {supervisor && settings && <ReaderSettings settings={settings.readers} onSaved={setSettings} />}
          <UpdateSettings />
          {administrator && <AssistantSettings />}
        </div>
        <div>
          {!administrator && <p className="settings__denied">{t('denied.settings')}</p>}
          {administrator && settings && (
            <ProjectSettings key={settings.project?.projectCode} project={settings.project} onSaved={setSettings} />
          )}
          {administrator && (
            <>
              <SafetySettings />
              {settings && <LimitSettings project={settings.project?.projectCode} />}
              <PeopleRuleSettings />
              <AgeRuleSettings />
              <CodeTableSettings />
            </>
          )}
          <About />
        </div>
      </div>
    </section>
  );
}
