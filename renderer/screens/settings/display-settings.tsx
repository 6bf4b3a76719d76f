import { Segmented, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Language, languages } from '../../i18n/language.ts';
import { zhEnrol } from '../../i18n/zh-CN-enrol.ts';
import { setPreferences, usePreferences } from '../../preferences.ts';
import { say } from '../../sound/speech.ts';
import { play } from '../../sound/tones.ts';

type SwitchName = 'sounds' | 'speech' | 'largeText';

interface RowProps {
  readonly name: SwitchName;
  readonly onTest?: () => void;
}

function SwitchRow({ name, onTest }: RowProps) {
  const { t } = useTranslation();
  const on = usePreferences()[name];
  return (
    <div className="settings__switch">
      <label htmlFor={`setting-${name}`}>
        <strong>{t(`settings.${name}`)}</strong>
        <span>{t(`settings.${name}Text`)}</span>
      </label>
      {onTest !== undefined && (
        <button type="button" className="plain-button" disabled={!on} onClick={onTest}>
          {t('settings.test')}
        </button>
      )}
      <Switch
        id={`setting-${name}`}
        checked={on}
        onChange={(checked) => setPreferences({ [name]: checked })}
        data-testid={`setting-${name}`}
      />
    </div>
  );
}

/** A language is called by its own name, so that everybody finds theirs. */
const languageNames: Readonly<Record<Language, string>> = { 'zh-CN': '中文', en: 'English' };

export function DisplaySettings() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <section className="settings__section">
      <h2>{t('settings.display')}</h2>
      <div className="settings__switch">
        <strong>{t('settings.language')}</strong>
        <Segmented<Language>
          value={language}
          onChange={(chosen) => setPreferences({ language: chosen })}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
          data-testid="setting-language"
        />
      </div>
      <SwitchRow name="sounds" onTest={() => play('success')} />
      <SwitchRow name="speech" onTest={() => say(zhEnrol.prompt['keep-so'], 'zh-CN')} />
      <SwitchRow name="largeText" />
    </section>
  );
}
