import { describe, expect, it } from 'vitest';
import { presentConsentVersions, searchConsentVersions } from '../../native-bridge/contract/face-search.ts';
import { consentText, spokenConsent } from './consent-text.ts';

const names = { company: '示例建筑公司', project: '测试项目' };

describe('consentText', () => {
  it.each(['zh', 'en'] as const)('has version 1 in %s with every name filled in', (language) => {
    const text = consentText('1', language, names);
    const whole = text === undefined ? '' : spokenConsent(text);
    expect(whole).toContain(names.company);
    expect(whole).toContain(names.project);
    expect(whole).not.toMatch(/[{}]/);
  });

  it('tells the same points in both languages', () => {
    expect(consentText('1', 'zh', names)?.paragraphs).toHaveLength(
      consentText('1', 'en', names)?.paragraphs.length ?? 0,
    );
  });

  it.each(['zh', 'en'] as const)('version 2 in %s does not promise that face features are not kept', (language) => {
    const [first, second] = ['1', '2'].map((version) =>
      JSON.stringify(consentText(version, language, { company: 'A', project: 'B' })),
    );
    const promise = /不保存|neither kept/;
    expect(first).toMatch(promise);
    expect(second).not.toMatch(promise);
    expect(second).toMatch(/两个身份.*两个身份|two identities.*two identities/);
  });

  it.each([
    ['zh', '健康证明', '黑名单'],
    ['en', 'health certificate', 'black list'],
  ] as const)(
    'versions 3 and 4 in %s tell of certificates and the black list, and else what 1 and 2 tell',
    (language, ...told) => {
      const textOf = (version: string) =>
        spokenConsent(consentText(version, language, names) ?? { title: '', paragraphs: [] });
      for (const [before, after] of [
        ['1', '3'],
        ['2', '4'],
      ] as const) {
        for (const word of told) {
          expect(textOf(before)).not.toContain(word);
          expect(textOf(after)).toContain(word);
        }
        expect(textOf(after).length).toBeGreaterThan(textOf(before).length + 30);
      }
      expect(textOf('3')).toMatch(/不保存|neither kept/);
    },
  );

  it('has every version that the station asks for', () => {
    for (const version of [...Object.values(presentConsentVersions), ...searchConsentVersions])
      expect(consentText(version, 'zh', names)).toBeDefined();
  });

  it('does not make up a version it does not have', () => {
    expect(consentText('5', 'zh', names)).toBeUndefined();
  });

  it('takes v1 for 1', () => {
    expect(consentText('v1', 'zh', names)).toEqual(consentText('1', 'zh', names));
  });
});
