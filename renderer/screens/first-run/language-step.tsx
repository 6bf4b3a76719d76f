import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../components/shortcut.ts';
import { type Language, languages } from '../../i18n/language.ts';
import { setPreferences, usePreferences } from '../../preferences.ts';
import { StepSheet } from './step-sheet.tsx';
import type { FirstRunWay } from './use-first-run.ts';

const names = { 'zh-CN': '中文', en: 'English' } as const satisfies Record<Language, string>;

function Choice({ language, place }: { readonly language: Language; readonly place: string }) {
  const chosen = usePreferences().language === language;
  const choose = () => setPreferences({ language });
  useShortcut(place, true, choose);
  return (
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      lang={language}
      className="first-run__choice first-run__choice--language"
      onClick={choose}
      data-testid={`first-run-${language}`}
    >
      <strong>{names[language]}</strong> <kbd>{place}</kbd>
    </button>
  );
}

export function LanguageStep({ way }: { readonly way: FirstRunWay }) {
  const { t } = useTranslation();
  return (
    <StepSheet
      title={t('firstRun.language.title')}
      text={t('firstRun.language.text')}
      way={way}
      primary={{ label: t('firstRun.next'), onClick: way.next }}
    >
      <div className="first-run__choices" role="radiogroup" aria-label={t('firstRun.rail.language')}>
        {languages.map((language, index) => (
          <Choice key={language} language={language} place={String(index + 1)} />
        ))}
      </div>
    </StepSheet>
  );
}
