import { App, Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedProfile, ProfileRule } from '../../../native-bridge/contract/capture-profile-calls.ts';
import type { Result } from '../../../native-bridge/contract/station.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';
import { pairMember } from '../../i18n/language.ts';
import { limitText } from '../enrol/check-text.ts';

type Profiles = Result<'settings.capture-profiles'>;

const bytesPerKilobyte = 1024;

function RuleRow({ rule }: { readonly rule: ProfileRule }) {
  const { t } = useTranslation();
  const { name, unit, kind, limit, isDefault } = rule;
  return (
    <tr className={`profile-rules__row--${kind}`}>
      <th scope="row">{t(`check.${name}`)}</th>
      <td>{limitText(t, { name, unit, status: 'pass', ...limit })}</td>
      <td>{t(`profileChoice.kinds.${kind}`)}</td>
      <td>{isDefault && <span className="profile-rules__default">{t('profileChoice.default')}</span>}</td>
    </tr>
  );
}

/** What a profile asks for: the photo's layout and every check with its limit. */
function ProfilePreview({ profile }: { readonly profile: ListedProfile }) {
  const { t, i18n } = useTranslation();
  const { width, height, maximumBytes, unconfirmed, rules, note } = profile;
  const kilobytes = Math.floor(maximumBytes / bytesPerKilobyte);
  return (
    <div className="profile-preview" data-testid="profile-preview" data-profile={profile.name}>
      <p>
        <strong>{t('profileChoice.photoText', { width, height, kilobytes })}</strong>
      </p>
      {unconfirmed > 0 && <p>{t('profileChoice.unconfirmedText', { count: unconfirmed })}</p>}
      {note && <p>{note[pairMember(i18n.language)]}</p>}
      <div className="profile-preview__rules">
        <table className="checks">
          <thead>
            <tr>
              <th>{t('profileChoice.check')}</th>
              <th>{t('profileChoice.limit')}</th>
              <th>{t('profileChoice.kind')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <RuleRow key={rule.name} rule={rule} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function useProfiles() {
  const client = useClient();
  const act = useAction();
  const [profiles, setProfiles] = useState<Profiles>();
  useEffect(() => void act(async () => setProfiles(await client.call('settings.capture-profiles', {}))), [client, act]);
  return [profiles, setProfiles] as const;
}

/** The picture standard of the project: chosen from what the program brings, its limits in sight before it is used. */
export function CaptureProfileSettings() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const client = useClient();
  const act = useAction();
  const [profiles, setProfiles] = useProfiles();
  const [looked, setLooked] = useState<string>();
  if (profiles === undefined) return null;
  const name = looked ?? profiles.chosen;
  const shown = profiles.profiles.find((profile) => profile.name === name);
  const options = profiles.profiles.map(({ name: value, title, version }) => ({
    value,
    label: t('capture.profileNow', { title: title[pairMember(i18n.language)], version }),
  }));
  const use = async () => {
    const done = await act(async () => setProfiles(await client.call('settings.choose-capture-profile', { name })));
    if (done) void message.success(t('profileChoice.saved'));
  };
  return (
    <section className="settings__section" data-testid="profile-settings">
      <h2>{t('profileChoice.title')}</h2>
      <p>{t('profileChoice.text')}</p>
      <div className="profile-choice">
        <Select
          value={name}
          options={options}
          onChange={setLooked}
          aria-label={t('profileChoice.choose')}
          data-testid="profile-choice"
        />
        <Button type="primary" disabled={name === profiles.chosen} onClick={() => void use()} data-testid="profile-use">
          {t(name === profiles.chosen ? 'profileChoice.used' : 'profileChoice.use')}
        </Button>
      </div>
      {shown && <ProfilePreview profile={shown} />}
    </section>
  );
}
