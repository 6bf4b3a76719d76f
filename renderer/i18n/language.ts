import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { type Messages, zhCN } from './zh-CN.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Messages };
  }
}

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** The member of a `{ zh, en }` pair that belongs to a language. */
export const pairMember = (language: string): 'zh' | 'en' => (language.startsWith('zh') ? 'zh' : 'en');

/** The language of the screens as one of those that there are. */
export const languageOf = (language: string): Language => (pairMember(language) === 'zh' ? 'zh-CN' : 'en');

/** Starts the translations; all texts are in the bundle, so nothing is loaded later. */
export async function startLanguage(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: zhCN }, en: { translation: en } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
}

/** Switches the language at run time; the document's language follows for screen readers and fonts. */
export function applyLanguage(language: Language): void {
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
