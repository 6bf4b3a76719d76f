import { useSyncExternalStore } from 'react';
import { type Language, languages } from './i18n/language.ts';

/** What belongs to this desk's screen and not to the station. */
export interface Preferences {
  readonly language: Language;
  readonly sounds: boolean;
  readonly speech: boolean;
  readonly largeText: boolean;
  /** Hints for the first enrolments, in practice only. */
  readonly coach: boolean;
}

export const defaultPreferences: Preferences = {
  language: 'zh-CN',
  sounds: true,
  speech: true,
  largeText: false,
  coach: true,
};

const storageKey = 'enrol-desk.preferences';

const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

/** Reads stored preferences; what is missing or malformed keeps its default. */
export function parsePreferences(text: string | undefined): Preferences {
  const stored = readObject(text);
  const flag = (name: Exclude<keyof Preferences, 'language'>) => {
    const value = stored[name];
    return typeof value === 'boolean' ? value : defaultPreferences[name];
  };
  return {
    language: isLanguage(stored['language']) ? stored['language'] : defaultPreferences.language,
    sounds: flag('sounds'),
    speech: flag('speech'),
    largeText: flag('largeText'),
    coach: flag('coach'),
  };
}

function readObject(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

let current: Preferences | undefined;
const listeners = new Set<() => void>();

export function preferences(): Preferences {
  current ??= parsePreferences(localStorage.getItem(storageKey) ?? undefined);
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...preferences(), ...change };
  localStorage.setItem(storageKey, JSON.stringify(current));
  for (const listener of listeners) listener();
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(onPreferences, preferences);
}
