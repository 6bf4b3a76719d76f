import { describe, expect, it } from 'vitest';
import { defaultPreferences, parsePreferences } from './preferences.ts';

describe('parsePreferences', () => {
  it.each([undefined, '', 'no JSON', '[]', 'null', '{"language":"fr","sounds":"yes"}'])(
    '%j gives the defaults',
    (text) => {
      expect(parsePreferences(text)).toEqual(defaultPreferences);
    },
  );

  it('keeps what is stored', () => {
    const stored = { language: 'en', sounds: false, speech: false, largeText: true, coach: false };
    expect(parsePreferences(JSON.stringify(stored))).toEqual(stored);
  });

  it('begins in Chinese', () => {
    expect(parsePreferences(undefined).language).toBe('zh-CN');
  });
});
