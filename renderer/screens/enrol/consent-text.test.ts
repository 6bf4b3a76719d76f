import { describe, expect, it } from 'vitest';
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

  it('does not make up a version it does not have', () => {
    expect(consentText('3', 'zh', names)).toBeUndefined();
  });

  it('takes v1 for 1', () => {
    expect(consentText('v1', 'zh', names)).toEqual(consentText('1', 'zh', names));
  });
});
